"""My decisions by keys: who is here first, one key shows, another answers, words where they are needed."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Clearance, Order, Screening
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.ordering import write_order
from clinic_desktop.scheduling.reviews import Review
from clinic_desktop.treatment.asked import Asked, ask
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.request import RequestKind
from clinic_desktop.treatment.session import standing
from clinic_desktop.treatment.slip_rules import CLOSED_ALREADY
from clinic_desktop.treatment.told import ToldWord
from clinic_desktop.ui.decisions import answering
from clinic_desktop.ui.decisions.panel import WIDTH
from clinic_desktop.ui.decisions.watch import DecisionsWatch
from clinic_desktop.ui.decisions.words import ANSWERS
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.rail import RailButton
from clinic_desktop.ui.widgets.button import Button
from tests.small_clinic import MONDAY, SmallClinic, at, instant
from tests.treatment.stays import K, Stay, booked
from tests.treatment.test_course import treated
from tests.ui.decisions.conftest import Keyboard

Open = Callable[..., Keyboard]
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DAY = timedelta(days=1)


@pytest.fixture
def high(clinic: SmallClinic) -> Stay:
    """Amara waits for her dose with 152/96."""
    stay = booked(clinic).prepared()
    stay.vitals(152, 96)
    return stay


@pytest.fixture
def walked_out(clinic: SmallClinic) -> Stay:
    stay = booked(clinic).sprayed().at(11, 20)
    stay.says(Stamp(kind=K.LEFT_EARLY, at=instant(11, 12), note="walked out"))
    return stay


def test_that_nothing_waits_is_said(open_decisions: Open) -> None:
    decisions = open_decisions()
    assert decisions.place.nobody.isVisible()
    assert decisions.place.count.text() == "Nothing waits."
    decisions.press(Key.Key_F8)
    assert decisions.rows == []


def test_a_pressure_is_read_with_one_key_and_accepted_with_another(
    clinic: SmallClinic, open_decisions: Open, high: Stay
) -> None:
    decisions = open_decisions()
    assert decisions.rows == [
        "Okafor, Amara. Pressure: Pressure 152/96 at 10:10 AM. Accept it, or let it be taken again.. here. "
        "10:10 AM"
    ]
    assert decisions.focus is decisions.place.list
    decisions.press(Key.Key_F8).press(Key.Key_F8)
    assert decisions.said == "Read it. Enter: Accept it"
    assert high.stamps(K.PRESSURE_ACCEPTED) == []
    decisions.press(Key.Key_Return)
    (accepted,) = high.stamps(K.PRESSURE_ACCEPTED)
    assert (accepted.by, accepted.systolic) == (clinic.lin.id, 152)
    assert decisions.said == (
        "Okafor, Amara: the pressure is accepted. Strike it out on the floor if that was wrong."
    )
    assert decisions.place.nobody.isVisible()


def test_enter_shows_everything_and_escape_goes_back(
    clinic: SmallClinic, open_decisions: Open, high: Stay
) -> None:
    decisions = open_decisions().press(Key.Key_Return)
    assert decisions.panel.isVisible()
    assert decisions.panel.about.text().split("\n") == [
        "Pressure 152/96 at 10:10 AM. Accept it, or let it be taken again.",
        "Spravato 56 mg on Mon, Nov 16",
        "The patient is in the house.",
    ]
    assert decisions.focus is decisions.panel.about
    decisions.press(Key.Key_Return)
    assert high.stamps(K.PRESSURE_ACCEPTED) == [], "it was read by Enter, and is not answered by it"
    decisions.press(Key.Key_Escape)
    assert not decisions.panel.isVisible()
    assert decisions.focus is decisions.place.list
    assert high.stamps(K.PRESSURE_ACCEPTED) == []


def test_the_row_that_is_read_stays_in_sight_beside_its_panel(
    clinic: SmallClinic, open_decisions: Open, high: Stay
) -> None:
    """The panel leaves the list less room, and each row takes more lines."""
    note = "Water and a little food first, then the blood pressure once more, and the rest as it was planned"
    for number in range(12):
        high.says(Stamp(kind=K.SAID, told_by=clinic.lin.id, note=f"{number}: {note}"))
    decisions = open_decisions(size=(1100, 500))
    decisions.press(Key.Key_End).press(Key.Key_Return)
    rows = decisions.place.list

    def is_seen() -> bool:
        row = rows.visualRect(rows.currentIndex())
        return rows.visibleRegion().boundingRect().contains(row.center())

    assert rows.currentIndex().row() == 12
    decisions.qtbot.waitUntil(is_seen)


def test_an_incident_asks_for_words(clinic: SmallClinic, open_decisions: Open, walked_out: Stay) -> None:
    walked_out.is_(K.TOLD, person="Dr. Lin")
    walked_out.called()
    decisions = open_decisions().press(Key.Key_F8)
    assert decisions.panel.words_row.problem == "", "nobody has answered anything yet"
    assert decisions.said == "Say what was decided. Enter: Close the incident"
    assert decisions.focus is decisions.panel.words
    decisions.press(Key.Key_Return)
    assert decisions.panel.words_row.problem == "Say what was decided."
    assert walked_out.incidents()[0].closed_by is None
    assert "Said of it: walked out" in decisions.panel.about.text()
    decisions.type("called her, is well").press(Key.Key_Return)
    (closed,) = walked_out.incidents()
    assert (closed.answer, closed.closed_by) == ("called her, is well", clinic.lin.id)
    assert not decisions.panel.isVisible()


@pytest.fixture
def moved_earlier(clinic: SmallClinic) -> Stay:
    """The end of her infusion was corrected from 10:55 to 10:40."""
    stay = booked(clinic, "IVM").infused().at(10, 58)
    stay.corrected(K.INFUSION_STOP, instant(10, 40), "pump stopped 10:40")
    return stay


def test_an_earlier_time_is_put_before_the_prescriber_with_both_times_and_the_reason(
    open_decisions: Open, moved_earlier: Stay
) -> None:
    assert moved_earlier.incidents()
    decisions = open_decisions().press(Key.Key_F8)
    said = decisions.panel.about.text()
    assert "Infusion ended: was 10:55 AM, now 10:40 AM." in said
    assert "Why: pump stopped 10:40" in said
    assert "Until you answer, the later time counts" in said
    assert decisions.panel.say_yes.text() == "Earlier is right"
    assert decisions.panel.say_no.text() == "First is right"
    for button in (decisions.panel.say_yes, decisions.panel.say_no):
        assert button.width() >= button.sizeHint().width(), button.text()


def test_words_alone_answer_nothing_where_yes_and_no_both_have_some(
    open_decisions: Open, moved_earlier: Stay
) -> None:
    decisions = open_decisions().press(Key.Key_F8)
    decisions.type("No. Keep the first one").press(Key.Key_Return)
    assert decisions.focus is decisions.panel.say_yes
    assert moved_earlier.incidents()[0].closed_at is None
    decisions.press(Key.Key_Return)
    assert moved_earlier.incidents()[0].closed_by is not None


def test_a_no_puts_the_first_time_back(open_decisions: Open, moved_earlier: Stay) -> None:
    decisions = open_decisions().press(Key.Key_F8, SHIFT)
    decisions.type("the pump says 10:55").press(Key.Key_Return)
    assert moved_earlier.incidents()[0].answer == "the pump says 10:55"
    assert standing(moved_earlier.stamps()).infusion_ended_at == instant(10, 55)


def test_s8_a_review_that_a_course_owes_is_answered_in_words(
    clinic: SmallClinic, open_decisions: Open
) -> None:
    treated(clinic, 29, 25, 22, 18, 15, 11, 8, 4)
    decisions = open_decisions()
    (row,) = decisions.rows
    assert row.startswith(
        "Okafor, Amara. Review: The review after week 4 of Spravato is due since Sun, Nov 15."
    )
    decisions.press(Key.Key_F8)
    assert decisions.panel.words_row.problem == ""
    decisions.type("Better. Weekly from now on.").press(Key.Key_Return)
    assert decisions.rows == []
    with clinic.store.read() as records:
        (word,) = records.find(Review)
    assert (word.words, word.by, word.on) == ("Better. Weekly from now on.", clinic.lin.id, MONDAY)


def test_s8_the_floor_leads_to_the_review(clinic: SmallClinic, open_decisions: Open) -> None:
    treated(clinic, 29, 25, 22, 18, 15, 11, 8, 4)
    decisions = open_decisions()
    decisions.place.show_review(clinic.amara.id)
    decisions.wait()
    assert decisions.panel.isVisible()
    assert decisions.focus is decisions.panel.words


def test_a_walk_out_is_not_closed_before_the_calls_and_the_panel_says_so(
    clinic: SmallClinic, open_decisions: Open, walked_out: Stay
) -> None:
    decisions = open_decisions().press(Key.Key_F8).type("is well").press(Key.Key_Return)
    assert decisions.panel.words_row.problem.startswith("Not on record yet: prescriber told and called.")
    assert decisions.panel.typed == "is well"
    assert walked_out.incidents()[0].closed_at is None


def test_an_override_is_allowed_with_the_reason_that_was_given(
    clinic: SmallClinic, open_decisions: Open
) -> None:
    stay = booked(clinic, plan=None).prepared()
    ask(clinic.store, clinic.nurse, stay.visit_id, "driver", "her sister comes at noon")
    open_decisions().press(Key.Key_F8).press(Key.Key_Return)
    given = [(one.rule, one.reason, one.by) for one in stay.overrides() if not one.deviation]
    assert given == [("driver", "her sister comes at noon", clinic.lin.id)]


def test_a_no_has_words(clinic: SmallClinic, open_decisions: Open) -> None:
    stay = booked(clinic, plan=None).prepared()
    ask(clinic.store, clinic.nurse, stay.visit_id, "driver", "nobody answers")
    decisions = open_decisions().press(Key.Key_F8, SHIFT)
    assert decisions.panel.words_row.problem == "", "nobody has answered anything yet"
    decisions.press(Key.Key_Return)
    assert decisions.panel.words_row.problem == "Say why. Whoever asked reads it."
    decisions.type("wait for the sister").press(Key.Key_F8, SHIFT)
    with clinic.store.read() as records:
        (one,) = records.find(Asked)
    assert (one.allowed, one.answer) == (False, "wait for the sister")
    assert [one for one in stay.overrides() if not one.deviation] == []


def test_a_told_word_is_signed_and_denied_with_words(
    clinic: SmallClinic, open_decisions: Open, high: Stay
) -> None:
    told = Stamp(kind=K.PRESSURE_ACCEPTED, told_by=clinic.lin.id, person=clinic.lin.name)
    high.says(told)
    said = Stamp(kind=K.SAID, told_by=clinic.lin.id, person=clinic.lin.name, note="84 mg next time")
    high.at(10, 12).says(said)
    decisions = open_decisions()
    assert [one.split(": ")[0] for one in decisions.rows] == ["Okafor, Amara. Signature"] * 2
    decisions.press(Key.Key_F8).press(Key.Key_Return)
    decisions.press(Key.Key_F8, SHIFT).type("56 mg, I said").press(Key.Key_Return)
    with clinic.store.read() as records:
        assert [one.agreed for one in records.find(ToldWord)] == [True, False]
    assert [one.codes for one in high.incidents()] == [("told-denied",)]


def test_a_clearance_is_renewed_and_how_it_is_taken_back_is_said(
    clinic: SmallClinic, open_decisions: Open
) -> None:
    booked(clinic, "IVM", day=MONDAY + 4 * DAY)
    with clinic.store.write(clinic.prescriber) as unit:
        (cleared,) = unit.find(Clearance, patient_id=clinic.amara.id, modality="iv")
        unit.save(replace(cleared, until=MONDAY + 2 * DAY))
        unit.commit()
    decisions = open_decisions(at=instant(9))
    assert [one.split(": ")[0] for one in decisions.rows] == ["Okafor, Amara. Renewal"]
    decisions.press(Key.Key_F8).press(Key.Key_Return)
    with clinic.store.read() as records:
        newest = records.find(Clearance, patient_id=clinic.amara.id, modality="iv")[-1]
    assert (newest.on, newest.cleared_by) == (MONDAY, clinic.lin.id)
    assert decisions.rows == []
    assert decisions.said == (
        "Okafor, Amara: the clearance for IV ketamine is renewed. "
        "Withdraw it on the patient's page if that was wrong."
    )


def test_an_order_is_written_on_the_patients_page(clinic: SmallClinic, open_decisions: Open) -> None:
    booked(clinic, day=MONDAY + 14 * DAY)
    order = Order(patient_id=clinic.amara.id, modality="spravato", drug="esketamine", route="nasal", dose=56)
    write_order(clinic.store, clinic.prescriber, replace(order, valid_to=MONDAY + 7 * DAY))
    decisions = open_decisions(at=instant(9)).press(Key.Key_Return)
    assert decisions.panel.say_yes.text() == "Order on the patient's page"
    assert not decisions.panel.words_row.isVisible()


def test_a_nurse_reads_what_waits_and_answers_nothing(
    clinic: SmallClinic, open_decisions: Open, high: Stay
) -> None:
    decisions = open_decisions(clinic.nurse).press(Key.Key_F8)
    assert decisions.said == "A prescriber decides this."
    decisions.press(Key.Key_Return)
    assert decisions.panel.say_yes.missing == ("A prescriber decides this.",)
    assert high.stamps(K.PRESSURE_ACCEPTED) == []


def test_what_is_typed_stays_while_other_desks_write(
    clinic: SmallClinic, open_decisions: Open, walked_out: Stay
) -> None:
    decisions = open_decisions().press(Key.Key_F8).type("called her")
    walked_out.is_(K.NOTE, note="is home")
    decisions.news()
    assert decisions.panel.typed == "called her"
    assert decisions.focus is decisions.panel.words


def test_another_place_leads_to_the_answer_of_its_incident(
    clinic: SmallClinic, open_decisions: Open, walked_out: Stay
) -> None:
    decisions = open_decisions()
    decisions.place.show_incident(walked_out.incidents()[0].id)
    decisions.wait()
    assert decisions.panel.isVisible()
    assert decisions.focus is decisions.panel.words


def test_the_rail_counts_what_is_open(
    qtbot: QtBot, clinic: SmallClinic, open_decisions: Open, high: Stay
) -> None:
    decisions = open_decisions()
    watch = DecisionsWatch(decisions.shell, decisions.desk)
    watch.start()
    decisions.wait()
    button = next(one for one in decisions.shell.findChildren(RailButton) if one.place_id == "decisions")
    assert button.accessibleDescription() == "1 waiting, Alt 8"
    assert button._tone is Tone.DANGER
    high.says(Stamp(kind=K.PRESSURE_ACCEPTED), by=clinic.prescriber)
    watch.look()
    decisions.wait()
    assert button.accessibleDescription() == "Alt 8"


@pytest.mark.parametrize("size", [(1366, 730), (683, 384)])
def test_it_is_worked_by_keys_in_a_small_window_too(
    clinic: SmallClinic, open_decisions: Open, high: Stay, size: tuple[int, int]
) -> None:
    decisions = open_decisions(size=size).press(Key.Key_Return)
    panel = decisions.panel
    assert panel.say_yes.isVisible()
    assert panel.rect().contains(panel.say_yes.geometry())
    decisions.press(Key.Key_F8).press(Key.Key_Return)
    assert len(high.stamps(K.PRESSURE_ACCEPTED)) == 1


def test_a_consultation_that_nobody_decided_on_is_decided_against_in_words(
    clinic: SmallClinic, open_decisions: Open
) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        for one in unit.find(Clearance, patient_id=clinic.amara.id):
            unit.save(replace(one, withdrawn_at=unit.at))
        unit.commit()
    talk = Stay(clinic, book(clinic.store, clinic.desk, clinic.wish("CON", 540)).visits[0].id)
    talk.at(9, 2).is_(K.IN_ROOM)
    talk.at(10).is_(K.LEFT)
    decisions = open_decisions(at=at(MONDAY, 11)).press(Key.Key_W, CTRL)
    assert decisions.focus is decisions.panel.words
    decisions.type("uncontrolled hypertension").press(Key.Key_Return)
    assert decisions.rows == []


def test_a_held_or_repeated_key_answers_no_second_row(
    clinic: SmallClinic, open_decisions: Open, high: Stay
) -> None:
    for n, words in enumerate(("84 mg next time", "no more than 56 mg")):
        said = Stamp(kind=K.SAID, told_by=clinic.lin.id, person=clinic.lin.name, note=words)
        high.at(10, 12 + n).says(said)
    decisions = open_decisions()
    decisions.place.list.setCurrentIndex(decisions.place.list.model().index(1, 0))
    for _ in range(4):
        decisions.press(Key.Key_F8)
    assert signed(clinic) == []
    decisions.press(Key.Key_Return)
    assert signed(clinic) == [True]
    assert decisions.focus is decisions.place.list
    for _ in range(3):
        decisions.hold(Key.Key_Return)
    for _ in range(3):
        decisions.press(Key.Key_F8)
        decisions.hold(Key.Key_Return)
    assert signed(clinic) == [True]


def signed(clinic: SmallClinic) -> list[bool | None]:
    with clinic.store.read() as records:
        return [one.agreed for one in records.find(ToldWord) if one.answered_at is not None]


def unreviewed(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        for one in unit.find(Clearance, patient_id=clinic.amara.id):
            unit.save(replace(one, withdrawn_at=unit.at))
        for other in unit.find(Screening, patient_id=clinic.amara.id):
            unit.save(replace(other, reviewed_by=None, reviewed_at=None))
        unit.commit()


def test_h2_nobody_is_cleared_from_the_list_before_the_check_list_is_reviewed(
    clinic: SmallClinic, open_decisions: Open
) -> None:
    talk = Stay(clinic, book(clinic.store, clinic.desk, clinic.wish("CON", 540)).visits[0].id)
    unreviewed(clinic)
    booked(clinic, "IVM", day=MONDAY + 2 * DAY)
    talk.at(9, 5).is_(K.IN_ROOM)
    decisions = open_decisions().press(Key.Key_F8).press(Key.Key_Return)
    says = (
        "The check list of Okafor, Amara is not reviewed yet. Open the patient, review it there, then clear."
    )
    assert decisions.panel.say_yes.missing == (says,)
    assert decisions.panel.isVisible()
    decisions.panel.confirm()
    decisions.wait()
    assert decisions.said == says
    with clinic.store.read() as records:
        assert [one for one in records.find(Clearance, modality="iv") if one.withdrawn_at is None] == []


def test_a_pressure_is_sent_to_be_taken_again(clinic: SmallClinic, open_decisions: Open, high: Stay) -> None:
    decisions = open_decisions().press(Key.Key_F8, SHIFT).press(Key.Key_F8, SHIFT)
    assert high.stamps(K.NOTE) == []
    decisions.press(Key.Key_Return)
    assert [(one.note, one.by) for one in high.stamps(K.NOTE)] == [
        ("Take the pressure again.", clinic.lin.id)
    ]
    assert "To be taken again, it was said at 10:10 AM." in decisions.rows[0]
    assert high.stamps(K.PRESSURE_ACCEPTED) == []


def test_enter_after_the_words_of_a_no_says_no(clinic: SmallClinic, open_decisions: Open) -> None:
    stay = booked(clinic, plan=None).prepared()
    ask(clinic.store, clinic.nurse, stay.visit_id, "driver", "nobody answers")
    open_decisions().press(Key.Key_F8, SHIFT).type("wait for the sister").press(Key.Key_Return)
    with clinic.store.read() as records:
        (one,) = records.find(Asked)
    assert (one.allowed, one.answer) == (False, "wait for the sister")


def test_ctrl_enter_after_the_words_of_a_no_is_no_yes(clinic: SmallClinic, open_decisions: Open) -> None:
    stay = booked(clinic, plan=None).prepared()
    ask(clinic.store, clinic.nurse, stay.visit_id, "driver", "nobody answers")
    open_decisions().press(Key.Key_F8, SHIFT).type("wait for the sister").press(Key.Key_Return, CTRL)
    with clinic.store.read() as records:
        (one,) = records.find(Asked)
    assert (one.allowed, one.answer) == (False, "wait for the sister")


def test_a_prescriber_says_not_today_with_words(
    clinic: SmallClinic, open_decisions: Open, high: Stay
) -> None:
    decisions = open_decisions().press(Key.Key_W, CTRL).type("send her home")
    decisions.press(Key.Key_E, CTRL)
    assert high.stamps(K.NOTE) == []
    decisions.press(Key.Key_Return)
    decisions.wait()
    assert [(one.note, one.by) for one in high.stamps(K.NOTE)] == [
        ("Not treated today. send her home", clinic.lin.id)
    ]
    decisions.qtbot.waitUntil(lambda: "Not treated today, it was said at 10:10 AM." in decisions.rows[0])
    assert high.stamps(K.PRESSURE_ACCEPTED) == []


def test_after_the_dose_nobody_is_sent_home_by_a_word(clinic: SmallClinic, open_decisions: Open) -> None:
    stay = booked(clinic).sprayed()
    stay.at(11).vitals(186, 112)
    decisions = open_decisions().press(Key.Key_Return)
    assert decisions.panel.say_end.isHidden()
    decisions.press(Key.Key_E, CTRL).press(Key.Key_Return)
    assert [one.note for one in stay.stamps(K.NOTE)] == []


def test_the_answers_to_a_consultation_can_be_read(clinic: SmallClinic, open_decisions: Open) -> None:
    panel = open_decisions(at=instant(10)).panel
    panel.say_yes.setText(ANSWERS[RequestKind.CONSULTATION].yes)
    panel.say_no.setText(ANSWERS[RequestKind.CONSULTATION].no)
    margins = 2 * 16 + 8
    assert panel.say_yes.sizeHint().width() + panel.say_no.sizeHint().width() + margins <= WIDTH


def test_once_answered_a_second_enter_before_the_list_is_read_again_answers_nothing(
    clinic: SmallClinic, open_decisions: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked(clinic, "IVM", day=MONDAY + 4 * DAY)
    with clinic.store.write(clinic.prescriber) as unit:
        (cleared,) = unit.find(Clearance, patient_id=clinic.amara.id, modality="iv")
        unit.save(replace(cleared, until=MONDAY + 2 * DAY))
        unit.commit()
    decisions = open_decisions(at=instant(9))
    monkeypatch.setattr(decisions.place, "look", lambda: None)
    decisions.press(Key.Key_F8).press(Key.Key_Return)
    assert not decisions.panel.isVisible()
    decisions.press(Key.Key_Return)
    with clinic.store.read() as records:
        assert len(records.find(Clearance, patient_id=clinic.amara.id, modality="iv")) == 2


def test_in_a_small_window_both_times_are_seen_while_it_is_answered(
    open_decisions: Open, moved_earlier: Stay
) -> None:
    decisions = open_decisions(size=(683, 365)).press(Key.Key_F8)  # a 1366 x 730 screen at 200 %
    about = decisions.panel.about
    assert decisions.focus is decisions.panel.words
    last = about.text().split("\n")[-2:]
    assert last == ["Infusion ended: was 10:55 AM, now 10:40 AM.", "Why: pump stopped 10:40"]
    line = about.fontMetrics().lineSpacing()
    decisions.qtbot.waitUntil(lambda: about.visibleRegion().boundingRect().bottom() >= about.height() - 1)
    assert about.visibleRegion().boundingRect().height() >= 2 * line


@dataclass
class Held:
    """A server that answers once it is told to."""

    going: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    problem: ClinicProblem | None = None

    def begin(self, decisions: Keyboard, row: int) -> None:
        """Sign the words of a row, and go on once it waits."""
        at_row(decisions, row)
        decisions.press(Key.Key_F8)
        decisions.qtbot.keyClick(decisions.focus, Key.Key_Return)
        decisions.qtbot.waitUntil(self.going.is_set)

    def answer(self, decisions: Keyboard) -> None:
        self.over.set()
        decisions.wait()


def at_row(decisions: Keyboard, row: int) -> None:
    decisions.place.list.setCurrentIndex(decisions.place.list.model().index(row, 0))


@pytest.fixture
def two_told(
    clinic: SmallClinic, open_decisions: Open, high: Stay, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Keyboard, Held]]:
    """Two words were told, and the server is slow to sign one."""
    for n, note in enumerate(("84 mg next time", "no more than 56 mg")):
        said = Stamp(kind=K.SAID, told_by=clinic.lin.id, person=clinic.lin.name, note=note)
        high.at(10, 12 + n).says(said)
    made, cosign = Held(), answering.cosign

    def slow(*asked: object) -> Changes:
        made.going.set()
        assert made.over.wait(60)
        if made.problem is not None:
            raise made.problem
        return cosign(*asked)  # type: ignore[arg-type]  # handed on as it was asked

    monkeypatch.setattr(answering, "cosign", slow)
    yield open_decisions(), made
    made.over.set()


def test_what_is_answered_late_leaves_the_words_of_the_next_one(
    clinic: SmallClinic, two_told: tuple[Keyboard, Held]
) -> None:
    decisions, held = two_told
    held.begin(decisions, 1)
    at_row(decisions, 2)
    decisions.panel.words.setFocus()
    decisions.qtbot.keyClicks(decisions.focus, "no, 84 mg")
    held.answer(decisions)
    assert signed(clinic) == [True]
    assert decisions.panel.isVisible()
    assert decisions.panel.typed == "no, 84 mg"
    assert decisions.focus is decisions.panel.words
    assert "no more than 56 mg" in decisions.panel.about.text()


@pytest.mark.parametrize(
    "problem", [BadInput({"answer": Finding(CLOSED_ALREADY)}), Refusal([Finding(CLOSED_ALREADY)])]
)
def test_what_is_refused_late_leaves_the_words_of_the_next_one(
    clinic: SmallClinic, two_told: tuple[Keyboard, Held], problem: ClinicProblem
) -> None:
    decisions, held = two_told
    held.problem = problem
    held.begin(decisions, 1)
    at_row(decisions, 2)
    decisions.panel.words.setFocus()
    decisions.qtbot.keyClicks(decisions.focus, "no, 84 mg")
    held.answer(decisions)
    assert signed(clinic) == []
    assert decisions.panel.typed == "no, 84 mg"
    assert decisions.focus is decisions.panel.words
    assert decisions.panel.refusal.isHidden()
    (notice,) = decisions.shell.notices.notices()
    assert notice.accessibleName().startswith("Not answered. Okafor, Amara")
    assert CLOSED_ALREADY.sentence in notice.accessibleName()
    notice.findChild(Button, "").click()
    decisions.wait()
    assert "84 mg next time" in decisions.panel.about.text()
