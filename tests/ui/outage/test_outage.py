"""The floor while the server is away: what happened is kept on this computer, shown as if it were saved, and
saved in order on return; nobody is released meanwhile; nothing lies readable on the disk."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from shiboken6 import delete

from clinic_desktop.foundation.errors import EnvironmentFailure, ServerAway
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.security.sealed_files import Journal, new_key
from clinic_desktop.storage.failures import BUSY
from clinic_desktop.storage.kept_copy import copy_day, copy_opened
from clinic_desktop.treatment.kept_entries import Outcome, Returned, as_bytes, kept_entry
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui import operations
from clinic_desktop.ui.floor.card import Group
from clinic_desktop.ui.outage import kept_on_disk, review
from clinic_desktop.ui.outage import outage as module
from clinic_desktop.ui.outage.floor_copy import FloorCopy
from clinic_desktop.ui.outage.kept_on_disk import KeptOnDisk
from clinic_desktop.ui.outage.on_its_way import OnItsWay
from clinic_desktop.ui.outage.outage import Outage
from clinic_desktop.ui.outage.review import ReviewDialog
from clinic_desktop.ui.outage.watch import AWAY_BANNER, OutageWatch
from clinic_desktop.ui.outage.words import outcome_words
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.viewed import viewed
from clinic_desktop.ui.widgets.list_model import THING_ROLE
from clinic_desktop.ui.wording import all_worded
from tests.damage_to_a_file import with_its_end_damaged
from tests.small_clinic import SmallClinic, build, instant
from tests.treatment.held_look import hold_the_first_look
from tests.treatment.stays import Stay, booked
from tests.ui.floor.conftest import Keyboard
from tests.ui.floor.test_floor import someone
from tests.ui.floor.window import make_window
from tests.ui.grab import grab_both
from tests.ui.outage.cut import Cut

K = StampKind


@pytest.fixture
def clinic(tmp_path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    operations.wait_for_all()
    made.store.close()


@dataclass
class Floor(Keyboard):
    store: Cut
    stay: Stay
    folder: Any
    key: bytes = field(default_factory=new_key)

    @property
    def outage(self):
        return self.desk.outage

    def back(self) -> None:
        self.store.cut = False
        self.outage.back()
        self.wait(lambda: not self.outage.kept)


@pytest.fixture
def floor(qtbot, clinic, tmp_path) -> Floor:
    stay = booked(clinic)
    clinic.clock.at = stay.at(9, 50).clinic.clock.at
    line = Cut(clinic.store)
    shell, place, desk = make_window(line, clinic.clock, clinic.nurse)
    qtbot.addWidget(shell)
    shell.outage = OutageWatch(shell, desk, shell)
    shell.commands.add(shell.outage.bound())
    shell.resize(1366, 768)
    shell.show()
    made = Floor(qtbot, clinic, shell, place, desk, line, stay, tmp_path / "kept")
    desk.outage.keep_in(made.folder, made.key)
    made.wait(lambda: place.floor.read.stay(stay.visit_id) is not None)
    place.view.list.go_to(stay.visit_id)
    place.focus_work()
    made.wait()
    return made


def journal_of(floor: Floor) -> Journal:
    return Journal(floor.folder / "kept entries", floor.key, "kept entries")


def on_disk(floor: Floor) -> int:
    return len(journal_of(floor).entries())


def its_visit_is_gone(floor: Floor) -> None:
    """As if what is kept were of a visit that is not there any more."""
    floor.outage.kept = tuple(replace(one, visit_id=9999) for one in floor.outage.kept)
    journal_of(floor).renew([as_bytes(one) for one in floor.outage.kept])


def test_a_nurse_goes_on_recording_and_all_is_saved_on_return(floor):
    floor.store.cut = True
    floor.press(Qt.Key.Key_F2)  # arrived
    assert floor.outage.away_since is not None
    floor.at(10, 0).type("i")
    floor.at(10, 4).type("v 124/78 70 98")
    assert floor.stay.stamps() == []
    whose = {(one.patient_id, one.booked_at) for one in floor.outage.kept}
    assert whose == {(floor.clinic.amara.id, floor.stay.visit.booked_at)}
    shown = floor.place.floor.read.stay(floor.stay.visit_id)
    assert [one.kind for one in shown.care.whole.stamps] == [K.ARRIVED, K.IN_ROOM, K.VITALS]
    assert shown in floor.place.floor.read.here  # on the floor, not among those who come
    assert floor.shell.status_bar._age.text() == "As of 9:50 AM, 3 records kept on this computer"
    floor.back()
    assert [(one.kind, one.at.minute) for one in floor.stay.stamps()] == [
        (K.ARRIVED, 50),
        (K.IN_ROOM, 0),
        (K.VITALS, 4),
    ]
    assert floor.stay.state == VisitState.IN_ROOM
    assert [one.outcome for one in floor.outage.returned] == [Outcome.SAVED] * 3
    assert not list(floor.folder.iterdir())
    floor.outage.looked_at(floor.outage.returned)


def test_whose_record_was_looked_at_outlives_a_program_that_ends_in_the_outage(floor):
    floor.store.cut = True
    then, seen = floor.desk.now(), viewed(floor.desk)
    seen.saw(floor.clinic.amara.id, "page")
    floor.wait(lambda: not seen.kept)
    journal = Journal(floor.folder / "kept deeds", floor.key, "kept deeds")
    assert len(journal.entries()) == 1
    floor.store.cut = False
    after = Outage(floor.clinic.store, floor.clinic.clock, floor.shell)  # as the next program has it
    after.keep_in(floor.folder, floor.key)
    floor.wait(lambda: not journal.entries())
    with floor.clinic.store.read() as records:
        rows = records.rows("SELECT person_id, record_id, after FROM audit WHERE action = 'viewed'")
    ((person, patient, said),) = rows
    assert (person, patient) == (floor.desk.actor.person_id, floor.clinic.amara.id)
    assert json.loads(said)["at"] == then.isoformat(timespec="seconds")


def test_whose_record_was_looked_at_stays_known_where_the_disk_is_full(floor, monkeypatch):
    floor.store.cut = True
    monkeypatch.setattr(Journal, "add", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    seen = viewed(floor.desk)
    seen.saw(floor.clinic.amara.id, "page")
    floor.wait(lambda: seen.settled)
    floor.store.cut = False
    assert len(seen.kept) == 1
    seen.write()
    floor.wait(lambda: not seen.kept)
    with floor.clinic.store.read() as records:
        assert len(records.rows("SELECT id FROM audit WHERE action = 'viewed'")) == 1


def test_what_is_kept_is_read_later_with_its_time_and_not_as_now(floor):
    floor.store.cut = True
    floor.type("i; v 124/78 70 98")
    (kept,) = floor.outage.kept
    assert kept.said == "Okafor, Amara: In the room, 9:50 AM; Vitals, 124/78, pulse 70, oxygen 98, 9:50 AM"
    floor.back()


def test_what_was_being_saved_when_the_server_went_is_there_once(floor):
    floor.store.in_commit = True
    floor.press(Qt.Key.Key_F2)
    assert len(floor.outage.kept) == 1
    floor.back()
    assert len(floor.stay.stamps(K.ARRIVED)) == 1
    assert [one.outcome for one in floor.outage.returned] == [Outcome.THERE]


def test_a_device_that_was_being_saved_for_minutes_has_the_time_of_enter_and_is_one(floor):
    floor.stay.prepared()
    floor.desk.hub.tell(floor.stay.at(10, 9).vitals().changes)
    floor.at(10, 10).wait()
    floor.store.in_commit, floor.store.hangs = True, partial(floor.clinic.clock.forward, 5)
    floor.type("d 12k345")
    (entry,) = floor.outage.kept
    assert (entry.kept_at.minute, [one.at.minute for one in entry.stamps]) == (10, [10])
    floor.back()
    assert [(one.at.minute, one.lot) for one in floor.stay.stamps(K.DOSE)] == [(10, "12K345")]
    assert [one.outcome for one in floor.outage.returned] == [Outcome.THERE]


@dataclass
class Hung:
    """A store whose next transaction waits before it is made, then meets a dead line or is carried out."""

    store: Any
    dead: bool
    go_on: threading.Event = field(default_factory=threading.Event)
    used: bool = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    @contextmanager
    def write(self, actor: Any) -> Iterator[Any]:
        if not self.used:
            self.used = True
            self.go_on.wait(20)
            if self.dead:
                raise ServerAway("The line is dead.")
        with self.store.write(actor) as unit:
            yield unit


@pytest.mark.parametrize("dead", [True, False], ids=["dead in the end", "thawed in the end"])
@pytest.mark.parametrize("minutes", [0, 3])
def test_a_device_whose_saving_hangs_is_kept_at_once_and_is_one(floor, dead, minutes):
    """Else whoever waits presses Enter again, and one device is two."""
    floor.stay.prepared()
    floor.desk.hub.tell(floor.stay.at(10, 9).vitals().changes)
    floor.at(10, 10).wait()
    floor.desk.store = hung = Hung(floor.store, dead)
    for letter in "d 12k345":
        floor.qtbot.keyClicks(floor.focus, letter)  # the first one goes on to the line
    floor.qtbot.keyClick(floor.focus, Qt.Key.Key_Return)
    floor.qtbot.waitUntil(lambda: hung.used)
    floor.store.cut = True
    floor.clinic.clock.forward(minutes)
    floor.outage.gone(deaf=True)  # the feed notices it
    floor.qtbot.waitUntil(lambda: len(floor.outage.kept) == 1)
    assert floor.place.panel.line.text == ""
    floor.store.cut = dead
    hung.go_on.set()
    floor.wait()
    assert len(floor.outage.kept) == 1
    assert not floor.stay.stamps(K.DOSE), "what was given up is not made durable"
    floor.back()
    assert [(one.at.minute, one.lot) for one in floor.stay.stamps(K.DOSE)] == [(10, "12K345")]


def test_those_that_hang_are_all_kept_in_their_order(floor):
    later = partial(kept_entry, floor.clinic.nurse, floor.stay.visit_id, [])
    for said in ("first", "second", "third"):
        entry = later(floor.clinic.clock.now(), said)
        floor.outage.begin(OnItsWay(partial(keep_it, floor.outage, entry)))
    assert not floor.outage.settled
    floor.outage.gone()
    floor.qtbot.waitUntil(lambda: floor.outage.settled)
    assert [one.said for one in floor.outage.kept] == ["first", "second", "third"]


def keep_it(outage: Outage, entry: Any) -> None:
    outage.keep(entry, bool, lambda problem: pytest.fail(str(problem)), waits=True)


def test_an_answer_that_came_before_the_server_went_leaves_nothing_to_keep(floor):
    floor.press(Qt.Key.Key_F2)
    floor.outage.gone()
    assert floor.outage.settled
    assert not floor.outage.kept


def test_a_server_that_hangs_holds_up_no_entry(floor, monkeypatch):
    """It keeps its line and answers nothing: what is being saved there waits, and what is typed is kept."""
    floor.store.cut = True
    floor.press(Qt.Key.Key_F2)  # arrived
    on, save = threading.Event(), kept_on_disk.save_kept
    monkeypatch.setattr(kept_on_disk, "save_kept", lambda *what: (on.wait(20), save(*what))[1])
    floor.store.cut = False
    floor.outage.back()  # and hangs from here on, with four reads under way
    for _ in range(4):
        operations.run(floor.shell, partial(on.wait, 20), lambda _answer: None)
    floor.outage.gone()
    floor.clinic.clock.forward(10)
    floor.qtbot.keyClicks(floor.focus, "i")
    floor.qtbot.keyClick(floor.focus, Qt.Key.Key_Return)
    floor.qtbot.waitUntil(lambda: len(floor.outage.kept) == 2)
    assert on_disk(floor) == 2
    on.set()
    floor.back()
    assert [one.kind for one in floor.stay.stamps()] == [K.ARRIVED, K.IN_ROOM]


def test_what_is_kept_while_others_are_saved_is_saved_after_them_and_nobody_is_told_of_an_outage(
    floor, monkeypatch
):
    floor.store.cut = True
    floor.press(Qt.Key.Key_F2)
    away, save = list[object](), kept_on_disk.save_kept
    on = threading.Event()
    monkeypatch.setattr(kept_on_disk, "save_kept", lambda *what: (on.wait(20), save(*what))[1])
    floor.store.cut = False
    floor.outage.back()
    floor.outage.changed.connect(lambda: away.append(floor.outage.away_since))
    floor.clinic.clock.forward(10)
    floor.qtbot.keyClicks(floor.focus, "i")
    floor.qtbot.keyClick(floor.focus, Qt.Key.Key_Return)
    floor.qtbot.waitUntil(lambda: len(floor.outage.kept) == 2)
    on.set()
    floor.wait(lambda: not floor.outage.kept)
    assert set(away) == {None}
    assert [one.kind for one in floor.stay.stamps()] == [K.ARRIVED, K.IN_ROOM]


def test_what_was_heard_while_it_could_not_be_read_is_shown_once_it_can(floor, monkeypatch):
    monkeypatch.setattr(operations, "AGAIN_MS", 20)
    arrived = floor.stay.at(9, 51).is_(K.ARRIVED)
    floor.store.cut = True
    floor.desk.hub.tell(arrived.changes)
    floor.wait()
    floor.store.cut = False  # nothing else is told, and nobody touches a key
    floor.wait(lambda: floor.place.floor.read.stay(floor.stay.visit_id).visit.arrived is not None)


def test_what_was_kept_stays_on_the_floor_until_the_floor_has_read_it(floor, monkeypatch):
    """Else somebody who was dosed would look undosed for a moment."""
    floor.store.cut = True
    floor.press(Qt.Key.Key_F2)
    shown = list[bool]()
    refresh = floor.place.floor.refresh

    def looked() -> None:
        refresh()
        stay = floor.place.floor.read.stay(floor.stay.visit_id)
        shown.append(stay.visit.arrived is not None)

    monkeypatch.setattr(floor.place.floor, "refresh", looked)
    floor.back()
    floor.wait()
    assert shown
    assert all(shown)
    assert len(floor.place.floor.read.stay(floor.stay.visit_id).stamps) == 1


def test_a_floor_that_was_never_read_says_so_and_not_that_nobody_is_there(qtbot, clinic, monkeypatch):
    monkeypatch.setattr(operations, "AGAIN_MS", 20)
    stay = booked(clinic)
    line = Cut(clinic.store)
    shell, place, desk = make_window(line, clinic.clock, clinic.nurse)
    qtbot.addWidget(shell)
    line.cut = True
    place.floor.start()
    empty = place.view._empty
    qtbot.waitUntil(lambda: "could not be read" in empty.accessibleName())
    desk.outage.gone()
    place.floor.refresh()  # a minute later
    assert "could not be read" in empty.accessibleName()
    line.cut = False
    qtbot.waitUntil(lambda: place.floor.read.stay(stay.visit_id) is not None)
    assert place.view._stack.currentWidget() is place.view.list


@pytest.fixture
def never_shown(qtbot, clinic, tmp_path, monkeypatch):
    """A desk at which the floor was never open, over a line that can be cut; it kept its floor at 9:50."""
    monkeypatch.setattr(operations, "AGAIN_MS", 20)
    stay = booked(clinic)
    clinic.clock.at = stay.at(9, 50).clinic.clock.at
    line = Cut(clinic.store)
    shell, place, desk = make_window(line, clinic.clock, clinic.nurse, first="board")
    qtbot.addWidget(shell)
    shell.outage = OutageWatch(shell, desk, shell)
    shell.show()
    made = Floor(qtbot, clinic, shell, place, desk, line, stay, tmp_path / "kept")
    desk.outage.keep_in(made.folder, made.key)
    desk.outage.open_copy = partial(copy_opened, made.folder, made.key, clinic.clock)
    made.wait()
    return made


def banner_of(floor) -> str:
    (banner,) = [one for one in floor.shell.banners.banners() if one.id == AWAY_BANNER]
    return banner.text


def test_a_desk_that_never_showed_the_floor_has_the_one_that_it_kept(never_shown):
    floor = never_shown
    copy_day(floor.clinic.store, floor.folder, floor.key)
    floor.store.cut = True
    floor.clinic.clock.at = instant(10, 20)
    floor.outage.gone()
    floor.shell.go("floor")
    floor.wait(lambda: floor.place.floor.read.stay(floor.stay.visit_id) is not None)
    assert "The floor is as this computer kept it at 9:50 AM" in banner_of(floor)
    assert "ask before a dose" in banner_of(floor)
    assert floor.shell.status_bar._age.text() == "As of 9:50 AM"
    floor.place.view.list.go_to(floor.stay.visit_id)
    floor.place.focus_work()
    floor.press(Qt.Key.Key_F2)  # arrived
    assert len(floor.outage.kept) == 1
    floor.back()
    floor.wait(lambda: not floor.place.floor.read.from_copy)
    assert [one.kind for one in floor.stay.stamps()] == [K.ARRIVED]
    assert floor.outage.floor_of is None
    floor.outage.looked_at(floor.outage.returned)


def test_a_floor_that_was_left_before_is_the_one_that_was_kept_since(never_shown):
    """It showed the morning as if it were that of the moment at which the server went."""
    floor = never_shown
    floor.shell.go("floor")
    floor.wait(lambda: floor.place.floor.read.stay(floor.stay.visit_id) is not None)
    floor.shell.go("board")  # somebody works on the board
    floor.stay.sprayed()
    copied = floor.clinic.clock.at = instant(10, 30)
    copy_day(floor.clinic.store, floor.folder, floor.key)
    floor.clinic.clock.at = instant(10, 40)
    floor.store.cut = True
    floor.outage.gone()
    floor.shell.go("floor")
    floor.wait(lambda: floor.place.floor.read.as_of == copied)
    assert len(floor.place.floor.read.stay(floor.stay.visit_id).care.whole.devices) == 2
    floor.shell.go("board")
    floor.shell.go("floor")  # the copy is no newer by now: what is shown stays, and so do the words
    floor.wait()
    assert "kept it at 10:30 AM" in banner_of(floor)


def test_a_floor_that_is_watched_is_as_it_was_when_the_server_went(floor):
    floor.outage.open_copy = partial(copy_opened, floor.folder, floor.key, floor.clinic.clock)
    floor.clinic.clock.at = instant(9, 55)
    copy_day(floor.clinic.store, floor.folder, floor.key)
    floor.clinic.clock.at = instant(10, 5)
    floor.store.cut = True
    floor.outage.gone()
    floor.shell.go("board")
    floor.shell.go("floor")
    floor.wait()
    assert not floor.place.floor.read.from_copy
    assert floor.outage.floor_of is None
    assert "What is shown is as it was then" in banner_of(floor)


def test_where_no_floor_was_kept_it_is_said_what_to_do(never_shown):
    floor = never_shown
    floor.store.cut = True
    floor.outage.gone()
    floor.shell.go("floor")
    empty = floor.place.view._empty
    floor.qtbot.waitUntil(lambda: "Write on paper, with the time" in empty.accessibleName())
    assert "at a desk that shows the floor" in empty.accessibleName()
    floor.shell.go("board")


def test_that_no_floor_can_be_kept_is_said_before_it_is_needed(never_shown):
    said, floor = list[str](), never_shown

    def full() -> None:
        raise EnvironmentFailure("This computer could not keep it (No space left on device).")

    copy = FloorCopy(floor.desk, full, lambda title, text: said.append(f"{title}. {text}"), floor.shell)
    for _ in range(2):
        copy.make()
        floor.wait()
    assert len(said) == 1
    assert "keeps no floor" in said[0]
    assert "No space left" in said[0]


def test_another_day_that_cannot_be_read_leaves_the_day_that_is_shown(floor):
    told: list[object] = []
    operations.set_default_failure(told.append)
    floor.store.cut = True
    day = floor.place.floor.day
    floor.place.floor.go_to(day + timedelta(days=1))
    floor.wait()
    assert len(told) == 1, "that the shown day cannot be read anew either is no news"
    floor.place.floor.go_to(day + timedelta(days=1))
    floor.wait()
    assert len(told) == 2
    assert floor.place.floor.day == floor.place.floor.read.day == day
    assert floor.place.floor.read.stay(floor.stay.visit_id) is not None


def test_the_banners_way_leads_to_a_patient_without_the_server(floor):
    floor.store.cut = True
    floor.press(Qt.Key.Key_F2)
    chosen: list[int] = []
    floor.place.view.list.go_to(0)
    floor.place.floor.show_visit(floor.stay.visit_id, None, lambda: chosen.append(floor.place.floor.stay.id))
    assert chosen == [floor.stay.visit_id]


def test_what_was_said_of_a_return_goes_once_it_was_looked_at(floor):
    floor.store.cut = True
    floor.press(Qt.Key.Key_F2)
    floor.back()
    floor.wait(lambda: any("is back" in one.accessibleName() for one in floor.shell.notices.notices()))
    floor.shell.outage._seen(floor.outage.returned)
    assert not [one for one in floor.shell.notices.notices() if "is back" in one.accessibleName()]


def test_it_is_away_for_as_long_as_nothing_is_heard_of_other_desks(floor):
    """A line from before may still be answered, while the feed gets no new one."""
    floor.outage.gone(deaf=True)
    floor.outage.try_again()
    floor.wait()
    assert floor.outage.away_since is not None
    floor.outage.back()  # as the feed says
    assert floor.outage.away_since is None


def test_devices_that_are_kept_stand_on_the_card_with_their_numbers(floor):
    floor.stay.prepared()
    floor.desk.hub.tell(floor.stay.at(10, 9).vitals().changes)
    floor.wait()
    floor.store.cut = True
    floor.at(10, 10).type("d 12k345")
    floor.at(10, 15).type("d")
    (card,) = floor.place.floor.cards
    assert card.doses == ("1  10:10 AM", "2  10:15 AM")
    floor.back()
    floor.wait(lambda: not floor.outage.kept)
    assert [(one.device, one.at.minute) for one in floor.stay.stamps(K.DOSE)] == [(1, 10), (2, 15)]


def test_a_dose_in_spite_of_an_answer_is_asked_for_its_reason_as_with_the_server(floor):
    floor.stay.at(9, 50).scored().is_(K.ARRIVED)
    floor.stay.at(10).is_(K.IN_ROOM)
    floor.stay.is_(K.CONSENT)
    floor.desk.hub.tell(floor.stay.at(10, 4).vitals().changes)
    floor.at(10, 5).wait()
    floor.store.cut = True
    floor.type("asked food 9:30 liquid 9:15 spray none preg no meds none")
    floor.at(10, 10).type("d 12k345")
    assert floor.refused == [
        "Food at 9:30 AM, less than 2 h before the dose. Wait until 11:30 AM, or say why it is given."
    ]
    assert floor.place.panel.refusal.insist.text() == "Give it all the same, with a reason"
    assert len(floor.outage.kept) == 1, "only what was asked"
    floor.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    floor.dialog(Qt.Key.Key_2, Qt.Key.Key_Return)
    reason = "A sip or a bite only"
    assert [one.reason for one in floor.outage.kept[-1].stamps] == [reason]
    assert floor.place.panel.log.lines()[0].row.detail == f"Why: {reason}", "while it is kept, too"
    floor.back()
    assert [one.outcome for one in floor.outage.returned] == [Outcome.SAVED] * 2
    (dose,) = floor.stay.stamps(K.DOSE)
    assert (dose.reason, dose.warned) == (reason, ("dose-food",))
    with floor.clinic.store.read() as records:
        assert records.rows("SELECT id FROM audit WHERE reason = 'A sip or a bite only'")
    floor.outage.looked_at(floor.outage.returned)


def test_what_only_this_computer_has_is_marked_until_it_is_saved(floor):
    """No other desk sees it; the nurse could not tell it from what is on the server."""
    floor.stay.prepared()
    floor.desk.hub.tell(floor.stay.at(10, 9).vitals().changes)
    floor.at(10, 10).type("d 12k345")
    floor.store.cut = True
    floor.at(10, 15).type("d")
    floor.at(10, 20).type("v 124/78 70 98")
    (card,) = floor.place.floor.cards
    assert card.only_here == ("Dose 2 10:15 AM", "Vitals 10:20 AM")
    assert "Only on this computer: Dose 2 10:15 AM, Vitals 10:20 AM. " in card.spoken
    assert card.only_here_with(1) == "Only on this computer: Dose 2 10:15 AM +1"
    rows = [one.row for one in floor.place.panel.log.lines()]
    note = "Only on this computer, not on the server yet"
    assert [(one.icon, one.note) for one in rows[:3]] == [("offline", note)] * 2 + [("", "")]
    assert note in rows[0].spoken
    floor.press(Qt.Key.Key_Escape)
    grab_both(floor.shell, "outage-only-here")
    floor.back()
    floor.wait(lambda: not floor.place.floor.cards[0].only_here)
    assert not [one.row.note for one in floor.place.panel.log.lines() if one.row.note]
    assert "Only on this computer" not in floor.place.floor.cards[0].spoken
    floor.outage.looked_at(floor.outage.returned)


def test_who_left_while_the_server_is_away_is_marked_too(floor):
    floor.store.cut = True
    floor.press(Qt.Key.Key_F2)
    floor.at(10, 4).type("not treated changed her mind")
    (card,) = floor.place.floor.cards
    assert card.group is Group.DONE
    assert len(card.only_here) == 2
    grab_both(floor.shell, "outage-only-here-done")
    floor.back()


def test_nobody_is_released_and_a_slip_is_still_a_slip(floor):
    floor.stay.sprayed()
    floor.at(12, 30)
    floor.desk.hub.tell(floor.stay.at(12, 31).vitals().changes)
    floor.wait()
    floor.store.cut = True
    floor.type("n asks for water")
    before = floor.outage.kept
    floor.type("r")
    assert floor.outage.kept == before
    floor.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # there is no insisting
    assert floor.outage.kept == before
    floor.type("v 1240/78")
    assert floor.outage.kept == before
    floor.back()
    assert floor.stay.stamps(K.RELEASED) == []


def test_a_release_that_would_be_refused_is_not_offered(floor):
    floor.stay.sprayed().at(12, 20).checked()
    floor.at(12, 40)
    floor.desk.hub.tell(floor.stay.at(12, 40).is_(K.NOTE, note="ready").changes)
    floor.wait()
    assert floor.place.floor.context(floor.place.floor.stay).next_kind is K.RELEASED
    floor.store.cut = True
    floor.type("n asks for water")
    context = floor.place.floor.context(floor.place.floor.stay)
    assert (context.next_kind, context.waits[:10]) == (K.NOTE, "No release")


def test_nothing_of_it_can_be_read_on_the_disk_and_it_outlives_the_program(floor, qtbot):
    floor.store.cut = True
    floor.type("n asks for her sister Imogen")
    (file,) = floor.folder.iterdir()
    assert b"Imogen" not in file.read_bytes()
    assert b"note" not in file.read_bytes()


def test_a_full_disk_is_told_and_the_words_stay_in_the_line(floor, monkeypatch):
    def full(_self: object, _entry: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("clinic_desktop.security.sealed_files.Journal.add", full)
    told: list[EnvironmentFailure] = []
    operations.set_default_failure(told.append)
    floor.store.cut = True
    floor.type("n asks for water")
    assert floor.outage.kept == ()
    assert "paper" in str(told[0])
    assert "water" in floor.place.panel.line.text


def test_what_does_not_fit_after_a_damaged_file_is_told_and_the_file_stays_as_it_is(floor):
    told: list[EnvironmentFailure] = []
    operations.set_default_failure(told.append)
    floor.store.cut = True
    floor.type("n asks for her sister")
    (file,) = floor.folder.iterdir()
    file.write_bytes(damaged := b"\xff" + file.read_bytes()[1:])
    floor.type("n asks for water")
    assert len(floor.outage.kept) == 1
    assert "paper" in str(told[0])
    assert "water" in floor.place.panel.line.text
    assert file.read_bytes() == damaged


def test_what_could_not_be_saved_stays_until_somebody_has_looked(floor):
    floor.store.cut = True
    floor.type("n asks for water")
    its_visit_is_gone(floor)
    floor.back()
    (one,) = floor.outage.returned
    assert one.outcome is Outcome.NOT_SAVED
    assert list(floor.folder.iterdir())
    floor.shell.outage.review()
    dialog = floor.shell.findChild(ReviewDialog)
    assert dialog.list.model().rowCount() == 1
    floor.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    floor.wait(lambda: not list(floor.folder.iterdir()))
    assert floor.outage.returned == ()


def test_what_was_not_saved_is_shown_and_not_tried_again_by_the_next_program(floor, qtbot):
    """Somebody has recorded it by hand at its true time, and the program ended before they had looked."""
    floor.stay.at(9, 50).is_(K.ARRIVED)
    later = floor.clinic.clock.now() + timedelta(minutes=4)  # the computer's clock was fast
    vitals = Stamp(kind=K.VITALS, systolic=124, diastolic=78, oxygen=98, pulse=70)
    entry = kept_entry(floor.clinic.nurse, floor.stay.visit_id, [vitals], later, "Vitals")
    journal_of(floor).add(as_bytes(entry))
    floor.outage.keep_in(floor.folder, floor.key)
    floor.wait(lambda: bool(floor.outage.returned) and not floor.outage.kept)
    (before,) = floor.outage.returned
    assert before.outcome is Outcome.NOT_SAVED
    floor.stay.at(10).vitals(at=instant(9, 51))
    after = Outage(floor.store, floor.clinic.clock, floor.shell)
    told: list[list[Returned]] = []
    after.left.connect(told.append)
    after.saved.connect(pytest.fail)
    after.keep_in(floor.folder, floor.key)
    floor.wait(lambda: bool(after.returned))
    assert [one.at for one in floor.stay.stamps(K.VITALS)] == [instant(9, 51)]
    assert (after.kept, told) == ((), [list(after.returned)])
    (one,) = after.returned
    assert (one.outcome, replace(one.entry, not_saved=None)) == (Outcome.NOT_SAVED, entry)
    dialog = ReviewDialog.ask(floor.shell, after.returned, (), floor.desk.zone, bool)
    said = dialog.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert all_worded(before.why) in said
    dialog.reject()
    after.looked_at(after.returned)
    floor.wait(lambda: not list(floor.folder.iterdir()))


def test_what_was_not_saved_before_is_no_return_of_the_server(floor):
    """A plain start, the server there all along."""
    note = Stamp(kind=K.NOTE, note="asks for water")
    entry = kept_entry(floor.clinic.nurse, floor.stay.visit_id, [note], floor.clinic.clock.now(), "A note")
    for words in ("Its visit is gone.", "Its time is yet to come."):
        journal_of(floor).add(as_bytes(replace(entry, not_saved=words)))
    floor.outage.keep_in(floor.folder, floor.key)
    floor.wait(lambda: bool(floor.notices))
    (notice,) = floor.notices
    assert notice.startswith("2 kept records nobody has looked at yet. 2 of them are not saved.")
    grab_both(floor.shell, "kept-from-before", (1366, 768))
    floor.outage.looked_at(floor.outage.returned)
    floor.wait(lambda: not list(floor.folder.iterdir()))


def test_what_is_to_be_recorded_by_hand_is_read_whole(floor):
    words = (
        "n asks for water and wants to lie down until her sister comes, who is on her way from the station"
    )
    floor.store.cut = True
    floor.type(words)
    floor.outage.kept = tuple(replace(one, visit_id=9999) for one in floor.outage.kept)  # as if it were gone
    floor.back()
    dialog = ReviewDialog.ask(floor.shell, floor.outage.returned, (), floor.desk.zone, bool)
    (line,) = [dialog.list.sizeHintForRow(0)]
    assert line > 3 * theme().px(tokens().text[TextRole.LABEL].line)  # it goes on in another line
    dialog.reject()
    floor.outage.looked_at(floor.outage.returned)


def test_what_was_not_saved_stays_on_the_disk_over_the_next_outage_until_somebody_has_looked(floor):
    floor.store.cut = True
    floor.type("n asks for water")
    its_visit_is_gone(floor)
    floor.back()
    floor.store.cut = True
    floor.type("n asks for a blanket")
    floor.back()
    assert on_disk(floor) == 1, "a program that ends now has lost it, and nobody looked"
    floor.outage.looked_at(floor.outage.returned)
    floor.wait(lambda: not list(floor.folder.iterdir()))


def test_what_another_window_of_this_computer_keeps_is_left_to_it(floor):
    floor.store.cut = True
    floor.type("n asks for water")
    note = Stamp(kind=K.NOTE, note="asks for a blanket")
    other = kept_entry(floor.clinic.nurse, floor.stay.visit_id, [note], floor.clinic.clock.now())
    journal_of(floor).add(as_bytes(other))
    floor.back()
    assert on_disk(floor) == 1, "what a window that is closed by now had kept is lost"


def test_what_a_server_that_answers_did_not_take_is_tried_again_by_itself(floor, monkeypatch):
    monkeypatch.setattr(module, "_LATER_MS", 20)
    told: list[object] = []
    operations.set_default_failure(told.append)
    floor.store.cut = True
    floor.type("n asks for water")
    busy = [EnvironmentFailure(BUSY)] * 2
    save = kept_on_disk.save_kept

    def held(*what: Any) -> Any:
        if busy:
            raise busy.pop()
        return save(*what)

    monkeypatch.setattr(kept_on_disk, "save_kept", held)
    floor.back()
    assert [str(one) for one in told] == [BUSY] * 2
    assert len(floor.stay.stamps(K.NOTE)) == 1
    assert floor.outage.away_since is None


class Slow:
    """Saving waits until it is let on; the server goes away with the second entry, once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.on, self.asked, self._save = threading.Event(), 0, kept_on_disk.save_kept
        monkeypatch.setattr(kept_on_disk, "save_kept", self)

    def __call__(self, *what: Any) -> Any:
        self.asked += 1
        self.on.wait(10)
        if self.asked == 2:
            raise ServerAway("The clinic's database does not answer.")
        return self._save(*what)


def test_a_fresh_window_saves_what_the_one_before_was_saving(floor, monkeypatch):
    """Somebody took over just as the server was back, and it went away again once."""
    for words in ("asks for water", "asks for a blanket"):
        note = Stamp(kind=K.NOTE, note=words)
        entry = kept_entry(floor.clinic.nurse, floor.stay.visit_id, [note], floor.clinic.clock.now())
        journal_of(floor).add(as_bytes(entry))
    slow, parent = Slow(monkeypatch), QObject()
    before = module.Outage(floor.store, floor.clinic.clock, parent)
    before.keep_in(floor.folder, floor.key)
    floor.qtbot.waitUntil(lambda: slow.asked == 1)
    fresh = module.Outage(floor.store, floor.clinic.clock, floor.shell)
    fresh.keep_in(floor.folder, floor.key)
    delete(before)
    slow.on.set()
    floor.qtbot.waitUntil(lambda: not list(floor.folder.iterdir()), timeout=5_000)
    floor.wait(lambda: not fresh.kept)
    assert [one.note for one in floor.stay.stamps(K.NOTE)] == ["asks for water", "asks for a blanket"]


def test_what_is_kept_is_saved_also_where_it_was_just_being_written(floor, monkeypatch):
    """What had been looked at is struck out at the very moment at which the server is back."""
    floor.store.cut = True
    floor.type("n asks for water")
    held, on = KeptOnDisk.strike_out, threading.Event()
    monkeypatch.setattr(KeptOnDisk, "strike_out", lambda *what: (on.wait(10), held(*what)))
    other = replace(floor.outage.kept[0], visit_id=9999)
    floor.outage.returned = (Returned(other, Outcome.NOT_SAVED),)
    floor.outage.looked_at(floor.outage.returned)
    floor.store.cut = False
    floor.outage.back()
    on.set()
    floor.qtbot.waitUntil(lambda: not floor.outage.kept, timeout=5_000)
    assert len(floor.stay.stamps(K.NOTE)) == 1


def test_what_was_looked_at_leaves_the_disk_also_while_another_is_kept(floor, monkeypatch):
    floor.store.cut = True
    floor.type("n asks for water")
    its_visit_is_gone(floor)
    floor.back()
    assert on_disk(floor) == 1
    added, on = KeptOnDisk.add, threading.Event()
    monkeypatch.setattr(KeptOnDisk, "add", lambda *what: (on.wait(10), added(*what))[1])
    floor.store.cut = True
    floor.outage.gone()
    note = Stamp(kind=K.NOTE, note="asks for a blanket")
    entry = kept_entry(floor.clinic.nurse, floor.stay.visit_id, [note], floor.clinic.clock.now())
    floor.outage.keep(entry, lambda: None, operations.show_problem)
    floor.outage.looked_at(floor.outage.returned)
    on.set()
    floor.qtbot.waitUntil(lambda: on_disk(floor) == 1 and not operations.running_count(), timeout=5_000)
    (left,) = journal_of(floor).entries()
    assert left == as_bytes(entry), "what somebody has written down by hand is saved with the next start"


def test_what_the_server_did_not_take_any_more_is_kept_for_whoever_recorded_it(floor, monkeypatch):
    """The line hung for seconds; the desk was locked meanwhile, and somebody else came in."""
    on = threading.Event()

    def hangs(*_what: Any, **_more: Any) -> Any:
        on.wait(10)
        raise ServerAway("The clinic's database does not answer.")

    monkeypatch.setattr("clinic_desktop.ui.floor.actions.record", hangs)
    floor.qtbot.keyClick(floor.place.view.list, Qt.Key.Key_F2)  # arrived
    floor.qtbot.waitUntil(operations.saving)
    floor.desk.act_as(floor.clinic.prescriber)
    on.set()
    floor.wait(lambda: bool(floor.outage.kept))
    assert [one.person_id for one in floor.outage.kept] == [floor.clinic.nurse.person_id]


def test_two_programs_of_one_computer_save_what_both_have_read_once(floor, monkeypatch):
    """One has looked that it is not there yet, and the other comes to the same entry in that moment."""
    note = Stamp(kind=K.NOTE, note="asks for water")
    entry = kept_entry(floor.clinic.nurse, floor.stay.visit_id, [note], floor.clinic.clock.now())
    journal_of(floor).add(as_bytes(entry))
    looked, on = hold_the_first_look(monkeypatch)
    programs = [
        threading.Thread(
            target=KeptOnDisk(floor.folder, floor.key).give_back, args=(floor.clinic.store, (entry,))
        )
        for _ in range(2)
    ]
    programs[0].start()
    assert looked.wait(10)
    programs[1].start()
    programs[1].join(0.3)
    on.set()
    for one in programs:
        one.join(10)
    assert len(floor.stay.stamps(K.NOTE)) == 1
    assert on_disk(floor) == 0


def test_what_a_fault_of_the_program_stopped_is_said_and_the_rest_is_saved(floor, monkeypatch):
    save, told = kept_on_disk.save_kept, list[BaseException]()

    def save_but_one(store: Any, entry: Any, *more: Any) -> Any:
        if "water" in entry.said:
            raise ZeroDivisionError
        return save(store, entry, *more)

    monkeypatch.setattr(kept_on_disk, "save_kept", save_but_one)
    monkeypatch.setattr(kept_on_disk, "report", told.append)
    floor.store.cut = True
    floor.type("n asks for water")
    floor.type("n asks for a blanket")
    floor.back()
    assert [type(one) for one in told] == [ZeroDivisionError]
    assert [one.note for one in floor.stay.stamps(K.NOTE)] == ["asks for a blanket"]
    assert [one.outcome for one in floor.outage.returned] == [Outcome.NOT_SAVED, Outcome.SAVED]
    assert on_disk(floor) == 1, "what nobody has looked at yet stays"


def test_an_entry_of_another_version_is_said_and_stays_and_the_rest_is_saved(floor, monkeypatch):
    told = list[object]()
    monkeypatch.setattr(module, "show_problem", told.append)
    note = Stamp(kind=K.NOTE, note="asks for water")
    entry = kept_entry(floor.clinic.nurse, floor.stay.visit_id, [note], floor.clinic.clock.now())
    other = as_bytes(entry).replace(b'"note"', b'"of another version"')
    for one in (other, as_bytes(entry)):
        journal_of(floor).add(one)
    floor.outage.keep_in(floor.folder, floor.key)
    floor.wait(lambda: bool(floor.stay.stamps(K.NOTE)) and not floor.outage.kept)
    assert journal_of(floor).entries() == [other]
    assert [str(one) for one in told] == [
        "1 record kept on this computer cannot be read by this version of the program. Nothing of it is "
        "deleted. Start the version that kept it, or ask who looks after the computer."
    ]


def test_what_is_kept_beside_a_damaged_file_outlives_the_program(floor, monkeypatch):
    told = list[object]()
    monkeypatch.setattr(module, "show_problem", told.append)
    damaged = floor.folder / "kept entries"
    journal_of(floor).add(b"{}")
    before = with_its_end_damaged(damaged)
    floor.outage.keep_in(floor.folder, floor.key)
    floor.wait(lambda: bool(told))
    floor.store.cut = True
    floor.type("n asks for water")
    assert len(floor.outage.kept) == 1
    started_anew = module.Outage(floor.store, floor.clinic.clock, floor.shell)
    floor.store.cut = False
    started_anew.keep_in(floor.folder, floor.key)
    floor.wait(lambda: bool(floor.stay.stamps(K.NOTE)) and not started_anew.kept)
    assert [one.outcome for one in started_anew.returned] == [Outcome.SAVED]
    (aside,) = floor.folder.iterdir()
    assert aside.read_bytes() == before
    assert len(told) == 2  # as often as the program starts with it
    assert all(f"It lies unchanged in {aside}." in str(one) for one in told)


def test_one_that_is_damaged_is_counted_and_the_others_are_saved(floor, monkeypatch):
    told = list[object]()
    monkeypatch.setattr(module, "show_problem", told.append)
    for words in ("asks for water", "asks for a blanket", "asks for her sister"):
        note = Stamp(kind=K.NOTE, note=words)
        entry = kept_entry(floor.clinic.nurse, floor.stay.visit_id, [note], floor.clinic.clock.now())
        journal_of(floor).add(as_bytes(entry))
    with_its_end_damaged(floor.folder / "kept entries")
    floor.outage.keep_in(floor.folder, floor.key)
    floor.wait(lambda: bool(floor.stay.stamps(K.NOTE)) and not floor.outage.kept)
    assert [one.note for one in floor.stay.stamps(K.NOTE)] == ["asks for water", "asks for a blanket"]
    (said,) = told
    assert "1 record of it, at least, could not be saved" in str(said)


def test_what_came_back_while_the_list_was_looked_at_is_still_to_be_seen(floor):
    floor.store.cut = True
    floor.type("n asks for water")
    its_visit_is_gone(floor)
    floor.back()
    floor.shell.outage.review()
    dialog = floor.shell.findChild(ReviewDialog)
    (shown,) = floor.outage.returned
    later = Returned(replace(shown.entry, said="Asks for a blanket"), Outcome.NOT_SAVED)
    journal_of(floor).add(as_bytes(later.entry))
    floor.outage.returned = (shown, later)
    floor.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    floor.wait(lambda: on_disk(floor) < 2)
    assert journal_of(floor).entries() == [as_bytes(later.entry)]
    assert floor.outage.returned == (later,)


def with_a_list_that_is_open(floor) -> tuple[ReviewDialog, Returned]:
    """With one line that was not saved, read; and another such that comes while the list is open."""
    floor.store.cut = True
    floor.type("n asks for water")
    its_visit_is_gone(floor)
    floor.back()
    floor.shell.outage.review()
    (read,) = floor.outage.returned
    came = Returned(replace(read.entry, said="Asks for a blanket"), Outcome.NOT_SAVED)
    journal_of(floor).add(as_bytes(came.entry))
    floor.outage.bring((came,))
    return floor.shell.findChild(ReviewDialog), came


def test_what_came_a_moment_ago_is_not_taken_for_looked_at(floor, monkeypatch):
    """Under somebody's Enter: they meant what they had read."""
    monkeypatch.setattr(review, "_READ_MS", 60_000)
    dialog, came = with_a_list_that_is_open(floor)
    said = "1 came just now and stays in the list until you have looked at it, too."
    assert dialog.accessibleDescription().startswith(said)
    assert dialog._look.text() == "I have looked at the others"
    assert [text for text, why in shown_in(dialog) if why.startswith("New here:")] == ["Asks for a blanket"]
    assert dialog.list.current == "0", "it is in sight"
    grab_both(floor.shell, "kept-came-just-now", (1366, 768))
    grab_both(dialog, "kept-came-just-now-list")
    floor.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert floor.outage.returned == (came,)
    assert dialog.isVisible()
    assert dialog._look.text() == "Look at them first"
    floor.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert floor.outage.returned == (came,)
    dialog._can_be_read([came])
    floor.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    floor.wait(lambda: not list(floor.folder.iterdir()))
    assert floor.outage.returned == ()


def test_what_came_and_could_be_read_is_looked_at_with_the_rest(floor, monkeypatch):
    monkeypatch.setattr(review, "_READ_MS", 20)
    dialog, _came = with_a_list_that_is_open(floor)
    floor.qtbot.waitUntil(lambda: dialog._look.text() == "I have looked at them")
    assert "just now" not in dialog.accessibleDescription()
    floor.qtbot.keyClick(dialog._look, Qt.Key.Key_Return)
    floor.wait(lambda: not list(floor.folder.iterdir()))
    assert floor.outage.returned == ()


def test_what_was_kept_on_another_day_stands_with_it(floor):
    note = Stamp(kind=K.NOTE, note="asks for water")
    then = floor.clinic.clock.now()
    entry = kept_entry(floor.clinic.nurse, floor.stay.visit_id, [note], then, "Asks for water")
    floor.outage.returned = tuple(
        Returned(replace(entry, kept_at=then - timedelta(days=ago)), Outcome.NOT_SAVED) for ago in (1, 0)
    )
    floor.shell.outage.review()
    dialog = floor.shell.findChild(ReviewDialog)
    rows = [dialog.list.model().index(n, 0).data(THING_ROLE) for n in range(2)]
    assert [one.right for one in rows] == ["Sun, Nov 15, 9:50 AM", "9:50 AM"]
    dialog.reject()
    floor.outage.looked_at(floor.outage.returned)


def test_the_list_says_who_and_goes_by_when_it_was_with_the_patient(floor):
    """Not by when it was typed; and what was not saved stands before what was."""
    floor.store.cut = True
    floor.type("i")
    floor.at(10, 30).type("10:10 n asks for water")
    floor.type("n asks for a blanket")
    floor.type("10:05 n asks for her sister")
    gone = replace(floor.outage.kept[2], visit_id=9999)
    floor.outage.kept = (*floor.outage.kept[:2], gone, floor.outage.kept[3])
    journal_of(floor).renew([as_bytes(one) for one in floor.outage.kept])
    floor.back()
    floor.shell.outage.review()
    (dialog,) = floor.shell.findChildren(ReviewDialog)
    rows = [dialog.list.model().index(n, 0).data(THING_ROLE) for n in range(4)]
    assert [one.right for one in rows] == ["10:30 AM", "9:50 AM", "10:05 AM", "10:10 AM"]
    assert rows[0].detail.startswith("NOT saved: record it by hand. ")
    assert rows[1].detail.startswith("Saved")
    assert {one.note for one in rows} == {"Recorded by Maya Jones"}
    grab_both(dialog, "outage-review")
    dialog.reject()
    floor.outage.looked_at(floor.outage.returned)


def test_what_is_to_be_looked_at_stands_in_the_status_bar_also_for_the_next_person(floor):
    floor.store.cut = True
    floor.type("n asks for water")
    its_visit_is_gone(floor)
    floor.back()
    for one in floor.shell.notices.notices():
        floor.shell.notices.drop(one)
    assert floor.shell.status_bar._age.text() == "1 kept record to look at: Shift F2"
    floor.outage.looked_at(floor.outage.returned)
    floor.wait(lambda: not list(floor.folder.iterdir()))
    assert floor.shell.status_bar._age.text() == ""


def test_what_was_kept_under_another_address_is_put_before_somebody_and_another_clinics_stays(floor):
    """A clinic that was moved has another folder; so has a copy that was restored to be looked at."""
    note = Stamp(kind=K.NOTE, note="asks for water")
    known = kept_entry(floor.clinic.nurse, floor.stay.visit_id, [note], floor.clinic.clock.now(), "a note")
    entry = as_bytes(known)
    before, anothers = floor.folder.parent / "clinic-1", floor.folder.parent / "clinic-2"
    for folder, key in ((before, floor.key), (anothers, new_key())):
        Journal(folder / "kept entries", key, "kept entries").add(entry)
    floor.outage.keep_in(floor.folder, floor.key)
    floor.wait(lambda: bool(floor.outage.returned) and not floor.outage.kept)
    assert [one.outcome for one in floor.outage.returned] == [Outcome.NOT_SAVED]
    assert floor.stay.stamps(K.NOTE) == []
    assert Journal(anothers / "kept entries", b"", "kept entries").how_many() == 1
    floor.shell.outage.review()
    dialog = floor.shell.findChild(ReviewDialog)
    (shown,) = shown_in(dialog)
    assert shown[1].startswith(
        "NOT saved. It was kept while the clinic was open at another address (clinic-1)"
    )
    assert "Some of it may be on record already." in dialog.accessibleDescription()
    grab_both(floor.shell, "kept-elsewhere", (1366, 768))
    grab_both(dialog, "kept-elsewhere-list")
    floor.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    floor.wait(lambda: floor.outage.settled)
    floor.outage.keep_in(floor.folder, floor.key)
    floor.wait(lambda: floor.outage.settled)
    assert (floor.stay.stamps(K.NOTE), floor.outage.returned) == ([], ()), "it is brought along once"


def shown_in(dialog: ReviewDialog) -> list[tuple[str, str]]:
    model = dialog.list.model()
    rows = [model.index(n, 0).data(THING_ROLE) for n in range(model.rowCount())]
    return [(one.text, one.detail) for one in rows]


def test_an_infusion_that_somebody_else_started_too_is_not_to_be_recorded_by_hand(clinic, floor):
    """A second dose would be recorded by what the words said before: end the first one, then by hand."""
    started = Stamp(kind=K.INFUSION_START, dose=35.0, unit="mg", at=instant(10, 16))
    zoe = clinic.double("Adeyemi").id
    iv = booked(clinic, "IVM", 780, patient_id=zoe).prepared()
    mine = kept_entry(
        clinic.nurse, iv.visit_id, [started], instant(10, 16), "Infusion started", known=iv.stamps()
    )
    iv.at(10, 15).says(replace(started, at=None), by=replace(clinic.nurse, person_id=clinic.tunde.id))
    floor.store.cut = True
    floor.outage.gone()
    floor.outage.keep(mine, bool, pytest.fail)
    floor.wait(lambda: bool(floor.outage.kept))
    floor.shell.outage.review()
    dialog = floor.shell.findChild(ReviewDialog)
    assert shown_in(dialog) == [("Infusion started", "Waits for the server")]
    floor.back()
    (one,) = floor.outage.returned
    assert one.outcome is Outcome.NOT_SAVED
    # The list that was open has followed.
    ((_, told),) = shown_in(dialog)
    theirs = "Tunde Okoro recorded Infusion started at 10:15 AM: look whether it is the same."
    assert told == f"New here: NOT saved. {theirs} If it is not, record it on the floor with its time."
    assert "by hand" not in dialog.accessibleDescription()
    assert "Record it on the floor" not in dialog.accessibleDescription()
    grab_both(floor.shell, "kept-by-two", (1366, 768))
    grab_both(dialog, "kept-by-two-list")
    dialog.reject()
    # Also after the program began anew.
    again = KeptOnDisk(floor.folder, floor.key)
    (entry,) = again.there()[0]
    assert entry is not None
    assert outcome_words(Returned(entry, Outcome.NOT_SAVED)) == "NOT saved"
    floor.outage.looked_at(floor.outage.returned)


def test_the_same_step_of_two_people_is_to_be_looked_at(floor):
    floor.store.cut = True
    floor.press(Qt.Key.Key_F2)
    floor.store.cut = False
    other = replace(floor.desk.actor, person_id=floor.clinic.tunde.id)
    floor.stay.says(Stamp(kind=K.ARRIVED), by=other)
    floor.back()
    (notice,) = floor.notices
    assert "1 of them wants to be looked at." in notice
    assert "saved." not in notice.replace("not saved.", "")
    assert "not saved" not in notice
    floor.shell.outage.review()
    dialog = floor.shell.findChild(ReviewDialog)
    assert "Tunde Okoro recorded Arrived at 9:50 AM" in shown_in(dialog)[0][1]
    floor.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    floor.wait(lambda: floor.outage.returned == ())


# What was asked for before.


def a_second_visit(floor: Floor) -> Stay:
    """Somebody else is booked, and the floor has not read it yet."""
    clinic = floor.clinic
    room = clinic.rooms["Spravato 2"].id
    return booked(clinic, "SP56", 660, patient_id=someone(clinic), nurse_id=clinic.tunde.id, room_id=room)


@pytest.mark.parametrize("in_time", [True, False])
def test_nobody_is_chosen_by_an_answer_that_comes_late(floor, monkeypatch, in_time):
    """A visit was asked for as the server went away; meanwhile somebody types for another patient."""
    monkeypatch.setattr(operations, "AGAIN_MS", 20)
    floor.press(Qt.Key.Key_F2)
    other, cards, reader = a_second_visit(floor), floor.place.view.list, floor.place.floor._reader
    floor.store.cut = not in_time
    floor.place.show_visit(other.visit_id, other.visit.day)
    if in_time:
        floor.wait(lambda: cards.current == other.visit_id)
        return
    floor.wait(reader._again.isActive)
    cards.go_to(floor.stay.visit_id)
    floor.place.focus_work()
    for letter in "v 138/84 ":
        floor.qtbot.keyClicks(floor.focus, letter)
    floor.store.cut = False
    floor.outage.back()
    floor.wait(lambda: floor.place.floor.read.stay(other.visit_id) is not None)
    assert cards.current == floor.stay.visit_id
    assert floor.place.panel.line.text == "v 138/84 "
    for letter in "70 98":
        floor.qtbot.keyClicks(floor.focus, letter)
    floor.press(Qt.Key.Key_Return)
    assert other.stamps() == []
    assert floor.stay.stamps()[-1].systolic == 138


@pytest.mark.parametrize("by_hand", ["card", "line", "day"])
@pytest.mark.parametrize("known_day", [True, False])
def test_nor_by_a_slow_one_once_somebody_goes_on_with_another(floor, monkeypatch, by_hand, known_day):
    other, cards = a_second_visit(floor), floor.place.view.list
    gate, real = threading.Event(), floor.store.read

    def slow():
        assert gate.wait(30)
        return real()

    monkeypatch.setattr(floor.store, "read", slow, raising=False)
    floor.place.show_visit(other.visit_id, other.visit.day if known_day else None)
    if by_hand == "card":
        cards.picked.emit(cards.current)
    elif by_hand == "line":
        floor.qtbot.keyClicks(floor.place.panel.line.line, "v")
    else:
        floor.place.navigator.picked.emit(floor.place.floor.day)
    gate.set()
    floor.wait(lambda: not operations.running_count())
    floor.place.floor._read()
    floor.wait(lambda: floor.place.floor.read.stay(other.visit_id) is not None)
    assert cards.current == floor.stay.visit_id
