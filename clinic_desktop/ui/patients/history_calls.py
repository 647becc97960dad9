"""Calls about a patient, in words."""

from collections.abc import Iterator

from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.wording import day_words


def call_changes(_history: History, _before: CallAttempt | None, after: CallAttempt | None) -> Iterator[str]:
    if after is None:
        return
    pattern = tr("Call to the {whom} about {day}, {time}: {outcome}")
    yield pattern.format(
        whom=tr(after.whom),
        day=day_words(after.day),
        time=clock_time(after.minute),
        outcome=tr(after.outcome),
    )
    if after.note:
        yield tr("Note: {note}").format(note=after.note)
    if after.deviation:
        yield tr("The patient had not allowed it")
