"""An open study in one window, and what all parts of the window share of it."""
