"""What changed in a patient's clearances, check lists, orders and merges, in words."""

from collections.abc import Iterator

from clinic_desktop.foundation.kept_words import REPLACED
from clinic_desktop.people.check_list import LINES
from clinic_desktop.people.model import Clearance, Merge, Order, Screening, ScreeningItem
from clinic_desktop.people.orders import dose_words
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.history_record import Words, field_changes
from clinic_desktop.ui.patients.wording import day_words


def clearance_changes(history: History, before: Clearance | None, after: Clearance | None) -> Iterator[str]:
    if after is None:
        return
    treatment, until = history.treatment(after.modality), day_words(after.until)
    if before is None:
        yield tr("Cleared for {treatment} to {day}").format(treatment=treatment, day=until)
        if after.note:
            yield tr("Note: {note}").format(note=after.note)
        return
    if before.until != after.until:
        pattern = tr("Clearance for {treatment}: to {was} → {now}")
        yield pattern.format(treatment=treatment, was=day_words(before.until), now=until)
    if before.withdrawn_at is None and after.withdrawn_at is not None:
        yield tr("Clearance for {treatment} withdrawn").format(treatment=treatment)


def screening_changes(_history: History, before: Screening | None, after: Screening | None) -> Iterator[str]:
    """The answers that are others now; of a first list only what was answered with yes."""
    if after is None:
        yield tr("Check list of the merge taken back")
        return
    if before is None:
        yield tr("Check list answered")
    there = {one.code: one for one in before.items} if before else {}
    for item in after.items:
        was = there.get(item.code, ScreeningItem(item.code))
        if (was.present, was.note) != (item.present, item.note) and (before or item.present):
            yield _answer(was, item)
    if after.reviewed and not (before and before.reviewed):
        yield tr("Check list reviewed and signed")
    elif before is not None and before.reviewed and not after.reviewed:
        yield tr("Check list waits for review again")


def _answer(was: ScreeningItem, now: ScreeningItem) -> str:
    line = LINES.get(now.code)
    name = line.name if line else now.code
    if was.present is None:
        pattern = tr("Check list, {line}: {now}")
    else:
        pattern = tr("Check list, {line}: {was} → {now}")
    return pattern.format(line=name, was=_answered(was), now=_answered(now))


def _answered(item: ScreeningItem) -> str:
    word = {True: tr("yes"), False: tr("no"), None: tr("not asked")}[item.present]
    return f"{word} ({item.note})" if item.note else word


def order_changes(history: History, before: Order | None, after: Order | None) -> Iterator[str]:
    if after is None:
        return
    named = tr("Order for {treatment}").format(treatment=history.treatment(after.modality))
    if before is None:
        pattern = tr("{order}: {drug} {route}, {dose}")
        yield pattern.format(order=named, drug=after.drug, route=after.route, dose=dose_words(after))
        return
    if before.visits != 0 and after.visits == 0:
        stopped = tr("{order} stopped")
        pattern = tr("{order} replaced by a newer one") if after.note.endswith(REPLACED) else stopped
        yield pattern.format(order=named)
        return
    if before.modality != after.modality:
        yield tr("{order}, before for {was}").format(order=named, was=history.treatment(before.modality))
    for said in field_changes(before, after, _ORDER):
        yield tr("{order}: {what}").format(order=named, what=said)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


_ORDER: Words[Order] = {
    "drug": (QT_TR_NOOP("Drug"), lambda one: one.drug),
    "route": (QT_TR_NOOP("Route"), lambda one: one.route),
    "dose": (QT_TR_NOOP("Dose"), dose_words),
    "weighed_on": (QT_TR_NOOP("Weighed on"), lambda one: day_words(one.weighed_on) if one.weighed_on else ""),
    "interval_days": (QT_TR_NOOP("Days between visits"), lambda one: _number(one.interval_days)),
    "visits": (QT_TR_NOOP("Visits"), lambda one: _number(one.visits)),
    "valid_to": (QT_TR_NOOP("Valid to"), lambda one: day_words(one.valid_to) if one.valid_to else ""),
    "note": (QT_TR_NOOP("Note"), lambda one: one.note),
}


def merge_changes(history: History, before: Merge | None, after: Merge | None) -> Iterator[str]:
    """Said from the side of the record that is shown."""
    if after is None:
        return
    kept = after.kept_id == history.patient_id
    other = history.names.get(after.merged_id if kept else after.kept_id, tr("another record"))
    if before is None:
        pattern = tr("Merged with the record of {name}") if kept else tr("Merged into the record of {name}")
        yield pattern.format(name=other)
    elif before.undone_at is None and after.undone_at is not None:
        yield tr("Taken apart again from the record of {name}").format(name=other)
