"""The figures that we promise, kept and compared."""
