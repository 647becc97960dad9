"""What a check of the trail finds, and the steps that it is done in."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from clinic_desktop.storage.reader import Records

Read = Callable[[], AbstractContextManager[Records]]


@dataclass(frozen=True, slots=True)
class Told:
    """Something that is not as the trail says. ``code`` is stable. ``proof``: a digest of what stands there
    and what should, so that another change of the same record is another finding."""

    code: str
    message: str
    proof: str = ""


Step = list[Told]


def proof(*parts: object) -> str:
    """A digest of what stands there."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
