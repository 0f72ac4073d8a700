"""The environment of the program: made, locked, started."""
