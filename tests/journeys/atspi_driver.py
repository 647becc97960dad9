"""Drives the program from outside, as a screen reader does: by roles, names and actions, over AT-SPI.

Run by the system's own Python, which has pyatspi. Prints one JSON object: what was seen at each step.
Imports nothing of the program.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event
from typing import Any

import pyatspi

APP = "Clinic Desktop"
PATIENCE = 60.0  # seconds for any one thing, the start of the program too, while others use the machine
ANSWER = 30_000  # milliseconds for any one answer of the program: a node that is slow is not gone
POLL = 0.05
BUTTONS = frozenset({"push button", "button", "toggle button", "check box", "radio button", "menu item"})
ENTER = 0xFF0D
PASSWORD = "violet tractor seven"  # of everybody, in clinics of tests
IN_ROOM = 4  # the column of the minutes that patients were in a room

Node = Any  # pyatspi is not typed


def wait_for(what: str, look: Callable[[], Any]) -> Any:
    """The first true answer of ``look``; ends the driver, saying what is missing, when none comes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = look()
        except Exception:  # a node that is gone meanwhile; the next look knows better
            found = None
        if found:
            return found
        Event().wait(POLL)
    raise SystemExit(f"not there: {what}")


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it that is shown."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node) -> Iterator[Node]:
    """Those that are shown. What is gone meanwhile, as a row in a list of files may be, is passed over."""
    for number in range(node.childCount):
        with suppress(Exception):  # the bus says it in many ways
            child = node.getChildAtIndex(number)
            if child.getState().contains(pyatspi.STATE_VISIBLE):
                yield child


def showing(node: Node) -> bool:
    return bool(node.getState().contains(pyatspi.STATE_SHOWING))


def find(root: Node, name: str, *roles: str) -> Node:
    """What is shown under that name, in one of the roles where any are named."""

    def look() -> Node:
        fits = (n for n in walk(root) if n.name == name and showing(n))
        return next((n for n in fits if not roles or n.getRoleName() in roles), None)

    return wait_for(f"{' or '.join(roles) or 'anything'} named {name!r}", look)


def press(node: Node) -> None:
    """The node's own action; what can be on or off is toggled."""
    action = node.queryAction()
    names = [action.getName(n) for n in range(action.nActions)]
    wanted = next(one for one in ("Press", "Toggle") if one in names)
    action.doAction(names.index(wanted))


def keys(*symbols: int) -> None:
    """Keys as X knows them (those of small letters and figures are their codes), to what has the focus."""
    for symbol in symbols:
        pyatspi.Registry.generateKeyboardEvent(symbol, None, pyatspi.KEY_SYM)


def focused(node: Node) -> bool:
    return bool(node.getState().contains(pyatspi.STATE_FOCUSED))


def text_in(line: Node) -> str:
    return str(line.queryText().getText(0, -1))


def put_focus_in(node: Node) -> None:
    node.queryComponent().grabFocus()
    wait_for(f"the focus in {node.name!r}", lambda: focused(node))


def write(line: Node, text: str) -> None:
    put_focus_in(line)
    keys(*map(ord, text))
    wait_for(f"{text!r} in {line.name!r}", lambda: text_in(line) == text)


def items(root: Node, name: str) -> list[str]:
    """What a list says, row by row."""
    return [n.name for n in walk(find(root, name, "list")) if n.getRoleName() == "list item"]


def buttons(root: Node) -> list[tuple[str, str]]:
    """Name and description of every button that is shown. Looks again where one went meanwhile."""

    def look() -> list[tuple[str, str]]:
        there = (n for n in walk(root) if n.getRoleName() in BUTTONS and showing(n))
        return [(n.name.strip(), n.description) for n in there]

    return list(wait_for("buttons", look))


def application() -> Node:
    pyatspi.setTimeout(ANSWER, ANSWER)
    desktop = pyatspi.Registry.getDesktop(0)
    return wait_for(APP, lambda: next((one for one in desktop if one and one.name == APP), None))


def say_who(app: Node, person: str) -> str:
    """Sign in by name and password; answers who is at work then."""
    write(find(app, "Who is here?", "text"), person.lower())
    keys(ENTER)
    secret = find(app, f"Password of {person}", "password text")
    wait_for("the focus in the password", lambda: focused(secret))
    keys(*map(ord, PASSWORD), ENTER)
    return str(find(app, f"At work: {person}", "push button").name)


def turn_to(app: Node, day: str) -> list[str]:
    """Type a date into the search line; answers what the board says of that day."""
    write(find(app, "Search", "text"), day)
    wait_for("the date among the findings", lambda: said_by(app, "list item", "Go to this day"))
    keys(ENTER)
    return list(wait_for("visits on the board", lambda: items(app, "Schedule board")))


def title(app: Node) -> str:
    return str(next(n.name for n in app if n.getRoleName() == "frame"))


def go_to(app: Node, place: str) -> None:
    before = title(app)
    press(find(app, place, "radio button"))
    wait_for(f"the title of {place}", lambda: title(app) != before)


def look_up(app: Node, typed: str) -> list[str]:
    """Who is found in the Patients place."""
    write(find(app, "Find a patient", "text"), typed)
    return list(wait_for("somebody found", lambda: items(app, "Patients")))


def rows(table: Node) -> list[list[str]]:
    """What the cells of a table say, row by row."""
    grid = table.queryTable()
    return [[grid.getAccessibleAt(row, n).name for n in range(grid.nColumns)] for row in range(grid.nRows)]


def read_usage(person: str, day: str, file: str) -> dict[str, object]:
    """The manager's way: the figures of a day, heard and taken along as a table."""
    app = application()
    say_who(app, person)
    go_to(app, "Usage")
    press(wait_for("the day", lambda: next(n for n in walk(app) if n.name.endswith(", go to date"))))
    write(find(app, "Go to date", "text"), day)
    keys(ENTER)
    table = find(app, "Rooms and their use", "table")

    def look() -> list[list[str]]:
        there = rows(table)
        return there if any(not row[IN_ROOM].endswith(": 0") for row in there) else []

    heard = wait_for("minutes in a room", look)
    press(find(app, "Save as CSV", *BUTTONS))
    dialog = find(app, "Save as CSV", "dialog", "file chooser")
    write(find(dialog, "File name:", "text"), file)
    press(find(dialog, "Save", *BUTTONS))  # Enter would go to the list of names that fit
    return {"heard": heard, "said": find(app, f"Saved as {file}.").name}


def book_course(person: str, typed: str, offered: str) -> dict[str, object]:
    """The receptionist's way to a course: who and how often are just typed on the board, and Enter books."""
    app = application()
    say_who(app, person)
    board = find(app, "Schedule board", "list")
    wait_for("the focus on the board", lambda: focused(board))
    keys(*map(ord, typed))
    line = find(app, "Search", "text")
    wait_for(f"{typed!r} in the line", lambda: text_in(line) == typed)
    answers = wait_for(f"{offered!r} among the answers", lambda: said_by(app, "list item", offered))
    keys(ENTER)
    wait_for("an empty line", lambda: not text_in(line))
    done = wait_for("that it is booked", lambda: said_by(app, "filler", "visits booked"))
    course = wait_for("the visits of the course", lambda: items(app, offered))
    return {
        "answers": answers,
        "done": done[0],
        "course": course,
        "undo": said_by(app, "push button", "Undo"),
    }


def said_by(root: Node, role: str, words: str) -> list[str]:
    """What everything in that role says that has these words in it."""
    return [n.name for n in walk(root) if n.getRoleName() == role and words in n.name]


def run(person: str, day: str, typed: str) -> dict[str, object]:
    """The receptionist's way: a day, a patient, every place; what was seen on it."""
    app = application()
    find(app, "Who is here?", "text")
    at_start = buttons(app)
    at_work = say_who(app, person)
    board = turn_to(app, day)
    go_to(app, "Patients")
    found = look_up(app, typed)
    seen = {"at start": at_start, "Patients, with somebody found": buttons(app)}
    rail = find(app, "Places")
    for place in wait_for(
        "places", lambda: [n.name for n in walk(rail) if n.getRoleName() == "radio button"]
    ):
        go_to(app, place)
        seen[place] = buttons(app)
    return {"at_work": at_work, "board": board, "found": found, "buttons": seen}


if __name__ == "__main__":
    ways = {"look": run, "usage": read_usage, "course": book_course}
    sys.stdout.write(json.dumps(ways[sys.argv[1]](*sys.argv[2:5])))
