"""Backups: the database and every file at one point in time, encrypted, read back, kept by a rule, and restored."""
