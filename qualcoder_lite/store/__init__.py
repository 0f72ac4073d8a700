"""The study file: its tables, its one door for changes, its journal, migrations and backups."""
