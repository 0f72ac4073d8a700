"""Which codings count, for whom, and what shares a character: the one implementation of these rules."""
