"""Finding passages and words: queries, hits, excerpts, texts with numbered lines."""
