"""The revisions of the database, oldest first: the last is what this program reads and writes."""

from collections.abc import Mapping

REVISIONS = ("0001",)
CURRENT = REVISIONS[-1]

#: By table and column: what a revision gave the rows that were there to a column that it added, as an image
#: of a record has it. Images from before do not name it, and nothing else may stand there.
GIVEN: Mapping[tuple[str, str], object] = {}
