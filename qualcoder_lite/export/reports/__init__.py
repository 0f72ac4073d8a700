"""Each thing that is handed in, as a report: headings, paragraphs, tables."""
