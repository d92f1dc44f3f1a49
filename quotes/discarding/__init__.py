"""What accounts discard is kept for a week, so that they can have it back."""
