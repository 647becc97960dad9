"""What a screen reader says for a visit and for a free cell."""

from clinic_desktop.foundation.words import near_date
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.day_axis import spoken_clock
from clinic_desktop.ui.driver_badge import driver_spoken
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.wording import held_words


def visit_sentence(block: Block, room: str) -> str:
    """ "Okafor, Amara. IV ketamine, 2 of 6. Tuesday, November 17, 10:15 AM to 12:05 PM, Infusion 2.
    Arrived. Nurse Maya Jones. Driver confirmed."

    ``room`` is empty for a visit without one.
    """
    parts = [
        block.name,
        what_words(block),
        when_words(block, room),
        state_word(block.whereabouts),
        *troubles_words(block),
    ]
    if block.staff_name:
        pattern = tr("Nurse {name}") if block.nursed else tr("With {name}")
        parts.append(pattern.format(name=block.staff_name))
    if block.driver is not None:
        parts.append(driver_spoken(block.driver, late=block.driver_late))
    return ". ".join(part for part in parts if part) + "."


def what_words(block: Block) -> str:
    if not block.progress:
        return block.type_name
    number, _, planned = block.progress.partition("/")
    return tr("{type}, {number} of {planned}").format(type=block.type_name, number=number, planned=planned)


def when_words(block: Block, room: str) -> str:
    times = tr("{day}, {start} to {end}").format(
        day=near_date(block.day), start=spoken_clock(block.start), end=spoken_clock(block.end)
    )
    if block.displaced:
        return times
    return f"{times}, {room}" if room else tr("{when}, no room").format(when=times)


def ready_words(block: Block) -> str:
    """ "Room ready again at 12:20 PM": the end of what the visit takes, where that is not the patient's."""
    if block.turned <= block.end or block.room_id is None or block.displaced or block.gone:
        return ""
    return tr("Room ready again at {time}").format(time=spoken_clock(block.turned))


def troubles_words(block: Block) -> list[str]:
    found = []
    if block.displaced:
        found.append(tr("Displaced: its room is still taken"))
    if block.shares:
        found.append(tr("Overlaps another visit on purpose"))
    if block.over:
        found.append(tr("{minutes} min over").format(minutes=block.over))
    found += held_words(block.waits)
    if block.alike:
        found.append(tr("Similar name on this day"))
    return found


def free_sentence(place: str, minute: int, until: int | None) -> str:
    """ "Infusion 2, 10:15 AM, free until 12:45 PM"."""
    if until is None:
        return tr("{place}, {time}, closed").format(place=place, time=spoken_clock(minute))
    return tr("{place}, {time}, free until {until}").format(
        place=place, time=spoken_clock(minute), until=spoken_clock(until)
    )
