"""Before the program: its own Python environment, locked package by package. Standard library only."""
