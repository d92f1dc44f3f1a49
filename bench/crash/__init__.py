"""Killing what runs the record, again and again, while others write: what was acknowledged is there, whole, once."""
