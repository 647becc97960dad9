"""Lines of the audit trail in words: what was done to which record, and each field from old to new."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.audit import CHANGED, TrailLine
from clinic_desktop.ui.audit.field_labels import place_of
from clinic_desktop.ui.audit.value_words import (
    Names,
    image_of,
    is_blank,
    kind_words,
    label_of,
    said,
    said_instead,
)
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.history_words import HistoryLine, why_words

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
    Deed.ACCEPTED: QT_TR_NOOP("Accepted as found"),
    Deed.MOVED_HERE: QT_TR_NOOP("Moved here"),
    Deed.TAKEN_BACK: QT_TR_NOOP("Taken back into use"),
    Deed.KEYS: QT_TR_NOOP("Keys of the encryption"),
    Deed.PAPER_PLACE: QT_TR_NOOP("Place of the paper"),
    Deed.BACKUP_PLACE: QT_TR_NOOP("Place of the backups"),
}
# What the list is narrowed to: a word, and the deeds of it; the first is all of them.
CHOICES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (QT_TR_NOOP("Everything"), ()),
    (QT_TR_NOOP("Changes"), CHANGED),
    (QT_TR_NOOP("Views"), (Deed.VIEWED,)),
    (QT_TR_NOOP("Prints and files"), (Deed.PRINTED, Deed.EXPORTED, Deed.PAPER_PLACE)),
    (
        QT_TR_NOOP("Signing in and out"),
        (Deed.SIGNED_IN, Deed.NOT_LET_IN, Deed.SIGNED_OUT, Deed.LOCKED, Deed.UNLOCKED),
    ),
    (QT_TR_NOOP("Emergency access"), (Deed.EMERGENCY,)),
    (
        QT_TR_NOOP("Backups and checks"),
        (Deed.BACKED_UP, Deed.BACKUP_PLACE, Deed.RESTORED, Deed.CHECKED, Deed.ACCEPTED),
    ),
    (QT_TR_NOOP("Moves to another place"), (Deed.MOVED_HERE, Deed.TAKEN_BACK)),
    (QT_TR_NOOP("Keys of the encryption"), (Deed.KEYS,)),
)
_OWN = frozenset({"id", "version"})  # what the store keeps by itself
_BIGGEST = 2**31 - 1
_OF_PATIENTS = ("patient_id", "kept_id", "merged_id", "merged_into")
_HAPPENED = ("happened", "at")  # when, in an entry that was written afterwards


_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)


def line_words(line: TrailLine, names: Names) -> HistoryLine:
    """The line as the list shows it. One that the program never wrote is shown, and said to be none."""
    try:
        return _line_words(line, names)
    except _UNREADABLE:
        head = _of(line, [kind_words(line.kind)])
        what = (head, tr("This entry cannot be read. The saved file has all of it."))
        who = names.person(line.person_id)
        return HistoryLine(line.number, names.moment(line.at), who, what, str(line.reason), str(line.desk))


def _line_words(line: TrailLine, names: Names) -> HistoryLine:
    """What was written later than it happened says both times."""
    about, when = dict(_about(line)), names.moment(line.at)
    if line.action not in CHANGED and (name := next((one for one in _HAPPENED if one in about), "")):
        happened = names.moment(datetime.fromisoformat(str(about[name])))
        if happened != when:
            when = tr("Happened {happened}; written in the trail {when}").format(happened=happened, when=when)
        del about[name]
    fields = list(_changes(line, names) if line.before else _made(line.kind, about, names))
    what = (_head(line, names), *fields)
    who, desk = names.person(line.person_id), line.desk if line.person_id else ""
    return HistoryLine(line.number, when, who, what, why_words(line.reason), desk)


def _about(line: TrailLine) -> dict[str, object]:
    """The fields of what was made or done."""
    return _ordered(image_of(line.after))


def _ordered(image: Mapping[str, object]) -> dict[str, object]:
    """What the store does not keep by itself, as a form would have it: an image is sorted by its letters."""
    return {name: image[name] for name in sorted(image, key=place_of) if name not in _OWN}


def named_in(lines: Iterable[TrailLine]) -> tuple[set[int], set[int]]:
    """The numbers of the patients and the visits that the lines speak of."""
    patients: set[int] = set()
    visits: set[int] = set()
    for line in lines:
        patients |= {line.record_id} if line.kind == "patient" else set()
        visits |= {line.record_id} if line.kind == "visit" else set()
        for image in (image_of(line.before), image_of(line.after)):
            patients |= {one for name in _OF_PATIENTS if isinstance(one := image.get(name), int)}
            visits |= {one for one in (image.get("visit_id"),) if isinstance(one, int)}
    return _numbers(patients), _numbers(visits)


def _numbers(some: set[int]) -> set[int]:
    """Those that a record can have."""
    return {one for one in some if 0 < one <= _BIGGEST}


def _head(line: TrailLine, names: Names) -> str:
    """ "Viewed: Okafor, Amara", "Changed: Visit, Okafor, Amara, Tue, Nov 17, 2026, 10:00 AM"."""
    parts = [kind_words(line.kind), _whose(line, names)]
    if (line.kind == "patient" and line.record_id in names.patients) or (
        line.kind == "staff" and line.record_id
    ):
        del parts[0]  # a name says it
    return _of(line, parts)


def _of(line: TrailLine, parts: Sequence[str]) -> str:
    known = DEEDS.get(line.action)
    deed = tr(known) if known else line.action
    return tr("{deed}: {thing}").format(deed=deed, thing=", ".join(part for part in parts if part))


def _whose(line: TrailLine, names: Names) -> str:
    """What the line is about, by name; a record's number where it has none."""
    image = image_of(line.after) or image_of(line.before)
    number = line.record_id
    if not number:
        return ""
    if line.kind == "patient" and number in names.patients:
        return names.patients[number]
    if line.kind == "visit" and number in names.visits:
        return names.visit(number)
    if line.kind == "staff":
        return names.person(number)
    for name in ("visit_id", "patient_id", "staff_id", "name"):
        value = image.get(name)
        if value:
            return said(f"{line.kind}.{name}", value, names)
    return tr("no. {number}").format(number=number)


def _made(kind: str, about: Mapping[str, object], names: Names) -> Iterator[str]:
    """A new record has many fields: a paragraph of those that say something."""
    fields = [
        _field(f"{kind}.{name}", value, names)
        for name, value in about.items()
        if not is_blank(value) and value != 0
    ]
    if fields:
        yield "; ".join(fields)


def _field(path: str, value: object, names: Names) -> str:
    if instead := said_instead(path):
        return instead
    return tr("{field}: {now}").format(field=label_of(path), now=said(path, value, names))


def _changes(line: TrailLine, names: Names) -> Iterator[str]:
    yield from _differences(line.kind, _ordered(image_of(line.before)), _about(line), names)


def _differences(
    path: str, before: Mapping[str, object], after: Mapping[str, object], names: Names
) -> Iterator[str]:
    """Field by field; of a part only the fields in it that differ."""
    for name in [*before, *(one for one in after if one not in before)]:
        was, now, inner = before.get(name), after.get(name), f"{path}.{name}"
        if was == now:
            continue
        if instead := said_instead(inner):
            yield instead
            continue
        if isinstance(was, dict) and isinstance(now, dict) and name != "facts":
            yield from _differences(inner, was, now, names)
        else:
            words = tr("{field}: {was} → {now}")
            told = said(inner, was, names), said(inner, now, names)
            if told[0] == told[1]:
                yield tr("{field}: changed").format(field=label_of(inner))
            else:
                yield words.format(field=label_of(inner), was=told[0], now=told[1])


WHY_ACCEPTED = (
    ("right", QT_TR_NOOP("Looked into: the data is right as it stands")),
    ("by hand", QT_TR_NOOP("Put back by hand after a damage")),
)
_NAMED = 8  # findings that a dialog names


def accept_words(messages: Sequence[str]) -> str:
    """What does not hold, and what accepting it means."""
    first = "\n".join(messages[:_NAMED])
    more = len(messages) - _NAMED
    if more > 0:
        first = "\n".join([first, tr("... and %n more. The command check names them.", "", more)])
    what = tr(
        "Nothing is changed or deleted by it. It is in the trail under your name, check goes on to tell it "
        "as accepted, and the red banner goes away. Whatever changes after this is found again."
    )
    return f"{first}\n\n{what}"
