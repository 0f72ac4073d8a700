"""Files as plain data: a path in, a document out; no database here."""
