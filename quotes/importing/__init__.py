"""Many statements from a file: told the columns, tried, put on record in batches, and undone as one."""
