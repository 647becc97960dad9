"""Until when a place is taken: the card in the hand, the panel, the reason that is asked for and the card of
the visit that has it name one end.
"""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import WallTime, instant_minute
from clinic_desktop.foundation.errors import Conflict
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.looking import fit_at
from clinic_desktop.scheduling.looking_check import check_visits
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.ui.board.block import blocks_of
from clinic_desktop.ui.board.day_ground import DayGround
from clinic_desktop.ui.board.forecast import Target
from clinic_desktop.ui.board.hover_words import hover_words
from clinic_desktop.ui.board.reading import read_days
from clinic_desktop.ui.board.verdict import verdict
from clinic_desktop.ui.wording import worded
from tests.small_clinic import MONDAY, at
from tests.ui.board.stage import Stage

ELEVEN = 660
MANAGER = Actor(0, frozenset({Role.MANAGER}), "desk")


class Speakers:
    """What each of them says of Infusion 2, where Amara's visit is to begin in it at eleven."""

    def __init__(self, stage: Stage, visit: Visit) -> None:
        self.stage, self.visit = stage, visit
        self.room = stage.clinic.rooms["Infusion 2"].id
        self.rows = read_days(stage.clinic.store, MONDAY, MONDAY)[MONDAY].visits

    def the_card_in_the_hand(self) -> list[str]:
        ground = DayGround(self.stage.setup, MONDAY, self.rows, instant_minute(at(MONDAY, 7)))
        said = verdict(ground, self.visit, Target(MONDAY, ELEVEN, self.room), None)
        return [one.text for one in said.lines if "Infusion 2" in one.text]

    def the_times_of_the_panel(self) -> list[str]:
        store, without = self.stage.clinic.store, [self.visit.id]
        fit = fit_at(store, "IVM", WallTime(MONDAY, ELEVEN), self.room, self.visit.patient_id, without)
        return [worded(one) for one in fit.reasons if one.code == "slot-room"]

    def the_rules_of_the_panel(self) -> list[str]:
        there = replace(self.visit, minute=ELEVEN, room_id=self.room)
        there = replace(there, start=self.visit.start + 60, end=self.visit.end + 60)
        with self.stage.clinic.store.read() as records:
            (found,) = check_visits(records, self.stage.clinic.clock.now(), [there])
        return [worded(one) for one in found if one.code == "overlap" and one.params["name"] == "Infusion 2"]

    def whoever_is_told_of_the_conflict(self) -> set[int]:
        with pytest.raises(Conflict) as refused:
            move(self.stage.clinic.store, MANAGER, [to(self.visit, minute=ELEVEN, room_id=self.room)])
        return {one.until for one in refused.value.taken if one.name == "Infusion 2"}


@pytest.fixture
def amara(stage: Stage) -> Visit:
    return stage.book(nurse_id=stage.clinic.tunde.id)


def all_say(said: Speakers, until: str, hour: int, minute: int) -> None:
    assert said.the_card_in_the_hand() == [f"Infusion 2 is taken until {until}."]
    assert said.the_times_of_the_panel() == [f"Infusion 2 is taken until {until}."]
    (rule,) = said.the_rules_of_the_panel()
    assert rule.startswith(f"Infusion 2 is not free before {until}. ")
    assert said.whoever_is_told_of_the_conflict() == {instant_minute(at(MONDAY, hour, minute))}


def test_a_stay_is_named_to_its_own_end_however_little_of_it_is_wanted(stage: Stage, amara: Visit) -> None:
    """Amara would leave before it ends, and the room is ready again a quarter of an hour after that."""
    nina = stage.book("Petrov, Nina", minute=720, room="Infusion 2")
    said = Speakers(stage, amara)
    all_say(said, "1:45 PM", 13, 45)
    (block,) = (one for one in blocks_of(said.rows, stage.setup, amara.start) if one.id == nina.id)
    words = hover_words(block, nina, "Infusion 2", stage.setup)
    assert words.ready == "Room ready again at 1:45 PM"


def test_a_second_visit_right_after_counts_because_nothing_is_free_between(
    stage: Stage, amara: Visit
) -> None:
    stage.book("Petrov, Nina", minute=720, room="Infusion 2")
    stage.book("Sato, Ken", minute=825, room="Infusion 2")
    all_say(Speakers(stage, amara), "3:30 PM", 15, 30)


def test_a_visit_after_a_pause_does_not(stage: Stage, amara: Visit) -> None:
    stage.book("Petrov, Nina", minute=720, room="Infusion 2")
    stage.book("Sato, Ken", minute=830, room="Infusion 2")
    all_say(Speakers(stage, amara), "1:45 PM", 13, 45)


def test_of_two_at_once_on_purpose_the_later_end_counts(stage: Stage, amara: Visit) -> None:
    """The second has the room by itself only from when the first gives it up."""
    nina = stage.book("Petrov, Nina", minute=720, room="Infusion 2")
    ken, room = stage.patient("Ken", "Sato"), stage.clinic.rooms["Infusion 2"].id
    wish = stage.clinic.wish(minute=750, patient_id=ken.id, room_id=room)
    book(stage.clinic.store, stage.clinic.prescriber, wish, "both are short", {nina.id})
    all_say(Speakers(stage, amara), "2:15 PM", 14, 15)
