"""What editors and readers type, checked: forms hand plain values on and write nothing."""
