"""The log that every version and every public act is a leaf of: its hashes, its proofs, its checkpoints. Pure."""
