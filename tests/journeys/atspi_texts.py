"""A sentence of the sheets on its way to the patients, by ear: written, heard on the page, approved.

Run by the system's own Python with the manager, the prescriber, the words that go and those that come. Prints
one JSON object: what was heard.
"""

import json
import sys
from contextlib import suppress

import pyatspi
from atspi_driver import (
    BUTTONS,
    ENTER,
    Node,
    application,
    find,
    focused,
    go_to,
    items,
    keys,
    press,
    said_by,
    say_who,
    text_in,
    title,
    wait_for,
    walk,
    write,
)

ESCAPE, PAGE_DOWN, F8, CONTROL, SHIFT = 0xFF1B, 0xFF56, 0xFFC5, 37, 50
Heard = dict[str, object]


def held(symbol: int, *modifiers: int) -> None:
    """A key while others (as an X server numbers them) are held down."""
    for one in modifiers:
        pyatspi.Registry.generateKeyboardEvent(one, None, pyatspi.KEY_PRESS)
    keys(symbol)
    for one in modifiers:
        pyatspi.Registry.generateKeyboardEvent(one, None, pyatspi.KEY_RELEASE)


def page(root: Node, begins: str, words: str) -> str:
    """What a page says, once these words stand on it."""

    def look() -> str:
        shown = (" ".join(n.description.split()) for n in walk(root) if n.name.startswith(begins))
        return next((one for one in shown if words in one), "")

    return str(wait_for(f"{words!r} on {begins!r}", look))


def ask_beyond(root: Node) -> None:
    """Every part that is shown for more parts than it has, as where one went after they were counted."""
    for node in walk(root):
        with suppress(Exception):  # the bus says in many ways that there is none
            node.getChildAtIndex(node.childCount + 1)


def said(app: Node, words: str) -> str:
    bar = find(app, "Status bar")
    return str(wait_for(f"{words!r} below", lambda: said_by(bar, "filler", words))[0])


def writes(app: Node, old: str, new: str, changed: str) -> Heard:
    """The manager: finds the words, types others, hears the page, and asks."""
    go_to(app, "Sheets")
    press(find(app, "Texts", *BUTTONS))
    wait_for("the texts", lambda: title(app).startswith("Sheet texts"))
    texts = wait_for("texts", lambda: items(app, "Sheet texts"))
    press(find(app, "Write", *BUTTONS))
    ask_beyond(app)
    words = find(app, "Words of the text", "text")
    wait_for("the focus in the words", lambda: focused(words))
    before = page(app, "The pages of the text", old)
    held(ord("f"), CONTROL)
    write(find(app, "Find in the text", "text"), old)
    keys(ENTER, ESCAPE)
    wait_for("the focus in the words", lambda: focused(words))
    keys(*map(ord, new))
    wait_for("the words as typed", lambda: new in text_in(words))
    after = page(app, "The pages of the text", new)
    checks = items(app, "What is found in the text")
    keys(F8)
    dialog = find(app, "Ask for approval of version 2", "dialog")
    write(find(dialog, "What changed", "text"), changed)
    keys(ENTER)
    return {
        "texts": texts, "before": before, "after": after, "checks": checks,
        "asked": said(app, "waits for a prescriber"),
    }  # fmt: skip


def approves(app: Node) -> Heard:
    """The prescriber: reads what is new and the pages, and approves."""
    go_to(app, "Decisions")
    rows = wait_for("a decision", lambda: items(app, "My decisions"))
    there = find(app, "My decisions", "list")
    wait_for("the focus in the list", lambda: focused(there) or any(map(focused, there)))
    keys(ENTER)
    day = find(app, "Handed out from", "text").description
    press(find(app, "Read the pages", *BUTTONS))
    text = "After your ketamine treatment, English, version 2"
    first = page(app, f"{text}, page 1 of 2", "Draft")
    keys(PAGE_DOWN)
    read = [first, page(app, f"{text}, page 2 of 2", "version 2")]
    keys(ESCAPE)
    wait_for("the dialog gone", lambda: not said_by(app, "dialog", "version 2"))
    press(find(app, "Approve it", *BUTTONS))
    return {"rows": rows, "day": day, "read": read, "approved": said(app, "the text is approved")}


def prints_again(app: Node) -> Heard:
    """The sheet of yesterday, as it was handed out."""
    go_to(app, "Sheets")
    press(find(app, "Day back", *BUTTONS))
    sheets = wait_for("yesterday's sheet", lambda: items(app, "Sheets of the day"))
    shown = page(app, "The page that prints", "version 1")
    there = find(app, "Sheets of the day", "list")
    wait_for("the focus in the list", lambda: focused(there) or any(map(focused, there)))
    held(ord("p"), CONTROL, SHIFT)
    return {"sheets": sheets, "shown": shown, "printed": said(app, "aved")}


def run(manager: str, prescriber: str, old: str, new: str) -> Heard:
    app = application()
    say_who(app, manager)
    heard = writes(app, old, new, "Lie down, in place of rest.")
    press(find(app, f"At work: {manager}", "push button"))
    say_who(app, prescriber)
    return {**heard, **approves(app), **prints_again(app)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(*sys.argv[1:5])))
