"""Complaints: taken in, masked, counted, answered point by point, and grouped.

Read `receiving` for the arrival, `casework` for what people change, `drafting` for the letters,
`line` for drafts in the background, `similar` and `grouping` for what cases share, `checks` for
what a letter still lacks. The other modules are steps of these.
"""
