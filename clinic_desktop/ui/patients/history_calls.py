"""Calls about a patient, messages, papers, the waitlist and the pinboard, in words."""

from collections.abc import Iterator

from clinic_desktop.foundation.message import Message
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.crisis import CrisisCall
from clinic_desktop.scheduling.papers import Paper
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.waiting import BOOKED, WaitEntry
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.wording import day_words


def call_changes(_history: History, _before: CallAttempt | None, after: CallAttempt | None) -> Iterator[str]:
    if after is None:
        return
    pattern = tr("Call to the {whom} about {day}, {time}: {outcome}")
    if after.person:
        pattern = tr("Call to {whom} about {day}, {time}: {outcome}")
    if after.wait_id is not None:
        pattern = tr("Called from the waitlist about {day}, {time}: {outcome}")
    yield pattern.format(
        whom=after.person or tr(after.whom),
        day=day_words(after.day),
        time=clock_time(after.minute),
        outcome=tr(after.outcome),
    )
    if after.note:
        yield tr("Note: {note}").format(note=after.note)
    if after.deviation:
        yield tr("The patient had not allowed it")


def wait_changes(history: History, before: WaitEntry | None, after: WaitEntry | None) -> Iterator[str]:
    if after is None:
        return
    name = history.setup.type_by_code(after.type_code).name
    if before is None:
        yield tr("On the waitlist for {type}").format(type=name)
        if after.note:
            yield tr("Note: {note}").format(note=after.note)
    elif before.closed_at is None and after.closed_at is not None:
        booked = after.closed_why == BOOKED
        pattern = tr("Off the waitlist for {type}: booked") if booked else tr("Off the waitlist for {type}")
        yield pattern.format(type=name)
    elif before.patient_id == after.patient_id:
        yield tr("Waitlist for {type}: what suits them was changed").format(type=name)


def pin_changes(_history: History, before: Pin | None, after: Pin | None) -> Iterator[str]:
    if after is None:
        return
    if before is None:
        yield tr("Visit put on the pinboard")
        if after.note:
            yield tr("Note: {note}").format(note=after.note)
    elif before.taken_at is None and after.taken_at is not None:
        yield tr("Visit taken off the pinboard")
    elif before.taken_at is not None and after.taken_at is None:
        yield tr("Visit lies on the pinboard again")


def message_changes(history: History, before: Message | None, after: Message | None) -> Iterator[str]:
    if after is None:
        return
    if before is None:
        to = history.staff(after.for_person) if after.for_person else tr(after.for_role or "")
        pattern = tr("Urgent message for {who}: {text}") if after.urgent else tr("Message for {who}: {text}")
        yield pattern.format(who=to, text=after.text)
    elif before.answered_at is None and after.answered_at is not None:
        yield tr("Message answered: {answer}").format(answer=after.answer)


def paper_changes(_history: History, before: Paper | None, after: Paper | None) -> Iterator[str]:
    if after is None or before is not None:
        return
    times = (f"{day_words(one.day)}, {clock_time(one.minute)}" for one in after.named)
    again = tr("The same course card printed again: {times}")
    said = again if after.facts.get("again") else tr("Course card printed: {times}")
    yield said.format(times="; ".join(times))


def crisis_changes(history: History, before: CrisisCall | None, after: CrisisCall | None) -> Iterator[str]:
    if after is None:
        return
    if before is None:
        yield tr("Crisis call")
    known = before.done if before else ()
    for one in after.done:
        if one not in known:
            yield tr("{when}: {what}").format(when=history.when(one.at), what=tr(one.step))
    for label, was, now in (
        (tr("Where they are: {text}"), before.place if before else "", after.place),
        (tr("Note: {note}"), before.note if before else "", after.note),
    ):
        if now and now != was:
            yield label.format(text=now, note=now)
