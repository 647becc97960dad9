"""While the server is away the alarms go by what this computer keeps, too: at once, and with their sound."""

import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.security.sealed_files import new_key
from clinic_desktop.treatment.alarm_records import AlarmAnswer, AlarmKind, HelpCall
from clinic_desktop.treatment.kept_entries import kept_entry
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.alarms import desk as alarm_desk
from clinic_desktop.ui.alarms.help_dialog import HelpDialog
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.sound import Tune
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import LOT, K, Stay, booked
from tests.ui.alarms.conftest import Ear, Watched
from tests.ui.grab import grab_both
from tests.ui.outage.cut import Cut
from tests.ui.whole_window import whole_window

USUAL = Stamp(kind=K.VITALS, systolic=124, diastolic=78, oxygen=98)
EMERGENCY = Stamp(kind=K.VITALS, systolic=192, diastolic=118, oxygen=97)


@dataclass
class Away(Watched):
    """A window whose line to the server can be cut."""

    line: Cut

    def cut(self) -> "Away":
        self.line.cut = True
        self.desk.outage.gone()
        self.wait()
        return self

    def keep(self, stay: Stay, *stamps: Stamp, by: str = "nurse") -> "Away":
        """As the floor keeps what somebody records now."""
        kept = self.desk.outage.kept
        known = stay.stamps()
        actor, now = getattr(self.clinic, by), self.clinic.clock.now()
        entry = kept_entry(actor, stay.visit_id, stamps, now, "said", known=known)
        self.desk.outage.keep(entry, lambda: None, pytest.fail)
        self.wait(lambda: len(self.desk.outage.kept) > len(kept))
        return self

    def back(self) -> "Away":
        self.line.cut = False
        self.desk.outage.back()
        self.wait(lambda: not self.desk.outage.kept)
        return self

    @property
    def kinds(self) -> list[AlarmKind]:
        return [one.alarm.kind for one in self.watch.standing]


@pytest.fixture
def away(qtbot: QtBot, clinic: SmallClinic, tmp_path: Path) -> Away:
    with clinic.store.read() as records:
        setup = records.setup()
    line = Cut(clinic.store)
    desk = Desk(line, clinic.nurse, clinic.clock, setup)  # type: ignore[arg-type]  # a store but for its line
    made = Away(qtbot, clinic, whole_window(qtbot, desk), desk, Ear(), line)
    desk.outage.keep_in(tmp_path / "kept", new_key())
    made.wait()
    return made


def sprayed(away: Away) -> Stay:
    """Two devices, at 10:10 and 10:15: the 40-minute pressure is due at 10:50."""
    stay = booked(away.clinic).prepared()
    stay.device()
    stay.at(10, 15).device()
    return stay


def test_a_kept_pressure_at_a_limit_sounds_at_once_and_ends_the_late_check(away: Away) -> None:
    stay = sprayed(away)
    away.at(10, 50).start()
    away.at(10, 52).cut()
    assert away.kinds == [AlarmKind.FORTY]
    away.keep(stay, EMERGENCY)
    assert away.title.endswith("Okafor, Amara: pressure 192/118, call the prescriber now")
    assert AlarmKind.FORTY not in away.kinds
    assert away.ear.heard == [Tune.LIMIT]
    assert away.at(10, 56).ear.heard == [Tune.LIMIT]
    assert away.at(10, 57).ear.heard == [Tune.LIMIT] * 2


def test_a_kept_check_ends_the_alarm_and_it_does_not_come_back_with_the_server(away: Away) -> None:
    stay = sprayed(away)
    away.at(10, 54).start()
    away.cut().keep(stay, USUAL)
    away.at(11)
    assert (away.title, away.ear.heard) == ("", [])
    away.at(11, 10).back()
    away.wait(lambda: not away.watch._kept.entries)
    assert (away.title, away.ear.heard) == ("", [])
    assert len(stay.stamps(K.VITALS)) == 2


def test_what_was_saved_counts_on_while_the_house_is_not_read_anew(
    away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It went away again between saving and reading."""
    stay = sprayed(away)
    away.at(10, 54).start()
    away.cut().keep(stay, USUAL)
    away.at(11, 10)
    save = away.desk.outage._given_back

    def and_away(*came: object) -> None:
        away.line.cut = True
        save(*came)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(away.desk.outage, "_given_back", and_away)
    away.back()
    assert (away.title, away.ear.heard) == ("", [])


def test_a_kept_dose_starts_its_forty_minutes_also_of_who_came_meanwhile(away: Away) -> None:
    stay = booked(away.clinic)
    away.at(9, 40).start()
    away.at(9, 50).cut().keep(stay, Stamp(kind=K.ARRIVED))
    away.at(10).keep(stay, Stamp(kind=K.IN_ROOM)).keep(stay, USUAL)
    away.at(10, 10).keep(stay, Stamp(kind=K.DOSE, lot=LOT))
    assert away.at(10, 54).title == ""
    away.at(10, 55)
    assert away.title.endswith("Okafor, Amara: the 40-minute pressure is late")
    assert away.ear.heard == [Tune.CHECK]


def test_who_waits_or_was_moved_meanwhile_is_looked_for_where_they_are(away: Away) -> None:
    stay = sprayed(away)
    away.at(10, 40).start().at(10, 41)
    other = away.clinic.rooms["Infusion 2"]
    away.cut().keep(stay, Stamp(kind=K.MOVED_ROOM, room_id=other.id))
    away.at(10, 52).keep(stay, EMERGENCY)
    assert away.title.startswith(f"{other.name}, Okafor, Amara:")
    away.at(10, 53).keep(stay, Stamp(kind=K.WAITING))
    assert away.title.startswith("Waiting chair, Okafor, Amara:")


def test_a_prescriber_who_acknowledges_meanwhile_ends_the_emergency(away: Away) -> None:
    stay = sprayed(away)
    away.at(10, 50).start()
    away.cut().keep(stay, EMERGENCY)
    assert AlarmKind.EMERGENCY in away.kinds
    accepted = Stamp(kind=K.PRESSURE_ACCEPTED, systolic=192, diastolic=118)
    away.at(10, 53).keep(stay, accepted, by="prescriber")
    assert AlarmKind.EMERGENCY not in away.kinds


# Answers.


def answers(away: Away) -> list[AlarmAnswer]:
    with away.clinic.store.read() as records:
        return records.find(AlarmAnswer)


@pytest.mark.parametrize("known", [True, False])
def test_an_answer_silences_this_computer_and_is_saved_with_its_time(away: Away, known: bool) -> None:
    """known: that the server is away; else the answer is the first to meet it, and that is noticed minutes
    later."""
    sprayed(away)
    away.at(10, 50).start().at(10, 55)
    away.line.cut = True
    away.line.hangs = partial(setattr, away.clinic.clock, "at", instant(10, 58))
    if known:
        away.cut()
    away.window.commands.run("window.answer-alarm")
    away.wait(lambda: bool(away.desk.outage.kept))
    assert [one.patient_id for one in away.desk.outage.kept] == [away.clinic.amara.id]  # whose alarm it is
    assert "Kept on this computer" in away.window.status_bar.said
    assert away.at(11, 20).ear.heard == [Tune.CHECK]
    assert away.banner is not None
    assert "Maya Jones answered at 10:55 AM" in away.banner.text
    assert away.at(11, 30).back().ear.heard == [Tune.CHECK]
    (answer,) = answers(away)
    assert (answer.at, answer.by) == (instant(10, 55), away.clinic.nurse.person_id)
    assert away.at(11, 40).ear.heard == [Tune.CHECK]


def test_a_kept_limit_is_silenced_here_too(away: Away) -> None:
    stay = sprayed(away)
    away.at(10, 50).start()
    away.cut().keep(stay, EMERGENCY)
    away.at(10, 51).watch.answer()
    away.wait(lambda: len(away.desk.outage.kept) == 2)
    assert away.at(11, 10).ear.heard == [Tune.LIMIT]


def test_a_limit_that_was_kept_sounds_once_more_with_the_server_where_it_is_new_to_every_desk(
    away: Away,
) -> None:
    stay = sprayed(away)
    away.at(10, 50).start()
    away.cut().keep(stay, EMERGENCY)
    away.at(10, 51).watch.answer()
    away.wait(lambda: len(away.desk.outage.kept) == 2)
    away.at(11, 10).back()
    away.wait(lambda: not away.watch._kept.entries)
    assert away.ear.heard == [Tune.LIMIT] * 2
    away.watch.answer()
    away.wait(lambda: len(answers(away)) == 2)
    assert away.at(11, 30).ear.heard == [Tune.LIMIT] * 2


def test_help_that_is_answered_meanwhile_is_over_here(away: Away) -> None:
    away.at(10).start()
    away.window.alarms._call(None)
    away.wait(lambda: away.title == "Desk floor: help is called")
    away.cut().watch.answer()
    away.wait(lambda: away.banner is None or away.banner.id != "alarm")
    assert away.title == ""
    away.back()
    (answer,) = answers(away)
    assert answer.kind is AlarmKind.HELP


# A call for help.


def called_here(away: Away) -> HelpDialog:
    away.window.alarms.call()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HelpDialog)
    dialog.take.click()
    return dialog


def said(away: Away) -> list[str]:
    return [one.accessibleName() for one in away.window.notices.notices()]


def test_who_calls_for_help_without_the_server_is_told_that_no_other_screen_says_it(away: Away) -> None:
    away.at(10).start()
    away.cut()
    away.window.alarms.call()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HelpDialog)
    no_other = "The server does not answer: no other screen says it. Call out, or phone."
    assert dialog.accessibleDescription().startswith(no_other)
    grab_both(dialog, "help-alone")
    dialog.take.click()
    assert said(away) == ["Nobody else is called. The server does not answer. Call out, or phone."]
    away.wait(lambda: bool(away.ear.heard))
    assert away.ear.heard == [Tune.HELP]  # who is near hears it
    grab_both(away.window, "help-alone-window", (1366, 768))
    away.back()
    with away.clinic.store.read() as records:
        assert records.find(HelpCall) == []  # and nobody comes running an hour later


def test_a_call_for_help_that_meets_no_server_is_told_with_what_to_do(away: Away) -> None:
    away.at(10).start()
    away.line.cut = True
    called_here(away)
    away.wait(lambda: bool(said(away)))
    assert said(away) == ["Nobody else is called. The server does not answer. Call out, or phone."]
    assert away.desk.outage.away_since is not None
    assert away.ear.heard == [Tune.HELP]


def test_a_server_that_hangs_leaves_nobody_waiting_for_help(
    away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm_desk, "_SOON_MS", 20)
    on, call = threading.Event(), alarm_desk.call_for_help
    monkeypatch.setattr(alarm_desk, "call_for_help", lambda *what: (on.wait(20), call(*what))[1])
    away.at(10).start()
    called_here(away)
    away.qtbot.waitUntil(lambda: bool(away.ear.heard))
    assert said(away) == ["Nobody else may be called yet. The server does not answer. Call out, or phone."]
    on.set()
    away.wait(lambda: away.window.status_bar.said.startswith("Help is called."))
    assert said(away) == []
