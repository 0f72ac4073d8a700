"""PDF with a text layer: pages in order, what stands in margins, heads and feet told by its place."""
