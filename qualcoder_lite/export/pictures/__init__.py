"""Pictures of matrices as plain data: boxes, lines, dots and words."""
