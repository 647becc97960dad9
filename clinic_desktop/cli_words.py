"""What a command answers, in words for a person at a terminal."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Answer = Mapping[str, Any]


def in_words(command: str, answer: Answer) -> str:
    return _WORDED[command](answer)


def _import(answer: Answer) -> str:
    lines = [
        f"{answer['read']} rows read, {answer['added']} patients added, {answer['already']} here already, "
        f"{answer['duplicates']} left out as likely duplicates, {len(answer['rejected'])} rejected."
    ]
    lines += [_cell(f"row {r['row']}, {r['field']}: {r['message']}") for r in answer["rejected"]]
    return "\n".join([*lines, *map(_cell, answer["notes"])])


def _day(answer: Answer) -> str:
    columns = ("id", "start", "end", "room", "type", "patient", "state", "driver")
    words = _table(columns, answer["visits"]) if answer["visits"] else "No visits on that day."
    if "file" not in answer:
        return words
    count = answer["pages"]
    return f"{words}\n{_cell(answer['file'])}: {count} {'page' if count == 1 else 'pages'}."


def _usage(answer: Answer) -> str:
    rows = [*answer["rooms"], answer["total"]]
    return _table(tuple(answer["total"]), rows)


def _table(columns: Sequence[str], rows: Sequence[Answer]) -> str:
    cells = [list(columns), *([_cell(row[name]) for name in columns] for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(columns))]
    return "\n".join(
        "  ".join(text.ljust(w) for text, w in zip(line, widths, strict=True)).rstrip() for line in cells
    )


def _cell(value: object) -> str:
    """As plain text: a name may hold signs that a terminal would obey."""
    text = "" if value is None else str(value)
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _trail(answer: Answer) -> str:
    count = answer["entries"]
    return f"{_cell(answer['file'])}: {count} {'entry' if count == 1 else 'entries'}."


def _retention(answer: Answer) -> str:
    head = f"{answer['count']} records are older than the clinic keeps them. Nothing was deleted."
    if not answer["records"]:
        return head
    return f"{head}\n{_table(('chart_number', 'last', 'was_child'), answer['records'])}"


def _check(answer: Answer) -> str:
    lines = [f"{one['code']}: {one['message']}" for one in answer["findings"]]
    if answer["ok"]:
        lines = ["All is well, but for what was accepted." if "accepted" in answer else "All is well."]
    return "\n".join([*lines, *(f"accepted: {one}" for one in answer.get("accepted", ()))])


def _recovery(answer: Answer) -> str:
    """The one time that it is told."""
    if "recovery_key" not in answer:
        return ""
    return f"\nRecovery key, to keep on paper in a safe place: {answer['recovery_key']}"


def _move(answer: Answer) -> str:
    if answer["finished_only"]:
        return f"The move to {_cell(answer['to'])} was finished. The clinic is there."
    return (
        f"Moved to {_cell(answer['to'])}: {answer['rows']} rows of {len(answer['tables'])} tables, each the "
        f"same on both sides. {_cell(answer['from'])} is kept and says where the clinic went."
    )


def _taken_back(answer: Answer) -> str:
    return (
        f"{_cell(answer['path'])} is in use again, as it was when its clinic was moved away. "
        "What was recorded at the other place since is not in it."
    )


def _backup(answer: Answer) -> str:
    count = len(answer["findings"])
    found = "It is sound." if not count else f"The check found: {', '.join(answer['findings'])}."
    return f"{_cell(answer['file'])}: {answer['size']} bytes, checked. {found}"


def _restore(answer: Answer) -> str:
    lines = [_held("In the backup", answer["inside"])]
    if answer["now"] is not None:
        lines.append(_held("In the clinic " + ("until now" if answer["restored"] else "now"), answer["now"]))
    lost = answer["changes_after_it"]
    if lost is not None:
        lines.append(f"Changes that came after the backup: {lost}.")
    elif answer["same_clinic"]:
        lines.append("It is of this clinic, and not an earlier state of it; what differs cannot be counted.")
    elif answer["now"] is not None:
        lines.append("It is another clinic's backup.")
    if answer["before_accounts"]:
        lines.append(
            "The backup is of before the first account: whoever opens it makes the first manager's password, "
            "and may then do everything."
        )
    if not answer["restored"]:
        lines.append("Nothing was changed." if answer["sound"] else "The backup is not sound. Take another.")
    elif answer["kept_aside"]:
        lines.append(f"Restored. What was there is kept as {_cell(answer['kept_aside'])}.")
    else:
        lines.append("Restored.")
    return "\n".join(lines)


def _held(where: str, held: Answer) -> str:
    days = f", {held['first_day']} to {held['last_day']}" if held["first_day"] else ""
    change = f"; last change {held['last_change']}" if held["last_change"] else ""
    return f"{where}: {held['patients']} patients, {held['visits']} visits{days}{change}."


_WORDED: Mapping[str, Callable[[Answer], str]] = {
    "import-patients": _import,
    "day": _day,
    "usage": _usage,
    "sheet": lambda answer: f"{answer['file']}: {answer['pages']} pages, copy {answer['copy']}.",
    "trail": _trail,
    "record": lambda answer: "\n".join(f"Written: {_cell(one)}" for one in answer["files"]),
    "retention": _retention,
    "check": _check,
    "init": lambda answer: (
        f"Made a {'demo ' if answer['demo'] else ''}clinic at {answer['path']}.{_recovery(answer)}"
    ),
    "encrypt": lambda answer: f"{answer['path']} is encrypted.{_recovery(answer)}",
    "move": _move,
    "take-back": _taken_back,
    "backup": _backup,
    "restore": _restore,
}
