"""Somebody at one of several computers, by ear: does what is asked for line by line, while others do theirs.

Run by the system's own Python. Each line that comes in is a JSON list of a deed and its words; each deed is
answered by one JSON object.
"""

import json
import sys
import time

from atspi_driver import (
    ENTER,
    PASSWORD,
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
    showing,
    text_in,
    wait_for,
    walk,
    write,
)
from atspi_floor import CONTROL, Floor
from atspi_texts import held

F1, F3 = 0xFFBE, 0xFFC0
AWAY = "The server has not answered since"
KEPT, BACK = "kept on this computer", "The server is back"
NOTE = "Note for this visit"
TAKEN = "was just taken"
Answer = object


class Person:
    """At a program that has just been started. Every public method is a deed; it answers what was heard."""

    def __init__(self) -> None:
        self._app = application()
        self._floor: Floor | None = None

    def _names(self) -> list[str]:
        return [one.name for one in walk(self._app) if one.name and showing(one)]

    def _hear(self, words: str) -> str:
        there = wait_for(f"{words!r} in a name", lambda: [one for one in self._names() if words in one])
        return str(there[0])

    def sign_in(self, name: str) -> Answer:
        return say_who(self._app, name)

    def board_of(self, day: str) -> Answer:
        """To a day on the board."""
        write(find(self._app, "Search", "text"), day)
        wait_for("the date among the findings", lambda: said_by(self._app, "list item", "Go to this day"))
        keys(ENTER)
        board = find(self._app, "Schedule board", "list")
        wait_for("the focus on the board", lambda: focused(board))
        return items(self._app, "Schedule board")

    def fill_in(self, patient: str, when: str, time: str) -> Answer:
        """A new visit in the panel, all but said; answers what the button would book."""
        keys(F3)
        write(find(self._app, "Patient", "text"), patient)
        wait_for("somebody found", lambda: items(self._app, "Patients found"))
        keys(ENTER)
        write(find(self._app, "Day and time", "text"), when)
        keys(ENTER)
        return wait_for(f"the button with {time}", lambda: self._named(f", {time} for "))

    def _named(self, words: str) -> str:
        name = str(self._button().name)
        return name if words in name else ""

    def _button(self) -> Node:
        """That books, once it says for whom and when."""
        return next(
            one
            for one in walk(self._app)
            if one.getRoleName() == "push button" and one.name.startswith("Book ") and " for " in one.name
        )

    def press_book(self) -> Answer:
        press(self._button())
        return True

    def outcome(self) -> Answer:
        """What came of it: booked, or who was faster and what there is instead."""

        def look() -> dict[str, object]:
            for one in walk(self._app):
                if one.getRoleName() == "dialog" and TAKEN in one.name:
                    rows = [n.name for n in walk(one) if n.getRoleName() == "list item"]
                    return {"lost": one.name, "who": one.description, "instead": rows} if rows else {}
            done = said_by(find(self._app, "Status bar"), "filler", "ooked")
            return {"booked": done[0]} if done else {}

        return wait_for("an outcome", look)

    def take_the_first(self) -> Answer:
        """Of what there is instead; answers what is said of it."""
        keys(ENTER)
        bar = find(self._app, "Status bar")
        return wait_for("that it is booked", lambda: said_by(bar, "filler", "ooked"))[0]

    def sees(self, *names: str) -> Answer:
        """Without a key: the board, once everybody is on it, and for how many seconds it was waited."""
        begun = time.monotonic()

        def look() -> list[str]:
            rows = items(self._app, "Schedule board")
            return rows if all(any(row.startswith(name) for row in rows) for name in names) else []

        rows = wait_for(f"{names} on the board", look)
        return {"rows": rows, "seconds": time.monotonic() - begun}

    def note(self, text: str) -> Answer:
        """Half a thing: typed and not said."""
        write(find(self._app, NOTE, "text"), text)
        return text

    def lock(self) -> Answer:
        held(F1, CONTROL)
        return self.is_locked()

    def is_locked(self) -> Answer:
        """Waits for it; answers everything that can be heard then."""
        find(self._app, "Password of Rosa Diaz", "password text")
        return self._names()

    def unlock(self) -> Answer:
        """Answers what stands in the note then."""
        secret = find(self._app, "Password of Rosa Diaz", "password text")
        wait_for("the focus in the password", lambda: focused(secret))
        keys(*map(ord, PASSWORD), ENTER)
        line = find(self._app, NOTE, "text")
        wait_for("the focus in the note", lambda: focused(line))
        return text_in(line)

    def to_the_floor(self, room: str, patient: str) -> Answer:
        go_to(self._app, "Floor")
        self._floor = Floor(self._app, 0)
        self._floor.go_to(int(room), patient)
        return True

    def record(self, entry: str) -> Answer:
        assert self._floor is not None
        return self._floor.record(entry)

    def is_away(self) -> Answer:
        return self._hear(AWAY)

    def keeps(self) -> Answer:
        return self._hear(KEPT)

    def has_given_back(self) -> Answer:
        return self._hear(BACK)

    def is_back(self) -> Answer:
        """By itself."""
        return wait_for("the data back", lambda: not any(AWAY in one for one in self._names()))


def run() -> None:
    person = Person()
    for line in sys.stdin:
        deed, *words = json.loads(line)
        sys.stdout.write(json.dumps({"answer": getattr(person, deed)(*words)}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    run()
