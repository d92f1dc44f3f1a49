"""What the page of the site's own design shows; it is there while the record is worked on (DEBUG), and nowhere else."""
