"""Citations: what a version's stored body says, written for people, reference managers and the web.

Pure functions of the body and the site's address: no clock, no database, no network. The same version gives the same
bytes for ever; what shows the latest one is handed the `Present` too, and tells it. `record.read` makes a
`CitedStatement`; `formats` lists every file it can be downloaded as, `styles` every style it can be cited in.
"""
