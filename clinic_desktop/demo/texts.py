"""The demo clinic's texts: a prescriber approved the English ones, and a sentence of a next version waits."""

from dataclasses import replace

from clinic_desktop.aftercare.approving import TextName, ask_approval, write_text
from clinic_desktop.aftercare.sheet_text import TextStatus
from clinic_desktop.aftercare.texts import kept, kinds_in_use, shipped_text
from clinic_desktop.aftercare.values import SheetKind
from clinic_desktop.demo.hand import Hand
from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Staff

_OLD, _NEW = (
    "Get up slowly. Hold the rail on the stairs.",
    "Get up slowly. Hold the rail, and keep a light on.",
)


def approve_texts(hand: Hand) -> None:
    """As they come with the program, whose tests know that their pages have room."""
    prescriber = hand.actors[Role.PRESCRIBER][0]
    with hand.store.write(prescriber) as unit:
        for kind in kinds_in_use(unit.setup()):
            text = kept(unit, shipped_text(unit, kind))
            by = unit.get(Staff, prescriber.person_id)
            decided = replace(text, decided_by=by.id, decided_name=by.name, decided_at=unit.at)
            unit.save(replace(decided, status=TextStatus.APPROVED, effective_from=hand.today))
        unit.commit()


def ask_for_a_text(hand: Hand) -> None:
    """So that "My decisions" has one to read."""
    manager = hand.actors[Role.MANAGER][0]
    with hand.store.read() as records:
        source = shipped_text(records, SheetKind.IV).source
    text = write_text(hand.store, manager, source.replace(_OLD, _NEW)).text
    name = TextName(text.kind, text.language, text.number)
    ask_approval(hand.store, manager, name, "A light at night: two patients fell on their way in the dark.")
