"""Whether a study file is whole: its seal, shape and check, and saving what is left of a damaged one."""
