"""Check-in calls after a treatment, and what they brought before a prescriber, in words."""

from collections.abc import Iterable, Iterator

from clinic_desktop.treatment.day_after import AfterCall, AfterFlag, AfterOutcome, names_of
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.wording import day_words


def after_call_changes(history: History, _before: AfterCall | None, after: AfterCall | None) -> Iterator[str]:
    if after is None:
        return
    pattern = tr("Check-in call after {day}: {outcome}")
    if after.corrects is not None:
        pattern = tr("Check-in call after {day}, corrected: {outcome}")
    if after.outcome is AfterOutcome.STRUCK:
        pattern = tr("Check-in call after {day} struck out: there was none")
    yield pattern.format(day=_day(history, after.visit_id), outcome=tr(after.outcome))
    if after.yes:
        yield tr("Yes to: {items}").format(items=_items(after.yes))
    if after.no:
        yield tr("No to: {items}").format(items=_items(after.no))
    if after.note:
        yield tr("Note: {note}").format(note=after.note)
    if after.deviation:
        yield tr("The patient had not allowed it")


def after_flag_changes(history: History, before: AfterFlag | None, after: AfterFlag | None) -> Iterator[str]:
    if after is None:
        return
    if before is None:
        yield tr("Before the prescriber, from the check-in call: {items}").format(items=_items(after.items))
    elif before.answered_at is None and after.answered_at is not None:
        pattern = tr("On the check-in call, decided: {words}")
        if after.told_by is not None:
            pattern = tr("On the check-in call, told by {who} and read back: {words}")
        yield pattern.format(words=after.answer, who=history.staff(after.told_by or 0))
    elif before.signed_at is None and after.signed_at is not None:
        signed = tr("Signed: what was told on the check-in call")
        yield signed if after.agreed else tr("Not said so: what was told on the check-in call")


def _day(history: History, visit_id: int) -> str:
    visit = history.visits.get(visit_id)
    return day_words(visit.day) if visit is not None else ""


def _items(codes: Iterable[str]) -> str:
    return ", ".join(tr(one) for one in names_of(codes))
