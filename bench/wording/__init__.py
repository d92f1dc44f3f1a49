"""How well a quotation is judged, and how fast: seeded, made by the program alone."""
