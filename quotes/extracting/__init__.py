"""Extraction in a process of its own: no process that serves pages ever loads a language model.

`client` asks and `child` answers. Nothing that the child imports is Django's.
"""
