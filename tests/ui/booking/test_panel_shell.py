"""The frame of a booking panel: what has the focus stays in sight, whatever grows around it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import PanelShell
from clinic_desktop.ui.booking.said_box import Said, SaidBox
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.choice_list import Choice
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
