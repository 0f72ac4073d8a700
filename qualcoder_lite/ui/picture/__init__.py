"""A picture on the screen; it knows no study, only shapes."""
