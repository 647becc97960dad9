"""Alarms in the window: watched whatever place is shown, said with room and reason, answered by somebody."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.treatment.alarm_records import AlarmAnswer, AlarmKind, HelpCall
from clinic_desktop.treatment.calling import answer_alarm, read_house
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.alarms import watch as watching
from clinic_desktop.ui.alarms.help_dialog import HelpDialog
from clinic_desktop.ui.dialogs import ReasonDialog
from clinic_desktop.ui.first_run.person_picker import PersonPicker
from clinic_desktop.ui.floor.place import FloorPlace
from clinic_desktop.ui.floor.reading import room_places
from clinic_desktop.ui.sound import Trouble, Tune
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, Stay, booked
from tests.ui.alarms.conftest import Watched

K_ = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | SHIFT


def sprayed(clinic: SmallClinic) -> int:
    """A first device at 10:10: the 40-minute pressure is due at 10:50."""
    return booked(clinic).prepared().device().visit.id


def answers(clinic: SmallClinic) -> list[AlarmAnswer]:
    with clinic.store.read() as records:
        return records.find(AlarmAnswer)


def room_of(watched: Watched) -> str:
    """The room of the first visit."""
    room = watched.clinic.visit(1).room_id
    return next(one.name for one in watched.desk.setup.rooms if one.id == room)


def test_a_late_check_is_counted_in_the_rail_whatever_place_is_shown(watched: Watched) -> None:
    sprayed(watched.clinic)
    watched.at(10, 20).start()
    assert watched.window.current == "board"
    assert watched.at(10, 50).badge == watched.at(10, 20).badge
    assert watched.at(10, 51).badge == "1 waiting"
    assert watched.title == ""


def test_five_minutes_late_every_place_shows_room_and_reason(watched: Watched) -> None:
    sprayed(watched.clinic)
    watched.at(10, 20).start().at(10, 54)
    assert (watched.title, watched.ear.heard) == ("", [])
    watched.at(10, 55)
    assert watched.title == f"{room_of(watched)}, Okafor, Amara: the 40-minute pressure is late"
    assert watched.banner is not None
    assert watched.banner.text == "Due at 10:50 AM."
    assert watched.ear.heard == [Tune.CHECK]


def test_it_sounds_once_then_every_five_minutes_until_it_is_answered(watched: Watched) -> None:
    sprayed(watched.clinic)
    watched.at(10, 20).start()
    counts = [len(watched.at(10, minute).ear.heard) for minute in range(54, 59)]
    assert counts == [0, 1, 1, 1, 1]
    assert len(watched.at(11).ear.heard) == 2
    watched.press(K_.Key_F12, CTRL_SHIFT)
    watched.wait(lambda: bool(answers(watched.clinic)))
    assert len(watched.at(11, 30).ear.heard) == 2
    assert watched.banner is not None
    assert "answered at 11:00 AM" in watched.banner.text
    assert [one.text for one in watched.banner.actions] == ["Go there"]


def test_once_it_is_recorded_nothing_stands(watched: Watched) -> None:
    sprayed(watched.clinic)
    watched.at(10, 20).start().at(10, 56)
    watched.desk.hub.tell(Stay(watched.clinic, 1).vitals().changes)  # at another desk
    watched.wait(lambda: watched.banner is None)
    assert watched.badge != "1 waiting"


def test_what_another_desk_answers_is_quiet_here_too(watched: Watched) -> None:
    sprayed(watched.clinic)
    watched.at(10, 20).start().at(10, 55)
    alarm = watched.watch.standing[0].alarm
    watched.desk.hub.tell(answer_alarm(watched.clinic.store, watched.clinic.prescriber, alarm))
    watched.wait(lambda: bool(watched.watch.standing[0].answered_by))
    assert len(watched.at(11, 20).ear.heard) == 1


def test_a_limit_sounds_at_once_and_stands_until_the_prescriber_was_told(watched: Watched) -> None:
    stay = booked(watched.clinic).sprayed()
    watched.at(10, 55).start()
    watched.clinic.clock.at = instant(11)
    watched.desk.hub.tell(stay.vitals(168, 104).changes)
    watched.wait(lambda: bool(watched.ear.heard))
    assert watched.ear.heard == [Tune.LIMIT]
    assert watched.title.endswith("Okafor, Amara: pressure 168/104, tell the prescriber")
    assert watched.at(11, 30).badge == "1 waiting"  # one patient, though the repeated pressure is late too
    watched.desk.hub.tell(stay.at(11, 31).is_(K.TOLD, person="Dr. Lin").changes)
    watched.wait(lambda: "tell" not in watched.title)


def test_a_low_oxygen_sounds_as_a_limit_and_stands_until_it_is_usual(watched: Watched) -> None:
    stay = booked(watched.clinic).sprayed()
    watched.at(10, 55).start()
    watched.clinic.clock.at = instant(11)
    low = Stamp(kind=K.VITALS, systolic=124, diastolic=78, oxygen=90)
    watched.desk.hub.tell(stay.says(low).changes)
    watched.wait(lambda: bool(watched.ear.heard))
    assert watched.ear.heard == [Tune.LIMIT]
    assert watched.title.endswith("Okafor, Amara: oxygen 90, tell the prescriber")
    watched.desk.hub.tell(stay.at(11, 3).vitals().changes)
    watched.wait(lambda: "oxygen" not in watched.title)


def test_who_waits_to_be_fetched_is_looked_for_in_the_chair(watched: Watched) -> None:
    stay = booked(watched.clinic).sprayed()
    stay.at(11).vitals(168, 104)
    stay.at(11, 2).is_(K.WAITING)
    watched.at(11, 3).start()
    assert watched.title == "Waiting chair, Okafor, Amara: pressure 168/104, tell the prescriber"


def test_a_pressure_of_an_infusion_is_shown_and_never_sounds(watched: Watched) -> None:
    stay = booked(watched.clinic, "IVM").prepared().at(10, 15)
    stay.is_(K.INFUSION_START, dose=35.0, unit="mg")
    watched.at(10, 20).start().at(10, 29)
    assert watched.title == ""
    watched.at(10, 30)
    assert watched.title.endswith("a pressure is late")
    assert watched.ear.heard == []


def test_a_desk_that_starts_hears_what_nobody_has_answered(watched: Watched) -> None:
    sprayed(watched.clinic)
    watched.clinic.clock.at = instant(11, 2)
    assert watched.start().ear.heard == [Tune.CHECK]


def test_a_desk_that_starts_hears_nothing_of_what_was_answered(watched: Watched) -> None:
    sprayed(watched.clinic)
    watched.clinic.clock.at = instant(11, 2)
    with watched.clinic.store.read() as records:
        (one,) = read_house(records, instant(11, 2)).standing(instant(11, 2))
    answer_alarm(watched.clinic.store, watched.clinic.nurse, one.alarm)
    assert watched.start().ear.heard == []


@pytest.mark.parametrize("nobody", [True, False])
def test_where_names_may_not_be_seen_only_room_and_initials_are(watched: Watched, nobody: bool) -> None:
    """A locked computer has nobody at work; the wall is seen by everybody."""
    sprayed(watched.clinic)
    watched.at(10, 20).start().at(10, 56)
    if nobody:
        watched.desk.act_as(Actor(0, frozenset()))
    else:
        watched.window.place("calls").names_people = False
        watched.window.go("calls")
    watched.wait(lambda: "Okafor" not in watched.title)
    assert watched.title.endswith(", A. O.")
    assert watched.banner is not None
    assert (watched.banner.text, watched.banner.actions) == ("", ())
    watched.watch.answer()
    watched.wait()
    assert answers(watched.clinic) == []


def test_the_key_goes_to_the_alarm_from_anywhere(watched: Watched) -> None:
    visit = sprayed(watched.clinic)
    watched.at(10, 20).start().at(10, 52)
    watched.press(K_.Key_F12, SHIFT)
    assert watched.window.current == "floor"
    floor = watched.window.place("floor")
    watched.wait(lambda: floor.chosen_room() is not None)
    assert floor.view.list.current == visit


def test_while_the_store_does_not_answer_what_is_known_becomes_late(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    sprayed(watched.clinic)
    watched.at(10, 20).start()

    def away(*_args: object) -> None:
        raise EnvironmentFailure("away")

    monkeypatch.setattr(watching, "_read", away)
    watched.at(10, 56)
    assert watched.title.endswith("the 40-minute pressure is late")
    assert watched.ear.heard == [Tune.CHECK]


def test_an_idle_window_looks_once_a_minute_when_the_clock_shows_another(watched: Watched) -> None:
    watched.at(10, 20).start().at(10, 20, 45)
    assert watched.watch.wait_ms == 15_020


# Without sound.


@pytest.mark.parametrize("wrong", [Trouble.NO_DEVICE, Trouble.MUTED])
def test_without_sound_it_is_said_and_the_banner_comes_one_level_earlier(
    watched: Watched, wrong: Trouble
) -> None:
    sprayed(watched.clinic)
    watched.ear.wrong = wrong
    watched.at(10, 20).start()
    mark = watched.window.top_bar.no_sound
    assert mark.isVisible()
    assert "Alarms do not sound here" in mark.accessibleName()
    assert watched.at(10, 50).title == ""
    assert watched.at(10, 51).title.endswith("the 40-minute pressure is late")


def test_the_mark_goes_once_it_can_sound(watched: Watched) -> None:
    watched.ear.wrong = Trouble.MUTED
    watched.at(10).start()
    watched.ear.wrong = None
    watched.at(10, 5)
    assert watched.window.top_bar.no_sound.isVisible()
    watched.at(10, 10)
    assert not watched.window.top_bar.no_sound.isVisible()


def test_the_sound_test_plays_all_three(watched: Watched) -> None:
    watched.at(10).start().press(K_.Key_F11, CTRL_SHIFT)
    assert watched.ear.heard == list(Tune)
    (said,) = watched.window.notices.notices()
    assert "If you heard nothing" in said.accessibleName()


# Help.


def test_help_is_called_to_the_room_of_who_is_chosen_by_f12_and_enter(watched: Watched) -> None:
    visit = sprayed(watched.clinic)
    watched.at(10, 20).start()
    watched.window.go("floor")
    floor = watched.window.place("floor")
    watched.wait(lambda: floor.chosen_room() is not None)
    watched.press(K_.Key_F12)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HelpDialog)
    dialog.list.setFocus()
    watched.qtbot.keyClick(dialog.list, K_.Key_Return)
    watched.wait(lambda: bool(watched.ear.heard))
    assert watched.ear.heard == [Tune.HELP]
    with watched.clinic.store.read() as records:
        (call,) = records.find(HelpCall)
    assert call.room_id == watched.clinic.visit(visit).room_id
    assert watched.title == f"{room_of(watched)}, Okafor, Amara: help is called"


def test_help_waits_for_no_dialog(watched: Watched) -> None:
    watched.at(10).start()
    watched.window.act_as()
    watched.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PersonPicker))
    picker = QApplication.activeModalWidget()
    assert isinstance(picker, PersonPicker)
    watched.qtbot.waitUntil(lambda: picker.isActiveWindow() and picker.list.hasFocus())
    watched.press(K_.Key_F12)
    watched.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), HelpDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HelpDialog)
    watched.qtbot.keyClick(dialog.list, K_.Key_2)  # a digit is enough
    watched.wait(lambda: bool(watched.ear.heard))
    with watched.clinic.store.read() as records:
        (call,) = records.find(HelpCall)
    assert call.room_id == rooms_of(watched)[1]
    watched.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is picker)
    picker.reject()


@pytest.mark.parametrize("called", [True, False])
def test_what_stands_half_done_in_a_dialog_stays_there_when_help_is_called(
    watched: Watched, called: bool
) -> None:
    watched.at(10).start()
    reasons = [("chest", "Chest pain"), ("fall", "Fall")]
    taken: list[str] = []
    why = ReasonDialog.ask(
        watched.window, "Transferred: why?", "", reasons, "Record it", lambda _code, text: taken.append(text)
    )
    why.picker.own.setText("Cannot be woken")
    watched.qtbot.waitUntil(lambda: why.isActiveWindow() and QApplication.focusWidget() is not None)
    watched.press(K_.Key_F12)
    watched.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), HelpDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HelpDialog)
    watched.qtbot.keyClick(dialog.list, K_.Key_2 if called else K_.Key_Escape)
    watched.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is why)
    watched.wait(lambda: bool(watched.ear.heard) is called)
    assert why.isVisible()
    why.take.click()
    assert taken == ["Cannot be woken"]


def test_a_computer_without_sound_does_not_say_that_it_sounds(watched: Watched) -> None:
    watched.at(10)
    watched.ear.wrong = Trouble.MUTED
    watched.start()
    watched.window.alarms.call()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HelpDialog)
    assert dialog.accessibleDescription().endswith("This one makes no sound: call out as well.")
    dialog.take.click()
    watched.wait(lambda: watched.window.status_bar.said.startswith("Help is called."))
    assert watched.window.status_bar.said.endswith("This one makes no sound.")
    assert "everywhere" not in watched.window.status_bar.said


def rooms_of(watched: Watched) -> list[int]:
    """The rooms as the floor puts them."""
    places = room_places(watched.desk.setup)
    return sorted(places, key=lambda one: places[one])


def test_help_is_over_once_a_named_person_answers(watched: Watched) -> None:
    watched.at(10).start()
    watched.window.alarms._call(None)
    watched.wait(lambda: watched.title == "Desk floor: help is called")
    watched.window.activateWindow()
    watched.window.setFocus()
    watched.window.commands.run("window.answer-alarm")
    watched.wait(lambda: watched.banner is None)
    (kept,) = answers(watched.clinic)
    assert (kept.kind, kept.by) == (AlarmKind.HELP, watched.clinic.nurse.person_id)
    (told,) = watched.window.notices.notices()
    assert told.accessibleName() == (
        "Desk floor: the call for help is answered. Called at 10:00 AM, Maya Jones answered at 10:00 AM."
    )


def test_one_answer_silences_one_alarm(watched: Watched) -> None:
    sprayed(watched.clinic)
    watched.at(10, 20).start().at(10, 56)
    watched.window.alarms._call(None)
    watched.wait(lambda: watched.title == "Desk floor: help is called")
    assert watched.banner is not None
    assert watched.banner.text.endswith(f"Also: {room_of(watched)}.")
    watched.window.commands.run("window.answer-alarm")
    watched.wait(lambda: watched.title.endswith("the 40-minute pressure is late"))
    assert watched.watch.standing[0].alarm.answer is None


def test_the_banner_says_the_same_from_minute_to_minute(watched: Watched) -> None:
    """Nothing blinks, and a screen reader is not told the same again."""
    sprayed(watched.clinic)
    watched.at(10, 20).start().at(10, 56)
    before = watched.banner
    assert before is not None
    watched.at(10, 59)
    assert watched.banner is before


def test_in_a_small_window_the_day_is_whole_beside_everything_that_presses(watched: Watched) -> None:
    stay = booked(watched.clinic).sprayed()
    stay.at(11).vitals(168, 104)
    watched.ear.wrong = Trouble.NO_DEVICE
    watched.at(11, 30).start()
    watched.window.resize(683, 384)
    floor = watched.window.go("floor")
    watched.window.top_bar.set_messages(3, urgent=True)
    watched.wait()
    assert isinstance(floor, FloorPlace)
    day = floor.navigator._text

    def whole() -> bool:
        return day.visibleRegion().boundingRect().width() >= day.sizeHint().width()

    watched.qtbot.waitUntil(whole)
