"""Scores on the patient's page: typed with the keys alone, read back, seen over the course, corrected."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.instruments import GAD7, PAIN, PHQ9
from clinic_desktop.people.model import Patient
from clinic_desktop.people.scores import Score, typed_score
from clinic_desktop.scheduling.messages import Message
from clinic_desktop.scheduling.scoring import record_scores
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.scores.panel import ScorePanel
from clinic_desktop.ui.scores.plot import ScorePlot
from clinic_desktop.ui.scores.points import courses
from clinic_desktop.ui.scores.words import next_item, read_back
from clinic_desktop.ui.theme import theme
from tests.people.small_clinic import TODAY, SmallClinic
from tests.ui.patients.conftest import Window

KEY, ROLE = Qt.Key, Qt.ItemDataRole.AccessibleTextRole
DARK = "123012301"


@pytest.fixture
def amara(clinic: SmallClinic) -> Patient:
    return clinic.patient(birth_date=date(1984, 4, 12))


@pytest.fixture
def page(amara: Patient, request: pytest.FixtureRequest) -> Window:
    window: Window = request.getfixturevalue("window")
    window.find("oka")
    return window


def answered(clinic: SmallClinic, amara: Patient, total: int, ago: int, code: str = "phq9") -> Score:
    score = Score(patient_id=amara.id, instrument=code, total=total, on=TODAY - timedelta(days=ago))
    return record_scores(clinic.store, clinic.reception, [score]).scores[0]


def opened(window: Window) -> ScorePanel:
    """Ctrl+Shift+Q: the line has the focus."""
    window.place.focus_work()
    window.press(KEY.Key_Q, ctrl=True, shift=True)
    window.wait()
    panel = window.panel
    assert isinstance(panel, ScorePanel)
    assert window.focus is panel.line
    return panel


def plot(window: Window, code: str = "phq9") -> ScorePlot:
    return window.place.view.page.scores.plots[code]


def said(window: Window) -> list[str]:
    return [one.text() for one in window.shell.findChildren(QLabel) if one.isVisible()]


# The words of the line.


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1", "PHQ-9 1, minimal: the total alone. Or 1 of 9 answers, 1 so far"),
        ("14", "PHQ-9 14, moderate: the total alone"),
        ("123", "3 of 9 answers, 6 so far"),
        ("12301230", "8 of 9 answers, 12 so far"),
        ("123012300", "PHQ-9 12, moderate"),
        (DARK, "PHQ-9 13, moderate. Item 9: several days. The prescribers are told at once."),
        ("28", "A total of PHQ-9 lies between 0 and 27. Look again."),
        ("1239", "An answer of PHQ-9 lies between 0 and 3. Look again."),
        ("1230123001", "PHQ-9 has 9 answers; 10 are typed."),
        ("x", "Type the answers in a row, or the total alone."),
    ],
)
def test_what_is_typed_is_read_back_as_it_grows(typed: str, words: str) -> None:
    assert read_back(PHQ9, typed_score(PHQ9, typed)) == words


def test_the_item_that_comes_next_stands_there() -> None:
    assert next_item(PHQ9, typed_score(PHQ9, "1230")) == "5 of 9: Poor appetite or overeating"
    assert next_item(PHQ9, typed_score(PHQ9, DARK)) == ""
    assert next_item(PHQ9, typed_score(PHQ9, "14")) == ""
    assert next_item(GAD7, typed_score(GAD7, "1")) == "2 of 7: Not being able to stop or control worrying"
    assert next_item(PAIN, typed_score(PAIN, "1")) == ""


# The panel.


def test_nine_digits_and_enter_keep_a_score(page: Window, clinic: SmallClinic) -> None:
    panel = opened(page)
    assert panel.said == "9 answers in a row, 0 to 3 each, or the total alone."
    page.type("123012300")
    assert panel.said == "PHQ-9 12, moderate"
    page.press(KEY.Key_Return)
    page.wait(lambda: plot(page).isVisible())
    (kept,) = clinic.find(Score)
    assert (kept.items, kept.total, kept.on) == ((1, 2, 3, 0, 1, 2, 3, 0, 0), 12, TODAY)
    assert page.shell.body.panel is None


def test_too_few_answers_are_not_kept_and_said_beside_the_line(page: Window, clinic: SmallClinic) -> None:
    panel = opened(page)
    page.type("1230")
    page.press(KEY.Key_Return)
    page.wait()
    assert clinic.find(Score) == []
    assert "PHQ-9 has 9 answers; 4 are typed." in panel.line.accessibleDescription()
    assert said(page).count("PHQ-9 has 9 answers; 4 are typed.") <= 1
    assert not panel._read.isVisible()
    page.type("0")
    assert panel._read.isVisible()


def test_another_questionnaire_and_the_total_alone(page: Window, clinic: SmallClinic) -> None:
    panel = opened(page)
    panel.switch.set_current("pain")
    page.type("7")
    assert panel.said == "Pain 0-10 7, severe"
    page.press(KEY.Key_Return)
    page.wait(lambda: plot(page, "pain").isVisible())
    (kept,) = clinic.find(Score)
    assert (kept.instrument, kept.items, kept.total) == ("pain", (), 7)


def test_item_nine_is_told_at_once_on_the_screen_and_by_a_message(page: Window, clinic: SmallClinic) -> None:
    opened(page)
    page.type(DARK)
    page.press(KEY.Key_Return)
    page.wait(lambda: any("Tell one in person now." in one for one in said(page)))
    (message,) = clinic.find(Message)
    assert (message.urgent, message.for_role) == (True, Role.PRESCRIBER)


def test_todays_treatment_is_the_one_it_is_asked_for(
    page: Window, clinic: SmallClinic, amara: Patient
) -> None:
    visit = clinic.book(amara.id, "CON", TODAY, 840)
    panel = opened(page)
    assert panel.instrument is PHQ9
    page.type("4")
    page.press(KEY.Key_Return)
    page.wait(lambda: plot(page).isVisible())
    assert clinic.find(Score)[0].visit_id == visit.id


# The plot.


def test_each_point_is_spoken_with_all_that_is_painted_of_it(
    clinic: SmallClinic, amara: Patient, request: pytest.FixtureRequest
) -> None:
    answered(clinic, amara, 18, 14)
    answered(clinic, amara, 11, 7)
    answered(clinic, amara, 11, 0)
    window: Window = request.getfixturevalue("window")
    window.find("oka")
    window.wait(lambda: plot(window).isVisible())
    model = plot(window).model()
    assert [model.index(row, 0).data(ROLE) for row in range(model.rowCount())] == [
        "Tue, Nov 3, 2026; PHQ-9 18, moderately severe; typed by Dana Reyes",
        "Tue, Nov 10, 2026; PHQ-9 11, moderate; 7 less than before; typed by Dana Reyes",
        "Tue, Nov 17, 2026; PHQ-9 11, moderate; as before; typed by Dana Reyes",
    ]
    assert plot(window).accessibleName() == "PHQ-9 over the course: 3 scores, 0 days of treatment"
    assert window.place.view.page.scores.titles["phq9"].text() == "PHQ-9 11, moderate on Tue, Nov 17"
    assert not plot(window, "gad7").isVisible()


def test_a_day_of_treatment_is_a_tick_and_a_word(amara: Patient) -> None:
    first, second = (
        Score(id=n, patient_id=amara.id, instrument="phq9", total=9 - n, on=TODAY + timedelta(days=n))
        for n in (0, 3)
    )
    (course,) = courses([first, second], [TODAY, TODAY + timedelta(days=2)], lambda _: "")
    assert course.doses == (TODAY, TODAY + timedelta(days=2))
    assert course.points[0].words.endswith("treated that day")
    assert "treated" not in course.points[1].words
    assert (course.across(TODAY), course.across(TODAY + timedelta(days=3))) == (0, 1)
    assert (course.up(0), course.up(27)) == (0, 1)


def test_arrows_go_from_point_to_point_and_enter_corrects(
    clinic: SmallClinic, amara: Patient, request: pytest.FixtureRequest
) -> None:
    first = answered(clinic, amara, 18, 14)
    answered(clinic, amara, 11, 7)
    window: Window = request.getfixturevalue("window")
    window.find("oka")
    window.wait(lambda: plot(window).isVisible())
    plot(window).setFocus()
    assert plot(window).currentIndex().row() == 1
    window.press(KEY.Key_Left, KEY.Key_Return)
    window.wait()
    panel = window.panel
    assert isinstance(panel, ScorePanel)
    assert panel.line.text() == "18"
    panel.line.setText("16")
    window.press(KEY.Key_Return, ctrl=True)
    window.wait()
    assert "Say why it is corrected." in panel.reason.accessibleDescription()
    panel.reason.setText("read wrong")
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: plot(window).model().index(0, 0).data(ROLE).startswith("Tue, Nov 3, 2026; PHQ-9 16"))
    assert [one.corrects for one in clinic.find(Score)] == [None, None, first.id]


def test_an_entry_that_is_another_patients_is_struck_out(
    clinic: SmallClinic, amara: Patient, request: pytest.FixtureRequest
) -> None:
    answered(clinic, amara, 18, 14)
    window: Window = request.getfixturevalue("window")
    window.find("oka")
    window.wait(lambda: plot(window).isVisible())
    plot(window).setFocus()
    window.press(KEY.Key_Return)
    window.wait()
    panel = window.panel
    assert isinstance(panel, ScorePanel)
    panel.reason.setText("form of another patient")
    panel.strike.click()
    window.wait(lambda: not plot(window).isVisible())


@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("width", [260, 640])
def test_it_paints_in_light_and_dark_wide_and_narrow(qtbot, look: Appearance, width: int) -> None:
    scores = [
        Score(id=n, instrument="phq9", total=(n * 7) % 28, on=TODAY + timedelta(days=n)) for n in range(20)
    ]
    (course,) = courses(scores, [one.on for one in scores], lambda _: "")
    shown = ScorePlot()
    qtbot.addWidget(shown)
    theme().set_appearance(look)
    try:
        shown.resize(width, 168)
        shown.show_course(course)
        shown.show()
        ink = theme().colours.accent.rgb()
        picture = shown.grab().toImage()
        assert any(
            picture.pixel(x, y) == ink for x in range(picture.width()) for y in range(picture.height())
        )
    finally:
        theme().set_appearance(Appearance.LIGHT)
