"""The text with its codings, drawn and chosen in; it knows no study, only a Page."""
