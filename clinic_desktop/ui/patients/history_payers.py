"""What changed in a patient's authorizations, packages and devices, in words."""

from collections.abc import Iterator

from clinic_desktop.people.model import Authorization, DrugMovement, Moved, Package
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.history_record import Words, field_changes
from clinic_desktop.ui.patients.wording import day_words


def authorization_changes(
    history: History, before: Authorization | None, after: Authorization | None
) -> Iterator[str]:
    if after is None:
        return
    named = tr("Authorization {number} for {treatment}").format(
        number=after.number, treatment=history.treatment(after.modality)
    )
    if before is None:
        yield tr("{record}: {what}").format(record=named, what=after.payer)
        return
    for said in field_changes(before, after, _AUTHORIZATION):
        yield tr("{record}: {what}").format(record=named, what=said)


def package_changes(_history: History, before: Package | None, after: Package | None) -> Iterator[str]:
    if after is None:
        return
    named = tr("Package {name}").format(name=after.name)
    if before is None:
        pattern = tr("{paid} of {visits} paid")
        what = pattern.format(paid=after.paid, visits=after.visits)
        yield tr("{record}: {what}").format(record=named, what=what)
        return
    for said in field_changes(before, after, _PACKAGE):
        yield tr("{record}: {what}").format(record=named, what=said)


def movement_changes(
    _history: History, before: DrugMovement | None, after: DrugMovement | None
) -> Iterator[str]:
    if after is None or before is not None:
        return
    said = tr("%n device(s) came", "", after.devices)
    if after.what is Moved.TAKEN_BACK:
        said = tr("%n device(s) taken back: it was a slip", "", abs(after.devices))
    elif after.devices < 0:
        said = tr("%n device(s) went", "", -after.devices)
    yield ", ".join(part for part in (said, after.lot, after.note) if part)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


_AUTHORIZATION: Words[Authorization] = {
    "payer": (QT_TR_NOOP("Payer"), lambda one: one.payer),
    "number": (QT_TR_NOOP("Number"), lambda one: one.number),
    "modality": (QT_TR_NOOP("Treatment"), lambda one: one.modality),
    "visits": (QT_TR_NOOP("Visits"), lambda one: _number(one.visits)),
    "valid_from": (QT_TR_NOOP("From"), lambda one: day_words(one.valid_from)),
    "valid_to": (QT_TR_NOOP("Valid to"), lambda one: day_words(one.valid_to) if one.valid_to else ""),
    "note": (QT_TR_NOOP("Note"), lambda one: one.note),
}
_PACKAGE: Words[Package] = {
    "name": (QT_TR_NOOP("Name"), lambda one: one.name),
    "modality": (QT_TR_NOOP("Treatment"), lambda one: one.modality),
    "visits": (QT_TR_NOOP("Visits"), lambda one: str(one.visits)),
    "paid": (QT_TR_NOOP("Paid"), lambda one: str(one.paid)),
    "note": (QT_TR_NOOP("Note"), lambda one: one.note),
}
