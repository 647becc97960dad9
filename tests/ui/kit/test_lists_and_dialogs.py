"""Search list, choices, reasons, questions: by keyboard, without leaks."""

import gc
import threading
import weakref
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QPainter, QPixmap
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from clinic_desktop.ui import operations
from clinic_desktop.ui.dialogs import ChoiceDialog, Dialog, QuestionDialog, ReasonDialog
from clinic_desktop.ui.driver_badge import ICONS, DriverMark, driver_ink, driver_spoken, paint_driver
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.badge import DriverBadge
from clinic_desktop.ui.widgets.busy import BusyOverlay
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice, ChoiceList
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.reason_picker import ReasonPicker
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.scrolled import Scrolled, show_in_scrolled
from clinic_desktop.ui.widgets.suggest_field import Hit, SuggestField

Key = Qt.Key
NAMES = ("Okafor, Amara", "Okonkwo, Chidi", "Osei, Kwame")
REASONS = (("ill", "Patient is unwell"), ("driver", "No driver"))
TIMES = [Choice("thu", Row("Thu Nov 19, 10:15")), Choice("fri", Row("Fri Nov 20, 8:15"))]


def by_prefix(text: str) -> Sequence[Hit]:
    return [Hit(Row(name), name) for name in NAMES if name.casefold().startswith(text.casefold())]


@pytest.fixture
def home(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(800, 500)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def field(home: QWidget, qtbot: QtBot) -> SuggestField:
    made = SuggestField(by_prefix, "Patient", name="Search", key="Ctrl+K", parent=home)
    made.setGeometry(200, 10, 300, 32)
    made.show()
    made.start()
    qtbot.waitUntil(made.line.hasFocus)
    return made


def typed(field: SuggestField, text: str, qtbot: QtBot) -> None:
    qtbot.keyClicks(field.line, text)
    qtbot.waitUntil(lambda: operations.running_count() == 0)


@pytest.mark.parametrize("count", [3, 12])
def test_no_row_of_the_findings_runs_into_the_next(
    home: QWidget, field: SuggestField, qtbot: QtBot, count: int
) -> None:
    """A bar at the right leaves less room for the words, so that they take more lines."""
    hits = [Hit(Row("Book", "detail " * (4 + n), note="words " * (36 + n)), n) for n in range(count)]
    field.set_source(lambda words: hits if words == "ok" else hits[:1])
    home.resize(800, 260)
    typed(field, "o", qtbot)
    qtbot.waitUntil(field.popup.isVisible)
    assert not field.popup.verticalScrollBar().isVisible()
    assert (
        field.popup.height() < field.popup.sizeHintForRow(0) + 20
    )  # nor is it measured before it has a width
    typed(field, "k", qtbot)
    qtbot.waitUntil(lambda: field.popup.model().rowCount() == count)
    rows = [field.popup.model().index(number, 0) for number in range(count)]

    def as_high_as_their_words() -> bool:
        heights = [field.popup.visualRect(one).height() for one in rows]
        return heights == [field.popup.sizeHintForRow(one.row()) for one in rows]

    qtbot.waitUntil(field.popup.verticalScrollBar().isVisible)
    qtbot.waitUntil(as_high_as_their_words)


def test_behind_another_window_findings_are_withdrawn_and_looked_for_anew(
    field: SuggestField, qtbot: QtBot
) -> None:
    offered, taken = list[object](), list[object]()
    field.moved.connect(offered.append)
    field.chosen.connect(taken.append)
    field.set_source(lambda words: [Hit(Row(words), "first")])
    typed(field, "okafor", qtbot)
    qtbot.waitUntil(field.popup.isVisible)
    switch = Qt.FocusReason.ActiveWindowFocusReason
    QApplication.sendEvent(field.line, QFocusEvent(QEvent.Type.FocusOut, switch))
    assert not field.popup.isVisible()
    assert offered[-1] is None
    field.set_source(lambda words: [Hit(Row(words), "second")])
    QApplication.sendEvent(field.line, QFocusEvent(QEvent.Type.FocusIn, switch))
    qtbot.waitUntil(field.popup.isVisible)
    assert offered[-1] == "second"
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert taken == ["second"]


def test_nothing_of_a_dialog_that_scrolls_lies_under_its_bar(home: QWidget, qtbot: QtBot) -> None:
    dialog, wide = Dialog(home, "A page", ""), QWidget()
    wide.setMinimumSize(600, 3000)
    dialog.body.addWidget(wide)
    dialog.open()
    (area,) = dialog.findChildren(Scrolled)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    assert wide.width() <= area.viewport().width()
    dialog.reject()


def test_the_row_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = RowModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_things([Row("a"), Row("b", "detail")])
    model.set_things([])
    model.set_things([Row("c", badge="Best fit", right="Infusion 1")])
    qtmodeltester.check(model)
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "c. Best fit. Infusion 1"
    assert tester is not None


def test_what_is_long_goes_on_in_the_next_line(field: SuggestField, qtbot: QtBot) -> None:
    """The driver of a course and what warns of it are read to their end."""
    long = "Tue, Nov 17 to Fri, Dec 4, 10:00 AM, driver: Yolanda Barrett-Vasquez, IV ketamine course of six"
    field.set_source(lambda _text: [Hit(Row("Okafor"), 1), Hit(Row("Okafor", long, note=long), 2)])
    typed(field, "o", qtbot)
    one_line, whole = (field.popup.sizeHintForRow(number) for number in (0, 1))
    assert whole > 3.5 * QFontMetricsF(theme().font(TextRole.LABEL)).lineSpacing() > one_line
    assert field.popup.height() >= one_line + whole
    assert not field.popup.grab().isNull()


def test_findings_appear_below_and_arrows_and_enter_take_one(field: SuggestField, qtbot: QtBot) -> None:
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    typed(field, "ok", qtbot)
    assert field.popup.isVisible()
    assert field.popup.model().rowCount() == 2
    assert field.popup.geometry().top() >= field.geometry().bottom()
    assert field.line.hasFocus()
    qtbot.keyClick(field.line, Key.Key_Down)
    qtbot.keyClick(field.line, Key.Key_Down)  # stays on the last
    qtbot.keyClick(field.line, Key.Key_Return)
    assert chosen == ["Okonkwo, Chidi"]
    assert field.line.text() == ""
    assert not field.popup.isVisible()


def test_enter_before_the_answer_takes_the_first_row_when_it_comes(field: SuggestField, qtbot: QtBot) -> None:
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    qtbot.keyClicks(field.line, "os")
    qtbot.keyClick(field.line, Key.Key_Return)
    qtbot.waitUntil(lambda: chosen == ["Osei, Kwame"])
    qtbot.waitUntil(lambda: operations.running_count() == 0)


def test_enter_with_nothing_found_gives_the_text(field: SuggestField, qtbot: QtBot) -> None:
    entered: list[str] = []
    field.entered.connect(entered.append)
    typed(field, "nobody", qtbot)
    qtbot.keyClick(field.line, Key.Key_Return)
    assert entered == ["nobody"]


def test_esc_closes_the_list_then_clears_then_goes_on(field: SuggestField, qtbot: QtBot) -> None:
    typed(field, "ok", qtbot)
    qtbot.keyClick(field.line, Key.Key_Escape)
    assert not field.popup.isVisible()
    assert field.line.text() == "ok"
    qtbot.keyClick(field.line, Key.Key_Escape)
    assert field.line.text() == ""


def test_the_list_hides_when_the_focus_leaves(field: SuggestField, home: QWidget, qtbot: QtBot) -> None:
    other = QLineEdit(home)
    other.show()
    typed(field, "ok", qtbot)
    other.setFocus()
    assert not field.popup.isVisible()


def test_an_answer_that_comes_after_leaving_or_clearing_opens_nothing(
    field: SuggestField, home: QWidget, qtbot: QtBot
) -> None:
    other = QLineEdit(home)
    other.show()
    qtbot.keyClicks(field.line, "ok")
    other.setFocus()
    qtbot.waitUntil(lambda: operations.running_count() == 0)
    assert not field.popup.isVisible()
    field.start("os")
    field.clear()
    qtbot.waitUntil(lambda: operations.running_count() == 0)
    assert not field.popup.isVisible()


def test_the_current_finding_is_announced(
    field: SuggestField, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "clinic_desktop.ui.widgets.suggest_field.announce", lambda _widget, text: said.append(text)
    )
    typed(field, "ok", qtbot)
    qtbot.keyClick(field.line, Key.Key_Down)
    assert said[-2:] == ["Okafor, Amara", "Okonkwo, Chidi"]


def test_what_is_looked_at_again_leaves_the_choice_as_it_is(field: SuggestField, qtbot: QtBot) -> None:
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    typed(field, "ok", qtbot)
    field.set_source(lambda _text: [Hit(Row("Okoro, Tunde"), "Okoro, Tunde")])
    qtbot.keyClick(field.line, Key.Key_Down)
    field.look_again()
    assert operations.running_count() == 0
    qtbot.keyClick(field.line, Key.Key_Return)
    assert chosen == ["Okonkwo, Chidi"]


def test_an_answer_that_nobody_asked_for_comes_under_no_choice_and_no_enter(
    field: SuggestField, qtbot: QtBot
) -> None:
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    on = threading.Event()

    def other(_text: str) -> Sequence[Hit]:
        on.wait(30)
        return [Hit(Row("Okoro, Tunde"), "Okoro, Tunde"), Hit(Row("Okafor, Amara"), "Okafor, Amara")]

    typed(field, "ok", qtbot)
    field.set_source(other)
    field.look_again()
    qtbot.keyClick(field.line, Key.Key_Down)
    on.set()
    qtbot.waitUntil(lambda: operations.running_count() == 0)
    qtbot.keyClick(field.line, Key.Key_Return)
    assert chosen == ["Okonkwo, Chidi"], "a choice was thrown over by news"
    field.set_source(by_prefix)
    typed(field, "ok", qtbot)
    on.clear()
    field.set_source(other)
    field.look_again()
    qtbot.keyClick(field.line, Key.Key_Return)  # on what stands there, and not on what comes
    on.set()
    qtbot.waitUntil(lambda: operations.running_count() == 0)
    assert chosen == ["Okonkwo, Chidi", "Okafor, Amara"]
    assert not field.popup.isVisible()


def test_news_while_what_was_typed_is_looked_for_leave_its_enter(field: SuggestField, qtbot: QtBot) -> None:
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    typed(field, "ok", qtbot)
    qtbot.keyClicks(field.line, "o")
    qtbot.keyClick(field.line, Key.Key_Return)
    field.look_again()
    qtbot.waitUntil(lambda: operations.running_count() == 0)
    assert chosen == ["Okonkwo, Chidi"]


def test_a_digit_goes_to_a_choice_and_enter_takes_it(qtbot: QtBot) -> None:
    choices = ChoiceList(TIMES, "Other times")
    qtbot.addWidget(choices)
    picked: list[str] = []
    choices.picked.connect(picked.append)
    qtbot.keyClick(choices, Key.Key_2)
    assert (choices.current, picked) == ("fri", [])
    qtbot.keyClick(choices, Key.Key_Return)
    qtbot.keyClick(choices, Key.Key_9)
    qtbot.keyClick(choices, Key.Key_Up)
    qtbot.keyClick(choices, Key.Key_Return)
    assert picked == ["fri", "thu"]


def test_a_reason_from_the_list_or_in_ones_own_words(qtbot: QtBot) -> None:
    picker = ReasonPicker(REASONS)
    qtbot.addWidget(picker)
    picked: list[tuple[str, str]] = []
    picker.picked.connect(lambda code, text: picked.append((code, text)))
    qtbot.keyClick(picker.list, Key.Key_2)
    qtbot.keyClick(picker.list, Key.Key_Return)
    qtbot.keyClicks(picker.own, "  The road is flooded ")
    qtbot.keyClick(picker.own, Key.Key_Return)
    assert picked == [("driver", "No driver"), ("other", "The road is flooded")]


def test_a_choice_dialog_words_its_button_and_answers_once(home: QWidget, qtbot: QtBot) -> None:
    taken: list[str] = []
    dialog = ChoiceDialog.ask(
        home,
        "Infusion 4 at 1:30 was just taken",
        "Chris T. booked there. Everything you entered is kept.",
        TIMES,
        taken.append,
        confirm=lambda choice: f"Book {choice.row.text}",
    )
    assert dialog.take.text() == "Book Thu Nov 19, 10:15"
    qtbot.keyClick(dialog.list, Key.Key_Down)
    assert dialog.take.text() == "Book Fri Nov 20, 8:15"
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert taken == ["fri"]
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_leaving_a_dialog_does_nothing_and_gives_the_window_back(home: QWidget, qtbot: QtBot) -> None:
    before = len(home.children())
    dialog = ReasonDialog.ask(home, "Cancel the visit?", "", REASONS, "Cancel visit", pytest.fail)
    qtbot.keyClick(dialog, Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog))
    qtbot.waitUntil(lambda: len(home.children()) == before)


def test_a_reason_dialog_hands_over_code_and_text(home: QWidget, qtbot: QtBot) -> None:
    taken: list[tuple[str, str]] = []
    dialog = ReasonDialog.ask(
        home, "Cancel the visit?", "", REASONS, "Cancel visit", lambda code, text: taken.append((code, text))
    )
    qtbot.keyClick(dialog.picker.list, Key.Key_1)
    assert (taken, dialog.isVisible()) == ([], True)
    qtbot.keyClick(dialog.picker.list, Key.Key_Return)
    assert taken == [("ill", "Patient is unwell")]
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_a_reason_that_nobody_chose_is_none(home: QWidget, qtbot: QtBot) -> None:
    taken: list[tuple[str, str]] = []
    dialog = ReasonDialog.ask(
        home,
        "This goes over a rule",
        "",
        REASONS,
        "Move anyway",
        lambda code, text: taken.append((code, text)),
    )
    qtbot.waitUntil(dialog.picker.list.hasFocus)
    assert dialog.take.missing == ("choose a reason",)
    qtbot.keyClick(dialog.picker.list, Key.Key_Return)
    qtbot.keyClick(dialog.take, Key.Key_Return)
    assert (taken, dialog.isVisible()) == ([], True)
    qtbot.keyClick(dialog.picker.list, Key.Key_Down)
    assert dialog.take.missing == ()
    qtbot.keyClick(dialog.picker.list, Key.Key_Return)
    assert taken == [("ill", "Patient is unwell")]


def test_a_dangerous_question_starts_on_the_way_out(home: QWidget, qtbot: QtBot) -> None:
    answered: list[int] = []
    dialog = QuestionDialog.ask(
        home, "Remove the room?", "", "Remove", lambda: answered.append(1), danger=True
    )
    qtbot.waitUntil(dialog.isActiveWindow)
    assert not dialog.yes.hasFocus()
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    assert answered == [1]
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_a_dialog_is_named_but_its_window_title_says_nothing(home: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog(home, "Cancel Okafor, Amara?", "Tuesday 10:15")
    assert dialog.windowTitle() == "Clinic Desktop"
    assert dialog.accessibleName() == "Cancel Okafor, Amara?"
    dialog.close()


def test_closed_dialogs_are_freed(home: QWidget, qtbot: QtBot) -> None:
    made: list[weakref.ref[QDialog]] = []
    for _number in range(5):
        dialog = ChoiceDialog.ask(home, "Times", "", TIMES, lambda _choice: None)
        made.append(weakref.ref(dialog))
        dialog.reject()
    del dialog
    qtbot.waitUntil(lambda: home.findChildren(QDialog) == [])
    gc.collect()
    assert [ref for ref in made if ref() is not None] == []


def test_a_button_with_something_missing_says_what_and_refuses(qtbot: QtBot) -> None:
    button = Button("Release", Kind.PRIMARY, key="F8")
    qtbot.addWidget(button)
    fired: list[str] = []
    button.fired.connect(lambda: fired.append("released"))
    button.refused.connect(lambda: fired.append("refused"))
    button.set_missing(["final pressure", "driver here"])
    assert button.accessibleDescription() == "final pressure, driver here, F8"
    button.click()
    qtbot.keyClick(button, Key.Key_Space)
    button.set_missing([])
    button.click()
    assert fired == ["refused", "refused", "released"]
    assert button.accessibleDescription() == "F8"


def test_the_window_behind_a_dialog_is_dimmed_whole_also_when_it_grows(home: QWidget, qtbot: QtBot) -> None:
    dialog = QuestionDialog.ask(home, "Leave?", "Nothing is kept.", "Leave", lambda: None)
    qtbot.waitUntil(dialog.isVisible)
    home.resize(1000, 700)
    assert dialog._scrim is not None
    assert dialog._scrim.geometry() == home.rect()
    dialog.reject()
    home.resize(800, 500)


def test_a_button_that_gives_way_takes_two_lines_before_it_shortens_its_words(qtbot: QtBot) -> None:
    button = Button("Book Mon, Nov 23, 8:00 AM for Ortega, Dmitri", Kind.PRIMARY, size="large", key="Ctrl+A")
    button.give_way()
    qtbot.addWidget(button)
    button.resize(600, 40)
    assert button._fitted() == button.text()
    button.resize(300, 40)
    assert button._fitted() == "Book Mon, Nov 23, 8:00 AM\nfor Ortega, Dmitri"
    button.resize(180, 40)
    assert "…" in button._fitted()
    assert button._fitted().endswith("Dmitri")


def test_an_icon_button_has_a_name_and_a_tooltip_with_its_key(qtbot: QtBot) -> None:
    button = Button(icon="left", name="Day back", key="Alt+Left")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Day back"
    assert button.toolTip() == "Day back (Alt Left)"
    assert button.sizeHint().width() >= 24


@pytest.mark.parametrize("mark", DriverMark)
def test_a_drivers_badge_speaks_and_shortens_to_fit(mark: DriverMark, qtbot: QtBot) -> None:
    badge = DriverBadge(mark)
    qtbot.addWidget(badge)
    assert badge.accessibleName() == driver_spoken(mark)
    canvas = QPixmap(200, 30)
    canvas.fill(QColor("white"))
    painter = QPainter(canvas)
    rooms = (200, 100, 70, 26)
    taken = [paint_driver(painter, QPointF(0, 0), mark, room).width() for room in rooms]
    painter.end()
    assert all(width <= room for width, room in zip(taken, rooms, strict=True))
    assert taken[0] > taken[-1]


def test_the_four_driver_badges_have_four_weights(qtbot: QtBot) -> None:
    inks = [driver_ink(mark) for mark in DriverMark]
    assert len({(ink.text.name(), ink.fill.name() if ink.fill else "") for ink in inks}) == 4
    assert len(set(ICONS.values())) == 4
    assert theme().colours.danger == driver_ink(DriverMark.MISSING).fill


def test_a_missing_driver_is_calmer_until_it_is_late(qtbot: QtBot) -> None:
    badge = DriverBadge(DriverMark.MISSING)
    qtbot.addWidget(badge)
    badge.set_mark(DriverMark.MISSING, late=False)
    assert badge.accessibleName() == "No driver yet"
    assert driver_ink(DriverMark.MISSING, late=False).fill != theme().colours.danger
    badge.set_mark(DriverMark.MISSING)
    assert badge.accessibleName() == "Driver missing"


def test_the_busy_veil_comes_late_and_goes_at_once(home: QWidget, qtbot: QtBot) -> None:
    veil = BusyOverlay(home, "Reading the day")
    veil.set_busy(True)
    assert not veil.isVisible()
    veil._late.timeout.emit()
    assert veil.geometry() == home.rect()
    home.resize(600, 400)
    assert veil.geometry() == home.rect()
    veil.set_busy(False)
    assert not veil.isVisible()


def test_rows_are_painted_at_every_length(qtbot: QtBot) -> None:
    rows = [
        Row("Okafor, Amara " * 20, "detail " * 40, "right", badge="Tight", tone=Tone.WARN, key="1"),
        Row("", ""),
        Row("x", icon="calls"),
    ]
    choices = ChoiceList([Choice(str(number), row) for number, row in enumerate(rows)], "Rows")
    qtbot.addWidget(choices)
    choices.resize(180, 120)
    choices.show()
    assert not choices.grab().isNull()


def test_the_marked_row_stays_in_sight_when_a_panel_takes_room(home: QWidget, qtbot: QtBot) -> None:
    """Beside the panel the rows above it need more lines."""
    theme()
    area, inside = QScrollArea(home), QWidget()
    rows = LineList("Decisions", wrap=True, marked=True, in_sight=True)
    below = QVBoxLayout(inside)
    below.addWidget(rows)
    below.addStretch(1)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setGeometry(0, 0, 780, 300)
    area.show()
    rows.set_lines(
        [Line(Row(f"Name {n}", "The review is due, say how it goes on. " * 2), n) for n in range(30)]
    )
    rows.setFocus()
    rows.setCurrentIndex(rows.model().index(29, 0))

    def in_sight() -> bool:
        return (
            not rows.visualRegionForSelection(rows.selectionModel().selection())
            .intersected(rows.visibleRegion())
            .isEmpty()
        )

    qtbot.waitUntil(in_sight)
    home.setFocus()
    before = rows.height()
    area.resize(400, 300)
    qtbot.waitUntil(lambda: rows.height() > before)
    qtbot.waitUntil(in_sight, timeout=2000)


def test_a_dialog_grows_with_what_comes_to_be_said_in_it(home: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog(home, "My PIN", "Four digits.")
    said = NoticeBox("The password is not right. Look at Caps Lock, then type it again. " * 3)
    said.hide()
    dialog.body.addWidget(QLineEdit())
    dialog.body.addWidget(said)
    dialog.add_leave_button("Back")
    dialog.add_button("Second factor", key="Alt+S")
    take = dialog.add_button("Set", Kind.PRIMARY, key="Return")
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    high = dialog.height()
    said.show()
    qtbot.waitUntil(lambda: dialog.height() > high)
    qtbot.waitUntil(lambda: not dialog._scroll.verticalScrollBar().isVisible())
    take.setText("Set the password of the whole clinic at once")
    take.updateGeometry()
    qtbot.waitUntil(lambda: take.width() == take.sizeHint().width())
    high = dialog.height()
    said.hide()
    QApplication.processEvents()
    assert dialog.height() == high  # nothing moves under a hand
    dialog.reject()


def test_what_was_said_of_all_of_it_comes_into_sight_where_it_scrolls(home: QWidget, qtbot: QtBot) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    first, last, said = QLineEdit(), QLineEdit(), NoticeBox("The password is not right.")
    for widget in (first, *(QLineEdit() for _ in range(12)), said, last):
        column.addWidget(widget)
    scrolled = Scrolled(inside)
    scrolled.setParent(home)
    scrolled.setGeometry(0, 0, 300, 150)
    scrolled.show()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)

    def seen(widget: QWidget) -> bool:
        return not widget.visibleRegion().isEmpty() and widget.visibleRegion().boundingRect() == widget.rect()

    assert not seen(said)
    show_in_scrolled(said)
    qtbot.waitUntil(lambda: seen(said))
    first.clearFocus()
    first.setFocus()  # what has the focus next matters again
    qtbot.waitUntil(lambda: seen(first))
