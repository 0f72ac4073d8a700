"""Getting at a study file: its address, whose its logs are, whether it is still the same, opening it."""
