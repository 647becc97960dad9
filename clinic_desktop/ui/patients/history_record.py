"""What changed in a patient's own record, field by field, in the words of the form."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from clinic_desktop.people.languages import language_name
from clinic_desktop.people.model import Patient, UsualDriver
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.form_fields import LABELS
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.page_rows import address_words, emergency_words, permission_words
from clinic_desktop.ui.patients.wording import INDICATIONS, SEXES, day_words, driver_words, phone_words

T = TypeVar("T")
Words = Mapping[str, tuple[str, Callable[[T], str]]]  # field -> its label, and what it says


def field_changes(before: T, after: T, words: Words[T]) -> Iterator[str]:
    """ "Email: one@example.org → two@example.org" for each field that says something else now."""
    for label, say in words.values():
        was, now = say(before), say(after)
        if was != now:
            yield change_said(tr(label), was, now)


def change_said(field: str, was: str, now: str) -> str:
    """ "Email: one@example.org → two@example.org"; what was or is empty is not shown as a word."""
    if not was:
        return tr("{field}: {now}").format(field=field, now=now)
    if not now:
        return tr("{field} taken out: {was}").format(field=field, was=was)
    return tr("{field}: {was} → {now}").format(field=field, was=was, now=now)


def patient_field(name: str) -> tuple[str, Callable[[Patient], str]]:
    """The label of a field and what it says; "permissions.text" is a field of its own."""
    label, say = (_REACHED | _FIELDS)[name]
    return tr(label), say


def patient_changes(_history: History, before: Patient | None, after: Patient | None) -> Iterator[str]:
    """A record that went into another one is told by the merge."""
    if after is None:
        return
    if before is not None:
        yield from field_changes(before, after, _FIELDS)
    elif after.source:
        yield tr("Imported from {source}").format(source=after.source)
    else:
        yield tr("Record made for {name}").format(name=after.name)


def _driver(driver: UsualDriver) -> str:
    parts = (driver.name, driver.relationship, driver.phone, driver_words(driver))
    return ", ".join(part for part in parts if part)


def _yes(said: bool) -> str:
    return tr("yes") if said else tr("no")


_REACHED: dict[str, tuple[str, Callable[[Patient], str]]] = {
    "permissions.voicemail": (QT_TR_NOOP("Voicemail allowed"), lambda one: _yes(one.permissions.voicemail)),
    "permissions.text": (QT_TR_NOOP("Text message allowed"), lambda one: _yes(one.permissions.text)),
    "permissions.email": (QT_TR_NOOP("Email allowed"), lambda one: _yes(one.permissions.email)),
    "permissions.may_tell": (LABELS["permissions.may_tell"], lambda one: one.permissions.may_tell),
}
_FIELDS: dict[str, tuple[str, Callable[[Patient], str]]] = {
    "given_name": (LABELS["given_name"], lambda one: one.given_name),
    "family_name": (LABELS["family_name"], lambda one: one.family_name),
    "preferred_name": (LABELS["preferred_name"], lambda one: one.preferred_name),
    "birth_date": (LABELS["birth_date"], lambda one: day_words(one.birth_date) if one.birth_date else ""),
    "sex": (LABELS["sex"], lambda one: tr(SEXES[one.sex])),
    "phones": (LABELS["phones.0"], lambda one: "; ".join(map(phone_words, one.phones))),
    "email": (LABELS["email"], lambda one: one.email),
    "language": (LABELS["language"], lambda one: language_name(one.language)),
    "large_print": (QT_TR_NOOP("Large print"), lambda one: _yes(one.large_print)),
    "address": (QT_TR_NOOP("Address"), address_words),
    "emergency": (LABELS["emergency.name"], emergency_words),
    "permissions": (QT_TR_NOOP("May be contacted"), permission_words),
    "may_tell": (LABELS["permissions.may_tell"], lambda one: one.permissions.may_tell),
    "allergies": (LABELS["allergies"], lambda one: one.allergies),
    "alerts": (LABELS["alerts"], lambda one: one.alerts),
    "notes": (LABELS["notes"], lambda one: one.notes),
    "indication": (LABELS["indication"], lambda one: tr(INDICATIONS[one.indication])),
    "rems_enrolled_on": (
        LABELS["rems_enrolled_on"],
        lambda one: day_words(one.rems_enrolled_on) if one.rems_enrolled_on else "",
    ),
    "death_date": (LABELS["death_date"], lambda one: day_words(one.death_date) if one.death_date else ""),
    "drivers": (QT_TR_NOOP("Usual drivers"), lambda one: "; ".join(map(_driver, one.drivers))),
}
