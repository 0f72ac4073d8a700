"""Sources and informants beside the text, and the page on which files are brought in."""
