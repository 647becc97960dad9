"""A nurse's afternoon on the floor, by ear: what is typed and pressed there, and what is heard.

Run by the system's own Python with who is at work and the minute of the clinic's day. What happened before is
typed with its time, so many minutes ago. Prints one JSON object: what was heard of each patient.
"""

import json
import sys
from collections.abc import Callable

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
    put_focus_in,
    said_by,
    say_who,
    text_in,
    wait_for,
    walk,
    write,
)

ESCAPE, HOME, DOWN = 0xFF1B, 0xFF50, 0xFF54
CONTROL = 37  # the key itself, as an X server numbers it
MISSING = "What is missing"
ASKED = "asked food none liquid none preg no meds none"
ASKED_SPRAVATO = f"{ASKED} spray none"
Heard = dict[str, object]


def with_ctrl(symbol: str) -> None:
    """A key while Ctrl is held down."""
    pyatspi.Registry.generateKeyboardEvent(CONTROL, None, pyatspi.KEY_PRESS)
    keys(ord(symbol))
    pyatspi.Registry.generateKeyboardEvent(CONTROL, None, pyatspi.KEY_RELEASE)


def hear(root: Node, words: str) -> str:
    """The name of what is shown there with these words in it."""
    there = wait_for(f"{words!r} in a name", lambda: [n.name for n in walk(root) if words in n.name])
    return str(there[0])


def choose(app: Node, dialog: str, among: str) -> str:
    """The first of a dialog's choices, by its digit and Enter; answers what it says."""
    there = find(find(app, dialog, "dialog"), among, "list")
    wait_for(f"the focus in {among!r}", lambda: focused(there))
    first = str(wait_for("a choice", lambda: there[0].name))
    keys(ord("1"), ENTER)
    return first


class Floor:
    """The floor and the panel beside it, for whoever hears what they say. now: a minute of the day."""

    def __init__(self, app: Node, now: int) -> None:
        self.app, self.now = app, now
        self.panel = find(app, "Recording")
        self.line = find(self.panel, "Record", "text")
        self.bar = find(app, "Status bar")

    def ago(self, minutes: int, what: str) -> str:
        """An entry with the time of so many minutes ago before it."""
        hour, minute = divmod(self.now - minutes, 60)
        return f"{hour}:{minute:02} {what}"

    def go_to(self, number: int, name: str) -> None:
        """To a room by its number, until the panel names the patient."""
        with_ctrl(str(number))
        find(self.panel, name)

    def record(self, *entries: str) -> str:
        """Entries in one line, said by Enter; answers how they were read back before it."""
        write(self.line, "; ".join(entries))
        read_back = str(self.line.description)
        self.enter()
        return read_back

    def enter(self) -> None:
        keys(ENTER)
        wait_for(f"an empty line, not {text_in(self.line)!r}", lambda: not text_in(self.line))

    def refusal(self) -> str:
        """Why something was not recorded; the line is left empty."""
        why = str(find(self.panel, "Not recorded").description)
        if text_in(self.line):
            put_focus_in(self.line)
            keys(ESCAPE)
            wait_for("an empty line", lambda: not text_in(self.line))
        return why

    def refused(self, entry: str) -> str:
        write(self.line, entry)
        keys(ENTER)
        return self.refusal()

    def release(self) -> None:
        press(find(self.panel, "Release", "push button"))

    def refused_release(self) -> str:
        self.release()
        return self.refusal()

    def released(self, name: str) -> str:
        """Let go by the button; answers what the bar below says."""
        self.release()
        return self.said(f"{name}: Released")

    def said(self, words: str) -> str:
        """What the bar below says, once these words are in it."""
        return str(wait_for(f"{words!r} below", lambda: said_by(self.bar, "filler", words))[0])

    def missing(self, of: str) -> list[str]:
        """The items that are not settled, of the list in which ``of`` stands."""

        def look() -> list[str]:
            there = items(self.panel, MISSING)
            return there if any(one.startswith(of) for one in there) else []

        return [one for one in wait_for(f"{of!r} in the list", look) if ". missing." in one]

    def open_item(self, begins: str) -> None:
        """Enter on an item of the list, found by what it says first."""
        there = find(self.panel, MISSING, "list")
        wanted = f"{begins!r} in the list"
        wait_for(wanted, lambda: any(one.name.startswith(begins) for one in there))
        put_focus_in(there)
        keys(HOME)
        for _ in range(next(n for n, one in enumerate(there) if one.name.startswith(begins))):
            keys(DOWN)
        wait_for(wanted, lambda: any(one.name.startswith(begins) and focused(one) for one in there))
        keys(ENTER)

    def settle(self, begins: str, rest: str = "") -> None:
        """An item that Enter opens the line for, with its word already typed; the rest is typed here."""
        self.open_item(begins)
        wait_for("its word in the line", lambda: focused(self.line) and text_in(self.line))
        keys(*map(ord, f" {rest}" if rest else ""))
        self.enter()


def walks_out(floor: Floor) -> Heard:
    """Dosed 55 minutes ago, and the 40-minute pressure is late. It is heard elsewhere, and seen to; then the
    patient goes without permission."""
    app, ago, name = floor.app, floor.ago, "Ortiz, Ana"
    floor.go_to(6, name)
    floor.record(ago(75, "a"), ago(70, "i"), ago(68, "c"), ago(67, ASKED_SPRAVATO), ago(60, "124/78 72 98"))
    doses = floor.record(ago(55, "d 12K345"), ago(50, "d"))
    floor.go_to(2, "Meyer, Karl")
    alarm, strip = hear(app, "the 40-minute pressure is late"), hear(app, "Next due: Spravato 2")
    press(find(app, "Go there", *BUTTONS))
    find(floor.panel, name)
    press(find(app, "Answer", *BUTTONS))
    answered = hear(app, "answered at")
    floor.record("138/84 76 97")
    still = floor.missing("40-minute pressure. missing")
    floor.record("m was in the bathroom at 40 minutes")
    wait_for("no alarm", lambda: not said_by(app, "filler", "pressure is late"))
    floor.release()
    refused = str(find(floor.panel, "Not recorded").description)
    press(find(floor.panel, "Gone all the same: left early", *BUTTONS))
    reason = choose(app, "Left before release: why?", "Reasons")
    said = floor.said("left before release")
    told = hear(app, "Tell the prescriber (T)")
    floor.record("t Dr. Lin, walked out at the door")
    return {
        "doses": doses, "alarm": alarm, "strip": strip, "answered": answered, "still": still,
        "refused": refused, "reason": reason, "said": said, "told": told,
    }  # fmt: skip


def goes_home_untreated(floor: Floor) -> Heard:
    """A pressure that is too high: refused, and sent home."""
    ago = floor.ago
    floor.go_to(2, "Meyer, Karl")
    floor.record(ago(40, "a"), ago(35, "i"), ago(33, "c"), ago(32, ASKED), ago(20, "172/104 88 97"))
    refused = floor.refused("b 35")
    press(find(floor.panel, "Another end", *BUTTONS))
    title = "How does this visit end?"
    end = choose(floor.app, title, title)
    reason = choose(floor.app, "Not treated: why?", "Reasons")
    told = hear(floor.app, "was not treated")
    return {"refused": refused, "end": end, "reason": reason, "told": told}


def is_infused(floor: Floor) -> Heard:
    """Ready, and the driver has not come and does not answer: a neighbour takes the patient home."""
    ago = floor.ago
    floor.go_to(1, "Brandt, Lena")
    floor.record(ago(150, "a"), ago(145, "i"), ago(143, "c"), ago(142, ASKED), ago(135, "128/82 72 98"))
    taken = "134/84 76 97"
    infusion = floor.record(ago(130, "b 35"), ago(120, taken), ago(110, taken), ago(100, taken), ago(90, "e"))
    hear(floor.panel, "call now")
    with_ctrl("d")
    rows = find(floor.panel, "The driver today", "list")
    to_call = hear(floor.panel, "Call Bea Marsh now")
    wait_for("the focus in the rows", lambda: focused(rows))
    keys(ord("3"), ENTER)
    write(find(floor.panel, "What came of the call to the driver?", "text"), "no answer")
    keys(ENTER)
    called = floor.said("Driver called")
    floor.record("128/80 72 98", "p", "s", "w", "l")
    floor.settle("Sheet. missing", "Lena Brandt")
    refused = floor.refused_release()
    neighbour = floor.record("g Tom Wills (217) 555-0188 18 fit")
    return {
        "infusion": infusion, "to_call": to_call, "called": called, "refused": refused,
        "neighbour": neighbour, "said": floor.released("Brandt, Lena"),
    }  # fmt: skip


def has_spravato(floor: Floor) -> Heard:
    """A session from paper, a release that is refused before its time and then for what is missing, and each
    thing settled from the list that says it."""
    ago, name = floor.ago, "Okafor, Amara"
    floor.go_to(5, name)
    before = floor.missing("Consent seen")
    floor.record(
        ago(190, "a"), ago(180, "i"), ago(178, "c"), ago(177, ASKED_SPRAVATO), ago(175, "124/78 72 98")
    )
    floor.open_item("Scores. missing")
    write(find(floor.app, "Answers in a row, or the total", "text"), "211101100")
    keys(ENTER)
    score = floor.said("PHQ-9")
    find(floor.panel, "Record", "text")
    floor.record(ago(170, "d 12K345"), ago(165, "d"), ago(130, "138/84 76 97"))
    early = floor.refused(ago(60, "r"))
    refused = floor.refused_release()
    missing = floor.missing("Time. done")
    floor.settle("Last pressure. missing. The last pressure is missing", "126/80 72 98")
    floor.settle("Last pressure. missing. The last pressure 126/80 is not signed")
    floor.settle("Settled. missing")
    floor.settle("Walks steadily. missing")
    floor.settle("Sheet. missing", "Amara and Bea")
    floor.settle("Driver here. missing")
    return {
        "before": before, "score": score, "early": early, "refused": refused, "missing": missing,
        "said": floor.released(name),
    }  # fmt: skip


STORIES: dict[str, Callable[[Floor], Heard]] = {
    "Ortiz": walks_out,
    "Meyer": goes_home_untreated,
    "Brandt": is_infused,
    "Okafor": has_spravato,
}


def afternoon(person: str, now: str) -> Heard:
    app = application()
    say_who(app, person)
    go_to(app, "Floor")
    floor = Floor(app, int(now))
    heard: Heard = {name: story(floor) for name, story in STORIES.items()}

    def all_gone() -> list[str]:
        rows = items(app, "Floor")
        return rows if any(one.startswith("Okafor, Amara") and ". Left. " in one for one in rows) else []

    return {**heard, "floor": wait_for("everybody gone", all_gone)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(afternoon(*sys.argv[1:3])))
