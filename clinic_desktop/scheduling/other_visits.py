"""What the rules need of a patient's other visits, and no more: however many years somebody has been coming,
the other desks wait no longer for a booking.

- *the same day*: a second treatment;
- *the nearest days of the treatment, before and after*: the days between treatments;
- *its first day*: the first dose, the week of treatment, a move behind a higher dose;
- *consultations to come*: whether one may still clear;
- *how many were given under an order*, where it says how many may be;
- *those that use what was agreed, paid, brought or ordered*, from the day on since which it counts.

What a rule needs beyond that is read here first; the tests hold that the whole history would say the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from clinic_desktop.scheduling.allowances import Allowance, CountedVisit, counts_from
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import RecordsAt, Treated
from clinic_desktop.scheduling.rules import Case, ahead_from, still_on
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.scheduling.under_orders import counted_orders, used


def beside_others(unit: RecordsAt, case: Case, batch: Sequence[Visit]) -> Case:
    """The case with what its rules need of the patient's other visits: the batch's as they would be."""
    with_it = [one for one in batch if one is not case.visit and one.patient_id == case.patient.id]
    with_it = [one for one in with_it if one.state not in NEVER_CAME]
    same = tuple(one.id for one in case.setup.types if one.modality == case.type.modality != "")
    but = frozenset(one.id for one in (*batch, case.visit) if one.id)
    treated = Treated(case.patient.id, same, but)
    around = _around(unit, case, treated) if case.type.is_treatment else []
    return replace(
        case,
        others=[*(one for one in around if one.state not in NEVER_CAME), *with_it],
        given=_given(unit, case, treated, with_it),
        counted=[*_counted(unit, case, but), *with_it],
    )


def _around(unit: RecordsAt, case: Case, treated: Treated) -> list[Visit]:
    consultations = [one.id for one in case.setup.types if one.gives_clearance]
    since = ahead_from(case.now_minute, case.setup.clinic.zone)
    return unit.visits_around(treated, case.visit.day, consultations, since)


def _given(unit: RecordsAt, case: Case, treated: Treated, with_it: Sequence[Visit]) -> Counter[int]:
    mine = [one for one in case.orders if one.modality == case.type.modality]
    wanted = counted_orders(mine, case.visit.day)
    given = Counter(unit.given_under(treated, wanted) if wanted else {})
    return given + used(one for one in with_it if one.type_id in treated.types and still_on(one))


def _counted(unit: RecordsAt, case: Case, but: frozenset[int]) -> list[CountedVisit]:
    days = _counted_days(case)
    return unit.counted_from(case.patient.id, min(days), but) if days else []


def _counted_days(case: Case) -> list[date]:
    """From when on visits count: for what was agreed or paid, and for the devices that came."""
    every: list[Allowance] = [*case.authorizations, *case.packages]
    agreed = [one for one in every if one.modality == case.type.modality != ""]
    came = [one.on for one in case.movements] if case.type.devices else []
    ordered = [one for one in case.orders if one.modality == case.type.modality != "" and one.visits]
    booked = [case.visit.day] if ordered and case.before is None else []  # open ones of whatever day besides
    return [*([counts_from(agreed, case.visit.day)] if agreed else []), *came, *booked]
