"""What a screen reader is told: names, roles, values, announcements."""

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui import announce as announce_module
from clinic_desktop.ui.announce import announce, sentences
from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.dialogs import ChoiceDialog
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.widgets.badge import Badge, KeyCap, StateMark
from clinic_desktop.ui.widgets.choice_list import Choice, ChoiceList
from clinic_desktop.ui.widgets.rows import Row
from tests.ui.gallery import forms_page, marks_page, states_page

Role, Text = QAccessible.Role, QAccessible.Text


def heard(widget: QWidget) -> QAccessibleInterface:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface


def unnamed(root: QWidget) -> list[QWidget]:
    controls = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
    found = [w for w in root.findChildren(QWidget) if isinstance(w, controls) and w.isVisible()]
    return [w for w in found if not heard(w).text(Text.Name) and w.objectName() != "qt_spinbox_lineedit"]


def test_every_control_of_the_window_has_a_name(shell: Shell) -> None:
    shell.top_bar.person.set_person("Dana Ruiz", "DR")
    shell.say("Saved", lambda: None)
    shell.notice("Saved")
    assert unnamed(shell) == []


@pytest.mark.parametrize("page", [marks_page, forms_page, states_page])
def test_every_control_of_the_kit_has_a_name(page, qtbot: QtBot) -> None:
    made = page()
    qtbot.addWidget(made)
    made.show()
    assert unnamed(made) == []


def test_places_of_the_rail_say_what_they_are_and_which_is_shown(shell: Shell) -> None:
    shell.set_badge("floor", 2, Tone.DANGER)
    buttons = {b.text(): heard(b) for b in shell.rail.findChildren(QAbstractButton) if b.text()}
    assert buttons["Board"].role() == Role.RadioButton
    assert buttons["Board"].state().checked
    assert not buttons["Floor"].state().checked
    assert buttons["Floor"].text(Text.Description) == "2 waiting, Alt 2"


def test_choices_are_list_items_with_their_whole_sentence(qtbot: QtBot) -> None:
    choices = ChoiceList([Choice("a", Row("Thu Nov 19, 10:15", "Same nurse", "Infusion 1"))], "Other times")
    qtbot.addWidget(choices)
    choices.show()
    interface = heard(choices)
    assert interface.role() == Role.List
    assert interface.text(Text.Name) == "Other times"
    item = interface.child(0)
    assert item.role() == Role.ListItem
    assert item.text(Text.Name) == "Thu Nov 19, 10:15. Same nurse. Infusion 1"


def test_a_dialog_is_a_dialog_with_its_sentence(shell: Shell, qtbot: QtBot) -> None:
    dialog = ChoiceDialog(shell, "Infusion 4 was just taken", "Pick another.", [], lambda _id: None)
    assert heard(dialog).role() == Role.Dialog
    assert heard(dialog).text(Text.Name) == "Infusion 4 was just taken"
    assert heard(dialog).text(Text.Description) == "Pick another."
    dialog.close()


def test_painted_marks_say_their_words(qtbot: QtBot) -> None:
    marks = [StateMark(VisitState.ARRIVED), Badge("2 no driver", Tone.DANGER), KeyCap("Ctrl+K")]
    for mark in marks:
        qtbot.addWidget(mark)
    assert [heard(mark).text(Text.Name) for mark in marks] == ["Arrived", "2 no driver", "Ctrl K"]


class Reader:
    """Stands in for Qt's bridge to a screen reader."""

    AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

    def __init__(self, active: bool = True) -> None:
        self.active = active
        self.said: list[tuple[str, object]] = []

    def isActive(self) -> bool:  # noqa: N802 - Qt's name
        return self.active

    def updateAccessibility(self, event) -> None:  # noqa: N802 - Qt's name
        self.said.append((event.message(), event.politeness()))


def test_what_happens_is_announced_and_grave_things_interrupt(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader()
    monkeypatch.setattr(announce_module, "QAccessible", reader)
    shell.say("Okafor, Amara moved to Infusion 2, 10:15.")
    shell.notice("Saved")
    banner = Banner("db", "The database is away", "You can look.", Tone.DANGER)
    shell.show_banner(banner)
    shell.show_banner(banner)  # the same again is not news
    polite, urgent = reader.AnnouncementPoliteness.Polite, reader.AnnouncementPoliteness.Assertive
    assert reader.said == [
        ("Okafor, Amara moved to Infusion 2, 10:15.", polite),
        ("Saved", polite),
        ("The database is away. You can look.", urgent),
    ]


def test_what_is_heard_in_parts_is_heard_as_sentences() -> None:
    assert sentences("The pressure is late", "Due at 3:40 PM.") == "The pressure is late. Due at 3:40 PM."
    assert sentences("Driver", "Nobody is named.", "", "Ctrl D") == "Driver. Nobody is named. Ctrl D"
    assert sentences("Saved", "") == "Saved"


def test_nothing_is_sent_when_nobody_listens(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(active=False)
    monkeypatch.setattr(announce_module, "QAccessible", reader)
    announce(shell, "Saved")
    assert reader.said == []
