"""The backups of a study: what each holds, what would go if it were put back, putting one back."""
