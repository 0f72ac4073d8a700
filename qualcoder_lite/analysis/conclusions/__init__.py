"""Claims, the chapter of findings, member checks, and the check before the defence."""
