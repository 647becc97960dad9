"""The frame of a booking panel: what has the focus stays in sight, whatever grows around it."""

import itertools

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.rules import CLINIC_CLOSED
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import PanelShell
from clinic_desktop.ui.booking.said_box import Said, SaidBox
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.scrolled import Scrolled


def test_the_current_row_stays_in_sight_where_the_foot_or_the_body_grows(qtbot: QtBot) -> None:
    panel = PanelShell("Panel")
    qtbot.addWidget(panel)
    answers = AnswerList("Answers", 8, numbered=False)
    answers.set_choices([Choice(str(one), Row(f"Answer {one}", "and why")) for one in range(8)], "3")
    above = QLabel()
    for widget in (above, answers):
        panel.body.addWidget(widget)
    panel.resize(400, 320)
    panel.show()
    panel.activateWindow()
    answers.setFocus()
    qtbot.waitUntil(lambda: answers.hasFocus() and in_sight(panel, answers))
    foot = QLabel("What it comes to,\nin all,\nand in words")
    panel.foot.addWidget(foot)
    qtbot.waitUntil(lambda: foot.isVisible() and in_sight(panel, answers))
    above.setFixedHeight(150)
    qtbot.waitUntil(lambda: above.height() == 150 and in_sight(panel, answers))


def test_a_list_in_which_nothing_is_chosen_yet_is_in_sight_and_shows_that_it_has_the_focus(
    qtbot: QtBot,
) -> None:
    panel = PanelShell("Panel")
    qtbot.addWidget(panel)
    above, answers = QLabel(), AnswerList("Reasons", 7, begin=False)
    above.setFixedHeight(140)
    answers.set_choices([Choice(str(one), Row(f"Reason {one}")) for one in range(7)])
    below = QLabel()
    below.setFixedHeight(200)
    for widget in (above, answers, below):
        panel.body.addWidget(widget)
    panel.resize(400, 220)
    panel.show()
    panel.activateWindow()
    calm = answers.viewport().grab().toImage()
    answers.setFocus()
    qtbot.waitUntil(lambda: answers.visibleRegion().boundingRect().height() > 80)
    assert answers.visibleRegion().boundingRect().top() == 0  # from the first one on
    assert not answers.current
    edge = answers.viewport().width() // 2, 0
    assert calm.pixelColor(*edge) != answers.viewport().grab().toImage().pixelColor(*edge)


def in_sight(panel: PanelShell, answers: AnswerList) -> bool:
    row = answers.visualRect(answers.currentIndex())
    port = panel._scroll.viewport()
    top = answers.viewport().mapTo(panel, row.topLeft()).y() - port.mapTo(panel, port.rect().topLeft()).y()
    return top >= 0 and top + row.height() <= port.height()


def test_what_is_said_scrolls_in_a_low_panel_and_squeezes_nothing(qtbot: QtBot) -> None:
    """At 200 % on a small screen."""
    panel, box = PanelShell("New visit"), SaidBox()
    panel.foot.addWidget(box)
    panel.foot.addWidget(Button("Book"))
    qtbot.addWidget(panel)
    panel.resize(404, 300)
    panel.show()
    lines = [Said(f"{n}: the check list is not reviewed yet. It must be before dosing.") for n in range(6)]
    box.show_findings(PROGRAM, (), lines)
    area = box.findChild(Scrolled)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert panel.height() == 300
    assert all(one.height() >= one.heightForWidth(one.width()) for one in area.findChildren(QLabel))
    assert area.focusPolicy() is Qt.FocusPolicy.TabFocus
    panel.resize(404, 900)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    assert area.focusPolicy() is Qt.FocusPolicy.NoFocus


LONG = [
    Said(f"{n}: the check list is not reviewed yet. It must be before dosing, says the clinic.")
    for n in range(6)
]


def low_panel(
    qtbot: QtBot, height: int = 282, then: QWidget | None = None
) -> tuple[PanelShell, SaidBox, Button]:
    """A panel of a window of 683 x 384, with a list in its body, and what it says above its button."""
    panel, box, book = PanelShell("New visit"), SaidBox(then), Button("Book", size="large")
    times = AnswerList("Times", 8)
    times.set_choices([Choice(str(one), Row(f"Time {one}")) for one in range(8)], "0")
    panel.body.addWidget(times)
    for widget in (box, book):
        panel.foot.addWidget(widget)
    qtbot.addWidget(panel)
    panel.resize(404, height)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    times.setFocus()
    return panel, box, book


def seen_whole(box: SaidBox) -> list[bool]:
    """Of each line, whether it is seen from its first word to its last."""
    port = box.area.viewport()
    texts = [one for one in box.area.findChildren(QLabel) if one.text()]
    return [port.rect().contains(QRect(one.mapTo(port, QPoint()), one.size())) for one in texts]


def test_what_is_cut_says_so_and_is_read_on_by_a_key_from_anywhere_in_the_panel(qtbot: QtBot) -> None:
    panel, box, _ = low_panel(qtbot)
    box.show_findings(PROGRAM, (), LONG)
    qtbot.waitUntil(lambda: any(seen_whole(box)))
    assert (box.below.isVisible(), box.above.isVisible()) == (True, False)
    assert "PgDown" in box.area.accessibleDescription()
    times = panel.findChild(AnswerList)
    read = set()
    for _ in range(len(LONG)):
        read |= {n for n, whole in enumerate(seen_whole(box)) if whole}
        if box.below.isVisible():
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert read == set(range(len(LONG)))
    assert (box.below.isVisible(), box.above.isVisible()) == (False, True)
    assert (times.hasFocus(), times.current) == (True, "0")
    for _ in LONG:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageUp)
    assert seen_whole(box)[0]
    assert box.below.isVisible()


def test_what_is_seen_whole_names_no_key_and_leaves_the_keys_to_the_lists(qtbot: QtBot) -> None:
    panel, box, _ = low_panel(qtbot, 700)
    people = QListWidget()
    people.addItems(["Amara", "Bea"])
    panel.body.addWidget(people)
    people.setCurrentRow(0)
    people.setFocus()
    box.show_findings(PROGRAM, (), LONG[:2])
    qtbot.waitUntil(lambda: all(seen_whole(box)))
    assert (box.below.isVisible(), box.above.isVisible()) == (False, False)
    qtbot.keyClick(people, Qt.Key.Key_PageDown)
    assert people.currentRow() == 1


def test_the_box_is_as_high_as_its_lines_are_where_there_is_room(qtbot: QtBot) -> None:
    """Not as high as they would be in a narrow panel: then they would be cut for nothing."""
    panel, box, _ = low_panel(qtbot, 652)
    panel.resize(547, 652)
    box.show_findings(PROGRAM, (), LONG)
    qtbot.waitUntil(lambda: all(seen_whole(box)))
    texts = [one for one in box.area.findChildren(QLabel) if one.text()]
    assert [one.height() for one in texts] == [one.heightForWidth(one.width()) for one in texts]


def test_the_buttons_below_are_never_cut_however_much_is_said(qtbot: QtBot) -> None:
    panel, box, book = low_panel(qtbot)
    chief = Actor(1, frozenset({Role.MANAGER}), "front")
    refused = [Finding(CLINIC_CLOSED, {"day": f"Mon, Nov {n}"}) for n in range(2, 9)]
    box.show_findings(chief, refused, LONG)
    stack = (box.area, box.override, book)

    def in_order() -> bool:
        places = [QRect(one.mapTo(panel, QPoint()), one.size()) for one in stack]
        apart = all(upper.bottom() < lower.top() for upper, lower in itertools.pairwise(places))
        return apart and all(panel.rect().contains(one) for one in places)

    qtbot.waitUntil(in_order)
    buttons = (box.override, box.below, book)
    assert [one.height() for one in buttons] == [one.sizeHint().height() for one in buttons]


def test_a_long_list_of_what_would_change_is_read_on_in_the_same_box(qtbot: QtBot) -> None:
    then = QWidget()
    lines = QVBoxLayout(then)
    for n in range(4):
        lines.addWidget(label(f"Visit {n}: Mon, Nov 16, 10:00 AM to Tue, Nov 17, 10:00 AM", wrap=True))
    panel, box, book = low_panel(qtbot, then=then)
    panel.foot.insertWidget(1, label("In time: until Tue, Nov 17, 5:00 PM.", wrap=True))
    assert not box.isVisible()

    def in_order() -> bool:
        places = [QRect(one.mapTo(panel, QPoint()), one.size()) for one in (box.area, box.below, book)]
        return all(upper.bottom() < lower.top() for upper, lower in itertools.pairwise(places))

    then.show()
    qtbot.waitUntil(lambda: box.below.isVisible() and any(seen_whole(box)) and in_order())
    for n in range(4, 9):  # a longer one comes in its place
        lines.addWidget(label(f"Visit {n}: Mon, Nov 16, 10:00 AM to Tue, Nov 17, 10:00 AM", wrap=True))
        qtbot.waitUntil(in_order)
    assert panel.rect().contains(QRect(book.mapTo(panel, QPoint()), book.size()))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert box.area.verticalScrollBar().value() > 0
    assert in_order()
    then.hide()
    assert not box.isVisible()


def test_a_panel_whose_button_names_another_key_takes_none_from_beside_it(qtbot: QtBot) -> None:
    """Nothing is cancelled by a key that no button of the panel names."""
    taken: list[str] = []

    class Panel(PanelShell):
        def confirm(self) -> None:
            taken.append(self.accessibleName())

    window = QWidget()
    sides = QHBoxLayout(window)
    place, panel = QListWidget(), Panel("Cancel a visit")
    for widget in (place, panel):
        sides.addWidget(widget)
    panel.foot.addWidget(Button("Cancel the visit", key="Return"))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    place.setFocus()
    qtbot.keyClick(place, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert taken == []
    panel.foot.addWidget(book := Button("Book", key="Ctrl+Return"))
    qtbot.waitUntil(book.isVisible)
    qtbot.keyClick(place, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert taken == ["Cancel a visit"]
