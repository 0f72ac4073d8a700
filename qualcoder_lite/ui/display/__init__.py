"""The workspace of matrices (data display)."""
