"""Watches: who is told of what becomes of the record, by e-mail and by webhooks, and nothing twice.

`routing` finds the watches that an act concerns, `digests` sends e-mail, `delivering` sends requests, and `running`
does all that is due.
"""
