"""The revisions of the database, oldest first: the last is what this program reads and writes."""

REVISIONS = ("0001",)
CURRENT = REVISIONS[-1]
