"""Matrices: what each kind counts, in which rows and columns, through which filters."""
