"""The public record whole: written to a folder as of one moment, and loaded from one into an empty record."""
