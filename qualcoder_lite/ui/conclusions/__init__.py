"""The workspace of claims (drawing conclusions)."""
