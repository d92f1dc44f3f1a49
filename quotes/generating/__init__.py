"""A made-up record of any size, for measuring: same seed, same record. Nobody it names exists, and nobody said it."""
