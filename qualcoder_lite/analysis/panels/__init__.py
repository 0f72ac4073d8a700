"""What the panels of the window list, as plain rows."""
