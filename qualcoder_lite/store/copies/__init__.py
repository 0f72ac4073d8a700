"""Copies of a study: what is noted of each backup, the list of them, putting one back, conflict copies."""
