"""Word documents: the text as a reader of the printed page sees it, transcripts in tables."""
