"""Copies of frozen records: the same as dataclasses.replace makes, for the records that are stored."""

from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from clinic_desktop.foundation.records import changed, field_names, values_of
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.storage.tables import RECORDS
from clinic_desktop.treatment.model import Stamp


@dataclass(frozen=True, slots=True)
class One:
    only: int = 1


@dataclass(frozen=True)
class Loose:
    only: int = 1


@dataclass(frozen=True, slots=True)
class Tidied:
    text: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.text.strip())


@pytest.mark.parametrize("record", [Visit(), Stamp(), One()])
def test_a_copy_is_what_replace_makes(record: object) -> None:
    first = field_names(type(record))[0]
    copy = changed(record, **{first: 7})
    assert copy == replace(record, **{first: 7})  # type: ignore[type-var]  # each of them is a dataclass
    assert copy is not record
    with pytest.raises(FrozenInstanceError):
        setattr(copy, first, 8)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_stored_kind_can_be_copied(kind: type) -> None:
    record = object.__new__(kind)
    for name in field_names(kind):
        object.__setattr__(record, name, name)
    assert values_of(changed(record)) == values_of(record) == {name: name for name in field_names(kind)}


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError, match="onyl"):
        changed(One(), onyl=2)


@pytest.mark.parametrize("record", [Loose(), Tidied()])
def test_a_record_that_is_more_than_its_fields_is_refused(record: object) -> None:
    with pytest.raises(TypeError, match=r"use dataclasses\.replace"):
        changed(record)
