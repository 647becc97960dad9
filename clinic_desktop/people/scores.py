"""A patient's scores: one entry each, only ever added, and how what is typed is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.foundation.store import Records
from clinic_desktop.people import score_rules as rules
from clinic_desktop.people.instruments import BY_CODE, Instrument
from clinic_desktop.people.model import Merge

_MOST_OF_A_TOTAL = 2  # digits
_BETWEEN = str.maketrans("", "", " ,;")


@dataclass(frozen=True, slots=True)
class Score:
    """What somebody answered on a day, in a visit or without one. ``items``: each answer, none where only the
    total is known. Never changed: a correction is a new entry that names the old one in ``corrects`` and says
    why; ``struck``: the old one never was, or is somebody else's."""

    id: int = 0
    version: int = 0
    patient_id: int = 0
    visit_id: int | None = None
    instrument: str = ""
    items: tuple[int, ...] = ()
    total: int | None = None
    on: date = date.min
    at: datetime | None = None
    by: int = 0
    corrects: int | None = None
    struck: bool = False
    reason: str = ""

    @property
    def of(self) -> Instrument:
        return BY_CODE[self.instrument]

    @property
    def sum(self) -> int:
        """The total, typed or added up."""
        return sum(self.items) if self.items else self.total or 0

    @property
    def said(self) -> str:
        """ "PHQ-9 14, moderate"."""
        return self.of.said(self.sum)

    @property
    def told(self) -> int | None:
        """The answer to the item that a prescriber is told of; None where it is not known."""
        number = self.of.told
        return self.items[number - 1] if number is not None and self.items else None


def standing_scores(scores: Iterable[Score]) -> list[Score]:
    """Those that count: neither corrected nor struck out, by day."""
    known = list(scores)
    corrected = {one.corrects for one in known}
    there = (one for one in known if one.id not in corrected and not one.struck)
    return sorted(there, key=lambda one: (one.on, one.id))


def scores_of(records: Records, patient_id: int) -> list[Score]:
    """All entries of a patient, those of records that became part of this one too: entries stay where they
    were written."""
    people = [patient_id]
    for one in people:  # it grows: a record may have been merged before
        people += [merge.merged_id for merge in records.find(Merge, kept_id=one) if merge.undone_at is None]
    return records.find(Score, patient_id=people)


def score_problems(score: Score, today: date) -> Problems:
    """Field -> what is wrong with it; empty when it can be recorded."""
    return dict(_found(score, today))


def _found(score: Score, today: date) -> Iterator[tuple[str, Finding]]:
    if score.on > today:
        yield "on", Finding(rules.LATER)
    if score.corrects is not None and not score.reason.strip():
        yield "reason", Finding(rules.WHY)
    instrument = BY_CODE.get(score.instrument)
    if instrument is None:
        yield "instrument", Finding(rules.INSTRUMENT)
    elif (wrong := _wrong(instrument, score.items, score.total)) is not None:
        yield "items", wrong


def _wrong(instrument: Instrument, items: tuple[int, ...], total: int | None) -> Finding | None:
    name, wanted = instrument.name, len(instrument.items)
    if any(not 0 <= one <= instrument.most for one in items):
        return Finding(rules.ANSWER, {"name": name, "most": instrument.most})
    if items and len(items) != wanted:
        return Finding(rules.ANSWERS, {"name": name, "wanted": wanted, "typed": len(items)})
    if not items and total is None:
        return Finding(rules.EMPTY)
    if not 0 <= (sum(items) if items else total or 0) <= instrument.most_total:
        return Finding(rules.TOTAL, {"name": name, "most": instrument.most_total})
    return None


@dataclass(frozen=True, slots=True)
class TypedScore:
    """How a line is read. One or two digits are a total, and may be the first answers as well; more are
    answers, one digit each."""

    items: tuple[int, ...] = ()
    total: int | None = None
    problem: Finding | None = None

    @property
    def so_far(self) -> int:
        return sum(self.items)


def typed_score(instrument: Instrument, typed: str) -> TypedScore:
    """Reads digits in a row; blanks and commas between them count for nothing."""
    digits = typed.translate(_BETWEEN)
    if not digits:
        return TypedScore(problem=Finding(rules.EMPTY))
    if not (digits.isascii() and digits.isdigit()):
        return TypedScore(problem=Finding(rules.EMPTY))
    if len(instrument.items) == 1 or len(digits) <= _MOST_OF_A_TOTAL:
        return _as_total(instrument, digits)
    items = tuple(int(one) for one in digits)
    return TypedScore(items, None, _wrong(instrument, items, None))


def _as_total(instrument: Instrument, digits: str) -> TypedScore:
    answers = tuple(int(one) for one in digits)
    begun = len(instrument.items) > 1 and all(one <= instrument.most for one in answers)
    total = int(digits)
    return TypedScore(answers if begun else (), total, _wrong(instrument, (), total))
