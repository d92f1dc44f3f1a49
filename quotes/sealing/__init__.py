"""The log of this record: numbering its leaves, signing checkpoints, proving, and finding what was tampered with."""
