"""Lines of the audit trail in words: what was done to which record, and each field from old to new."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.security.audit import CHANGED, TrailLine
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.history_words import HistoryLine, why_words
from clinic_desktop.ui.patients.wording import day_words

DEEDS: Mapping[str, str] = {
    "add": QT_TR_NOOP("Added"),
    "change": QT_TR_NOOP("Changed"),
    "remove": QT_TR_NOOP("Removed"),
    Deed.VIEWED: QT_TR_NOOP("Viewed"),
    Deed.PRINTED: QT_TR_NOOP("Printed"),
    Deed.EXPORTED: QT_TR_NOOP("Saved to a file"),
    Deed.SIGNED_IN: QT_TR_NOOP("Signed in"),
    Deed.NOT_LET_IN: QT_TR_NOOP("Not let in"),
    Deed.SIGNED_OUT: QT_TR_NOOP("Signed out"),
    Deed.LOCKED: QT_TR_NOOP("Locked"),
    Deed.UNLOCKED: QT_TR_NOOP("Unlocked"),
    Deed.EMERGENCY: QT_TR_NOOP("Emergency access"),
    Deed.BACKED_UP: QT_TR_NOOP("Backed up"),
    Deed.RESTORED: QT_TR_NOOP("Restored"),
    Deed.CHECKED: QT_TR_NOOP("Checked"),
    Deed.MOVED_HERE: QT_TR_NOOP("Moved here"),
    Deed.TAKEN_BACK: QT_TR_NOOP("Taken back into use"),
    Deed.KEYS: QT_TR_NOOP("Keys of the encryption"),
}
# What the list is narrowed to: a word, and the deeds of it; the first is all of them.
CHOICES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (QT_TR_NOOP("Everything"), ()),
    (QT_TR_NOOP("Changes"), CHANGED),
    (QT_TR_NOOP("Views"), (Deed.VIEWED,)),
    (QT_TR_NOOP("Prints and files"), (Deed.PRINTED, Deed.EXPORTED)),
    (
        QT_TR_NOOP("Signing in and out"),
        (Deed.SIGNED_IN, Deed.NOT_LET_IN, Deed.SIGNED_OUT, Deed.LOCKED, Deed.UNLOCKED),
    ),
    (QT_TR_NOOP("Emergency access"), (Deed.EMERGENCY,)),
    (QT_TR_NOOP("Backups and checks"), (Deed.BACKED_UP, Deed.RESTORED, Deed.CHECKED)),
    (QT_TR_NOOP("Moves to another place"), (Deed.MOVED_HERE, Deed.TAKEN_BACK)),
    (QT_TR_NOOP("Keys of the encryption"), (Deed.KEYS,)),
)
_OWN = frozenset({"id", "version"})  # what the store keeps by itself
_LONG = 120  # signs of a value that are shown; the file has all of it


@dataclass(frozen=True, slots=True)
class Names:
    """Whom the lines speak of."""

    setup: Setup
    patients: Mapping[int, str]

    def person(self, number: int) -> str:
        if not number:
            return tr("the program")
        return next((one.name for one in self.setup.staff if one.id == number), tr("somebody"))


def line_words(line: TrailLine, names: Names) -> HistoryLine:
    """The line as the list shows it."""
    at = local_time(line.at, names.setup.clinic.zone)
    when = tr("{day}, {time}").format(day=day_words(at.day), time=clock_time(at.minute))
    fields = list(_fields(line))
    if line.before is None and fields:
        fields = ["; ".join(fields)]  # a new record has many: a paragraph of them
    what = (_head(line, names), *fields)
    who, desk = names.person(line.person_id), line.desk if line.person_id else ""
    return HistoryLine(line.number, when, who, what, why_words(line.reason), desk)


def _head(line: TrailLine, names: Names) -> str:
    """ "Viewed: Okafor, Amara"."""
    known = DEEDS.get(line.action)
    deed = tr(known) if known else line.action
    kind = line.kind.replace("_", " ")
    thing = f"{kind} {line.record_id}" if line.record_id else kind
    if line.kind == "patient" and line.record_id in names.patients:
        thing = names.patients[line.record_id]
    return tr("{deed}: {thing}").format(deed=deed, thing=thing)


def _fields(line: TrailLine) -> Iterator[str]:
    before, after = _read(line.before), _read(line.after)
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was == now or name in _OWN:
            continue
        label = name.replace("_", " ")
        if line.before is None:
            if now not in (None, "", [], {}, False):
                yield tr("{field}: {now}").format(field=label, now=_shown(now))
        else:
            words = tr("{field}: {was} → {now}")
            yield words.format(field=label, was=_shown(was), now=_shown(now))


def _read(image: str | None) -> dict[str, Any]:
    found = json.loads(image) if image else {}
    return found if isinstance(found, dict) else {}


def _shown(value: object) -> str:
    if value is None or value == "":
        return tr("nothing")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONG else f"{text[:_LONG]}\N{HORIZONTAL ELLIPSIS}"
