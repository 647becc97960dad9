"""What the card beside a visit says while the pointer rests on it; all of it is known, nothing is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.model import PhaseKind, Setup, Visit
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.block_words import held_word
from clinic_desktop.ui.board.day_axis import spoken_clock
from clinic_desktop.ui.board.detail import PHASES, phase_facts
from clinic_desktop.ui.board.facts import Fact
from clinic_desktop.ui.board.sentences import ready_words, troubles_words, what_words, when_words
from clinic_desktop.ui.driver_badge import driver_spoken
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_ROLES = {
    Role.NURSE: QT_TR_NOOP("Nurse {name}"),
    Role.PRESCRIBER: QT_TR_NOOP("Prescriber {name}"),
    Role.THERAPIST: QT_TR_NOOP("Therapist {name}"),
}


@dataclass(frozen=True, slots=True)
class HoverWords:
    """who: the patient. lines: in the order of what matters; ready: when the room is; troubles stand apart in
    their own ink."""

    who: str
    lines: tuple[str, ...]
    ready: str
    troubles: tuple[str, ...]
    more: tuple[str, ...]
    phases: tuple[Fact, ...]


def hover_words(block: Block, visit: Visit, room: str, setup: Setup) -> HoverWords:
    """All that the card says."""
    state = held_word(block) if block.waits else state_word(block.state)
    arrive = ""
    if block.arrive < block.start and not block.ended:
        arrive = tr("arrive {time}").format(time=spoken_clock(block.arrive))
    state = ", ".join(part for part in (state, arrive) if part)
    more = (*staff_lines(visit, setup), driver_line(block, visit), _phone(block), note_line(visit))
    return HoverWords(
        block.name,
        (what_words(block), when_words(block, room), state),
        ready_words(block),
        tuple(troubles_words(block)),
        tuple(one for one in more if one),
        tuple(phase_facts(visit, setup)),
    )


def staff_lines(visit: Visit, setup: Setup) -> list[str]:
    """Who serves the visit, and who takes over for which phase."""
    names = {one.id: one.name for one in setup.staff}
    lines = [
        tr(words).format(name=names[person])
        for role, words in _ROLES.items()
        if (person := visit.staff_for(role)) in names
    ]
    return [*lines, *_others(visit, setup, names)]


def _others(visit: Visit, setup: Setup, names: dict[int, str]) -> Iterator[str]:
    phases = setup.type_by_id(visit.type_id).phases
    others: dict[str, list[PhaseKind]] = {}
    for one in visit.phase_staff:
        if one.staff_id in names:
            others.setdefault(names[one.staff_id], []).append(phases[one.phase_no].kind)
    for name, kinds in others.items():
        told = ", ".join(tr(PHASES[kind]) for kind in dict.fromkeys(kinds))
        yield tr("{phases}: {name}").format(phases=told, name=name)


def driver_line(block: Block, visit: Visit) -> str:
    """ "Driver confirmed: Daniel Ortega, partner, (215) 555-0133"."""
    if block.driver is None:
        return ""
    word = driver_spoken(block.driver, late=block.driver_late)
    who = ", ".join(part for part in (visit.plan_name, visit.plan_relationship, visit.plan_phone) if part)
    return f"{word}: {who}" if who else word


def note_line(visit: Visit) -> str:
    note = visit.note.strip()
    return tr("Note: {note}").format(note=note) if note else ""


def _phone(block: Block) -> str:
    return tr("Phone {number}").format(number=block.phone) if block.phone else ""


def as_text(words: HoverWords) -> Sequence[str]:
    """Every line, the phases as one each: "12:00 Prep 15 min"."""
    phases = (f"{one.lead} {one.text} {one.right}" for one in words.phases)
    lines = (*words.lines, words.ready, *words.troubles, *words.more, *phases)
    return (words.who, *(one for one in lines if one))
