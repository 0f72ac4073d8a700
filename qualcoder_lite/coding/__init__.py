"""What a researcher does: one function per action, each one step of the journal."""
