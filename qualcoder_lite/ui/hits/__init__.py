"""The panel of coding by search under the text."""
