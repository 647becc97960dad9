"""The record of a text's words: one row for each version in each language, never rewritten once it was used.

Words that come with the program and words that the clinic wrote stand in one list, and count on in it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

ENGLISH = "en"  # of which a draft may be handed out, said to be one


class TextStatus(StrEnum):
    """How far a version is on its way to the patients."""

    DRAFT = "draft"
    ASKED = "asked"  # a prescriber is to read it
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # it was approved, and is handed out no more


@dataclass(frozen=True, slots=True)
class SheetText:
    """A version of a text. ``source``: the whole file. ``changed``: what is new in it, in the writer's words.

    written_by: 0 for the program. words: why it was refused or withdrawn. effective_from: the first day on
    which it is handed out. shipped: the digest of the file of the program that it is, word for word; empty
    for the clinic's own words. decided_name: as it stands on the sheets, whatever somebody is called later.
    """

    id: int = 0
    version: int = 0
    kind: str = ""
    language: str = "en"
    number: int = 1
    source: str = ""
    status: TextStatus = TextStatus.DRAFT
    changed: str = ""
    written_by: int = 0
    written_at: datetime | None = None
    asked_at: datetime | None = None
    decided_by: int | None = None
    decided_name: str = ""
    decided_at: datetime | None = None
    words: str = ""
    effective_from: date | None = None
    shipped: str = ""
