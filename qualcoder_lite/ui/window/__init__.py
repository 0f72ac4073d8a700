"""The window: start, frame, menus, commands; the one room that knows all the others."""
