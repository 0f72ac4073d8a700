"""The workspace in which one codes a text (data reduction)."""
