"""Lists and the whole record as files for researchers: the pages' own filters, in the memory of a few thousand rows."""
