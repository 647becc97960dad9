"""One line that says several things: where one entry ends and the next begins.

";" ends an entry, and a new time or pressure does behind numbers; so does "," before what is measured. What
is written freely (a note, a reason, who was told) is only ended by a time or a pressure behind ";", so that
no word of it is taken for an entry.
"""

from collections.abc import Callable, Sequence

from clinic_desktop.ui.floor.entries import Entry, Wants
from clinic_desktop.ui.floor.typed_times import split_times
from clinic_desktop.ui.floor.typed_vitals import is_pressure

Find = Callable[[str], tuple[Entry | None, str]]
TIMED_BEHIND = frozenset({Wants.NOTE, Wants.VITALS, Wants.SCORE, Wants.DOSE, Wants.RATE})
_MEASURED = frozenset({Wants.VITALS, Wants.SCORE, Wants.RATE, Wants.FORM})
_FREE = frozenset({Wants.REASON, Wants.PERSON, Wants.DRIVER, Wants.CALL})
_LISTS = _FREE | {Wants.ANSWERS}  # a comma stands inside of them
_SIGNS = (";", ",")


def split_entries(text: str, zone: str, find: Find) -> list[str]:
    """The entries of a line, each as it would be typed by itself; ``find`` says what a text begins with."""
    words = text.replace(";", " ; ").replace(",", " , ").split()
    parts = []
    while words:
        end = _end_of_first(words, zone, find)
        parts.append(words[:end])
        words = words[end:]
        while words and words[0] in _SIGNS:
            words = words[1:]
    return [_joined(one) for one in parts] if len(parts) > 1 else [text.strip().rstrip(";").rstrip()]


def _joined(words: Sequence[str]) -> str:
    text = " ".join(words)
    for sign in _SIGNS:
        text = text.replace(f" {sign}", sign)
    return text


def _end_of_first(words: Sequence[str], zone: str, find: Find) -> int:
    """Where the first entry ends."""
    times, rest = split_times(" ".join(words), zone)
    entry, left = find(rest)
    if entry is None:
        return words.index(";") if ";" in words else len(words)
    start = len(words) - len(left.split())
    if entry.wants in TIMED_BEHIND:
        behind = split_times(left, zone)[1].split()
        if times and behind and entry.wants is Wants.NOTE and len(behind) < len(left.split()):
            return start
        start = len(words) - len(behind)
    ends = (n for n in range(start, len(words)) if _ends(words, n, start, zone, find, entry))
    return next(ends, len(words))


def _ends(words: Sequence[str], at: int, start: int, zone: str, find: Find, entry: Entry) -> bool:
    tail = " ".join(words[at + 1 :])
    if words[at] == ";":
        return entry.wants not in _FREE or _fresh(tail, zone)
    if words[at] == ",":
        return entry.wants not in _LISTS and _behind_comma(tail, zone, find, nothing_said=at == start)
    numbers = entry.wants in _MEASURED or entry.wants is Wants.DOSE
    return numbers and at > start and _fresh(" ".join(words[at:]), zone)


def _behind_comma(tail: str, zone: str, find: Find, *, nothing_said: bool) -> bool:
    following = find(tail)[0]
    known = following is not None and (nothing_said or following.wants in _MEASURED)
    return _fresh(tail, zone) or known


def _fresh(text: str, zone: str) -> bool:
    """Whether a text begins with a time or a pressure."""
    return bool(split_times(text, zone)[0]) or is_pressure(text.partition(" ")[0])
