"""What waits for a prescriber in words: the row, everything about one, and what its answers are called."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.languages import ENGLISH
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.treatment.request import Request, RequestKind, WaitingText
from clinic_desktop.treatment.to_see import OpenIncident
from clinic_desktop.ui.floor.to_see_words import incident_words
from clinic_desktop.ui.floor.words import at_day_clock
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.rule_words import rule_words
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import worded

R = RequestKind


@dataclass(frozen=True, slots=True)
class Answers:
    """What the answers to a kind of request are called. label: what is asked for in words, empty where
    nothing is. no: empty where there is nothing to refuse. done: what is said afterwards, with how it is
    taken back where it can be."""

    kind: str
    yes: str
    done: str
    label: str = ""
    no: str = ""
    done_no: str = ""
    elsewhere: bool = False  # it is answered on the patient's page


_EARLIER = QT_TR_NOOP(
    "Until you answer, the later time counts for the release and on the sheet. If the earlier one is right, "
    "the patient may go earlier; if the first one is right, it is put back."
)

ANSWERS = {
    R.PRESSURE: Answers(
        QT_TR_NOOP("Pressure"),
        QT_TR_NOOP("Accept it"),
        QT_TR_NOOP("the pressure is accepted. Strike it out on the floor if that was wrong."),
        QT_TR_NOOP("A note, if you like"),
        QT_TR_NOOP("Take it again"),
        QT_TR_NOOP("the pressure is to be taken again"),
    ),
    R.DAY_AFTER: Answers(
        QT_TR_NOOP("Day after"),
        QT_TR_NOOP("This is to be done"),
        QT_TR_NOOP("your answer stands with the check-in call"),
        QT_TR_NOOP("What is to be done"),
    ),
    R.OVERRIDE: Answers(
        QT_TR_NOOP("Override"),
        QT_TR_NOOP("Allow it"),
        QT_TR_NOOP("it is allowed"),
        QT_TR_NOOP("Your reason; empty: the one that was given"),
        QT_TR_NOOP("Do not allow it"),
        QT_TR_NOOP("it is not allowed"),
    ),
    R.COSIGN: Answers(
        QT_TR_NOOP("Signature"),
        QT_TR_NOOP("Sign it"),
        QT_TR_NOOP("it is signed"),
        QT_TR_NOOP("If it was not said so: what was"),
        QT_TR_NOOP("It was not said so"),
        QT_TR_NOOP("it is struck out, and an incident is open"),
    ),
    R.DAY_AFTER_COSIGN: Answers(
        QT_TR_NOOP("Signature"),
        QT_TR_NOOP("Sign it"),
        QT_TR_NOOP("it is signed"),
        QT_TR_NOOP("If it was not said so: what was"),
        QT_TR_NOOP("It was not said so"),
        QT_TR_NOOP("it is no answer, and waits for a prescriber again"),
    ),
    R.EARLIER: Answers(
        QT_TR_NOOP("Earlier time"),
        QT_TR_NOOP("Earlier is right"),
        QT_TR_NOOP("the earlier time counts. A sheet that was printed before is to be printed anew."),
        QT_TR_NOOP("What was decided, and why"),
        QT_TR_NOOP("First is right"),
        QT_TR_NOOP("the time recorded first stands again"),
    ),
    R.INCIDENT: Answers(
        QT_TR_NOOP("Incident"),
        QT_TR_NOOP("Close the incident"),
        QT_TR_NOOP("the incident is closed"),
        QT_TR_NOOP("What was decided"),
    ),
    R.CLEARANCE: Answers(
        QT_TR_NOOP("Clearance"),
        QT_TR_NOOP("Clear"),
        QT_TR_NOOP("cleared for {treatment}. Withdraw it on the patient's page if that was wrong."),
        QT_TR_NOOP("A note, if you like"),
    ),
    R.CONSULTATION: Answers(
        QT_TR_NOOP("Consultation"),
        QT_TR_NOOP("To the patient"),
        "",
        QT_TR_NOOP("If you decide against it: why"),
        QT_TR_NOOP("Not cleared"),
        QT_TR_NOOP("it is decided against"),
        elsewhere=True,
    ),
    R.ORDER: Answers(QT_TR_NOOP("Order"), QT_TR_NOOP("Order on the patient's page"), "", elsewhere=True),
    R.RENEWAL: Answers(
        QT_TR_NOOP("Renewal"),
        QT_TR_NOOP("Renew it"),
        QT_TR_NOOP(
            "the clearance for {treatment} is renewed. Withdraw it on the patient's page if that was wrong."
        ),
        QT_TR_NOOP("A note, if you like"),
    ),
    R.REVIEW: Answers(
        QT_TR_NOOP("Review"),
        QT_TR_NOOP("Record it"),
        QT_TR_NOOP("the review is recorded"),
        QT_TR_NOOP("How the course goes on"),
    ),
    R.TEXT: Answers(
        QT_TR_NOOP("Text"),
        QT_TR_NOOP("Approve it"),
        QT_TR_NOOP("the text is approved, from today"),
        QT_TR_NOOP("Why not; or why in spite of what speaks against it"),
        QT_TR_NOOP("Do not approve it"),
        QT_TR_NOOP("the text is not approved"),
    ),
}


def says(one: Request) -> str:
    """What is decided; of an incident what went past which rule."""
    if isinstance(one.about, OpenIncident):
        return f"{rule_words(one.about.incident.codes)}."
    return worded(one.says)


def headline(one: Request) -> str:
    """Whom it is about; of a text which, in which language and version."""
    if isinstance(one.about, WaitingText):
        words = tr("{title}, {language}, version {number}")
        text = one.about
        return words.format(title=text.title, language=text.language_name, number=text.number)
    return one.patient or tr(ANSWERS[one.kind].kind)


def row_of(one: Request) -> Row:
    """Who, what, and since when."""
    kind = tr(ANSWERS[one.kind].kind)
    here = (tr("here"), Tone.WARN) if one.here else ("", Tone.NEUTRAL)
    here = (tr("urgent"), Tone.DANGER) if one.urgent else here
    badge, tone = (tr("late"), Tone.DANGER) if one.late else here
    return Row(headline(one), f"{kind}: {says(one)}", since(one), badge=badge, tone=tone)


def since(one: Request) -> str:
    """ "Mon, Nov 16"; of somebody who is here the minute."""
    if one.visit is None:
        return ""
    on = local_day(one.since, one.visit.zone)
    if one.here and on == one.visit.day:
        return at_day_clock(one.since, one.visit.zone, one.visit.day)
    return short_date(on)


def about(one: Request, setup: Setup) -> str:
    """Everything that is said of the chosen one."""
    if isinstance(one.about, OpenIncident):
        return incident_words(one.about, setup, tr(_EARLIER) if one.kind is R.EARLIER else "")
    lines = [says(one)]
    if isinstance(one.about, WaitingText):
        lines += _text_lines(one.about, setup)
    if one.visit is not None:
        kind = setup.type_by_id(one.visit.type_id).name
        lines.append(tr("{type} on {day}").format(type=kind, day=short_date(one.visit.day)))
    if one.phones:
        lines.append(tr("Phone: {numbers}").format(numbers=", ".join(one.phones)))
    if one.here:
        lines.append(tr("The patient is in the house."))
    return "\n".join(lines)


def _text_lines(text: WaitingText, setup: Setup) -> list[str]:
    """Who wrote it, what is new in it in the writer's words, and which statements say something else."""
    names = (one.name for one in setup.staff if one.id == text.written_by)
    by = next(names, tr("the program"))
    lines = [tr("Written by {name}.").format(name=by), text.changed]
    if not text.written_by and text.language != ENGLISH:
        unread = tr("No translator has read it. Have somebody read it who speaks {language}.")
        lines.append(unread.format(language=text.language_name))
    if text.wanted_from is not None:
        lines.append(tr("Wanted from {day} on.").format(day=short_date(text.wanted_from)))
    for statement, sentences in groupby(text.news, key=itemgetter(0)):
        named = tr("Statement {statement}:").format(statement=statement)
        lines.append(named if statement else tr("Words of no statement:"))
        for _, old, new in sentences:
            lines += _sentence_lines(old, new)
    return list(filter(None, lines))


def _sentence_lines(old: str, new: str) -> Iterator[str]:
    """A sentence that is another one now: the old words above the new ones, each with its sign."""
    was = tr("{sign} was: {words}") if new else tr("{sign} left out: {words}")
    now = tr("{sign} is: {words}") if old else tr("{sign} new: {words}")
    if old:
        yield was.format(sign="\N{MINUS SIGN}", words=old)
    if new:
        yield now.format(sign="+", words=new)


def counted(found: Sequence[Request]) -> str:
    """ "5 decisions, 2 about people who are here, 1 late"."""
    here, late = sum(one.here for one in found), sum(one.late for one in found)
    parts = (
        tr("%n decision(s)", "", len(found)) if found else tr("Nothing waits."),
        tr("{n} about people who are here").format(n=here) if here else "",
        tr("{n} late").format(n=late) if late else "",
    )
    return ", ".join(part for part in parts if part)
