"""What the demo clinic's patients answer before a treatment: better from visit to visit, as a rule."""

from random import Random

from clinic_desktop.people.instruments import BY_CODE, PAIN, PHQ9, Instrument
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.model import Visit, VisitType

_FORGOTTEN = 9  # of so many visits one goes without
_DARK = 31  # of so many patients one thinks of death when the course begins
_BETTER = 0.16  # of what is there, from one visit to the next


def answers(visit: Visit, visit_type: VisitType) -> list[Score]:
    """The scores of a visit; the same visit always answers the same."""
    if visit.id % _FORGOTTEN == 0:
        return []
    asked = sorted(visit_type.scores)
    if PHQ9.code in asked and visit.patient_id % 4 == 0:
        asked.append("gad7")
    return [_score(visit, BY_CODE[code]) for code in asked]


def _score(visit: Visit, one: Instrument) -> Score:
    rng = Random(f"{visit.patient_id} {one.code}")  # noqa: S311 - the same clinic each time is the point
    share = rng.uniform(0.55, 0.85) * (1 - _BETTER * rng.uniform(0.2, 1.6)) ** ((visit.course_no or 3) - 1)
    day = Random(f"{visit.id} {one.code}")  # noqa: S311 - the same each time, too
    total = round(share * one.most_total + day.uniform(-1.5, 1.5))
    pain, most = one is PAIN, one.most_total
    return Score(
        patient_id=visit.patient_id,
        visit_id=visit.id,
        instrument=one.code,
        items=() if pain else _items(visit, one, total, day),
        total=min(max(total, 0), most) if pain else None,
        on=visit.day,
    )


def _items(visit: Visit, one: Instrument, total: int, rng: Random) -> tuple[int, ...]:
    """Answers that add up to about the total; the last of the PHQ-9 is nearly always nought."""
    dark = one.told is not None and visit.patient_id % _DARK == 0 and visit.course_no in (1, 2)
    items = [0] * len(one.items)
    free = [n for n in range(len(items)) if one.told != n + 1]
    for _ in range(min(max(total, 0), one.most * len(free))):
        items[rng.choice([n for n in free if items[n] < one.most])] += 1
    if dark and one.told is not None:
        items[one.told - 1] = 1
    return tuple(items)
