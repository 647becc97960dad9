"""The audit trail: full images before and after, and a chain of hashes that shows any tampering."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from clinic_desktop.foundation.records import values_of
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.storage.columns import CONVERTER
from clinic_desktop.storage.tables import audit

FIRST_HASH = "0" * 64
_CHAINED = [column.name for column in audit.columns if column.name != "hash"]
CHANGING = frozenset({"add", "change", "remove"})
_AS_IT_IS = frozenset({int, str, bool, float, type(None)})
_image = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str).encode
_hashed = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """One change to one record; ``before`` None for a new one, ``after`` None for a removed one."""

    action: str
    kind: str
    record_id: int
    before: str | None
    after: str | None

    @property
    def changes(self) -> bool:
        """Whether a record was changed; else something was done that is only kept in the trail."""
        return self.action in CHANGING


def witnessed(deed: Deed, kind: str, record_id: int, about: Mapping[str, object]) -> Entry:
    """What was done without changing a record; ``about`` stands where an image would."""
    return Entry(deed, kind, record_id, None, _image(dict(about)))


def image(record: Any) -> str:  # noqa: ANN401 - any record kind
    """The record whole, as JSON text. A patient of 1,000 fields would still read as one line."""
    return _image({name: _plain(value) for name, value in values_of(record).items()})


def _plain(value: Any) -> Any:  # noqa: ANN401 - any field
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, datetime):
        value = value.astimezone(UTC).replace(microsecond=0)  # as its column holds it
    plain = CONVERTER.unstructure(value)
    # A set has no order of its own, and its image must be the same whoever makes it.
    return sorted(plain) if isinstance(value, frozenset) else plain


def chained(row: Mapping[Any, Any]) -> str:
    """The hash of an audit row over everything else in it, the previous hash included."""
    body = [str(row[name]) if name == "at" else row[name] for name in _CHAINED]
    return hashlib.sha256(_hashed(body).encode()).hexdigest()
