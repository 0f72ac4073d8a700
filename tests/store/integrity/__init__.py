"""Tests of what tells and mends damage."""
