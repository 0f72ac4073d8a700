"""The table of a matrix, drawn; it knows no study, only cells in lines and columns."""
