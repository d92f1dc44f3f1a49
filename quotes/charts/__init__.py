"""Figures of the record: counted in bounded work, drawn as SVG by templates, each with a table of the same numbers."""
