"""What all parts of the window are made of: theme, icons, panels, lists, boxes to ask in."""
