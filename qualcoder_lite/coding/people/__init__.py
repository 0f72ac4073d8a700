"""Informants and coders, their attributes, and the key file of real names."""
