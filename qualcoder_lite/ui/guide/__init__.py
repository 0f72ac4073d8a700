"""The panel of the interview guide under the text."""
