"""The record for programs, at /api/v1/: what the pages show, as JSON, CSV and citation formats."""
