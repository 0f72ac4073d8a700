"""QualCoder Lite: code interviews offline, and keep every claim one click from its passages."""

__version__ = "0.1.0"
