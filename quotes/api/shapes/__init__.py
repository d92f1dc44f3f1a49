"""What the API tells of each thing: plain functions from what was read to JSON's own types, and no query.

A field that isn't known is null, a date is EDTF with its first and last day, an address is whole.
"""
