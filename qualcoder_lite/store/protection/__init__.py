"""A study protected with a password: its key, the one way to open a database, converting."""
