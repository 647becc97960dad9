"""The texts that wait for a prescriber: what was put before them, and what comes with the program in English
and nobody has decided on yet."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from clinic_desktop.aftercare.parse import shipped_template
from clinic_desktop.aftercare.sheet_text import ENGLISH, SheetText, TextStatus
from clinic_desktop.aftercare.statements import STATEMENTS
from clinic_desktop.aftercare.text_changes import changes_between
from clinic_desktop.aftercare.texts import in_force, kinds_in_use, shipped_text, words_of
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.people.languages import language_name
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.treatment.request import WaitingText


class Texts:
    """What "My decisions" asks of this house."""

    def waiting(self, records: ScheduleRecords, now: datetime) -> Sequence[WaitingText]:
        found = records.find(SheetText, status=TextStatus.ASKED)
        mine = [*found, *(one for one in _undecided(records) if one.status is not TextStatus.ASKED)]
        return [_waiting(records, one, now) for one in mine]


def unapproved(records: ScheduleRecords, now: datetime) -> list[str]:
    """The kinds of which no English text is approved: what is handed out of them says that it is a draft."""
    setup = records.setup()
    today = local_day(now, setup.clinic.zone)
    return [
        kind
        for kind in kinds_in_use(setup)
        if in_force(records.find(SheetText, kind=kind, language=ENGLISH), today) is None
    ]


def _undecided(records: ScheduleRecords) -> Iterator[SheetText]:
    for kind in kinds_in_use(records.setup()):
        text = shipped_text(records, kind)
        if text.status in (TextStatus.DRAFT, TextStatus.ASKED):
            yield text


def _waiting(records: ScheduleRecords, text: SheetText, now: datetime) -> WaitingText:
    return WaitingText(
        kind=text.kind,
        language=text.language,
        number=text.number,
        shipped=text.shipped,
        title=_english_title(text),
        language_name=language_name(text.language),
        since=text.asked_at or now,
        written_by=text.written_by,
        changed=text.changed,
        wanted_from=text.effective_from,
        news=tuple(_news(records, text, now)),
    )


def _english_title(text: SheetText) -> str:
    """What kind of text it is, also for who does not read its language."""
    own = text.language == ENGLISH
    return words_of(text).front.title if own else shipped_template(text.kind, ENGLISH).front.title


def _news(records: ScheduleRecords, text: SheetText, now: datetime) -> Iterator[tuple[str, str, str]]:
    """Each sentence that is another one than what is handed out today: the name of its statement (empty for
    words of none), the old and the new."""
    today = local_day(now, records.setup().clinic.zone)
    now_out = in_force(records.find(SheetText, kind=text.kind, language=text.language), today)
    if now_out is None:
        return
    for one in changes_between(words_of(now_out), words_of(text)):
        name = f"{one.number}, {STATEMENTS[one.number]}" if one.number else ""
        yield from ((name, old, new) for old, new in one.sentences)
