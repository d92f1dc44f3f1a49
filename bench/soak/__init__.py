"""Twice as much as a machine serves, for minutes: what is bounded, and what becomes of it when the database goes."""
