"""The forms in which researchers have their files: plain text, subtitles, Word, PDF."""
