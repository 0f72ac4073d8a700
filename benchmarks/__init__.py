"""Every figure that we promise, measured."""
