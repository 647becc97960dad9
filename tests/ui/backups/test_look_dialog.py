"""A look into an encrypted backup, and trouble on the way."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.backups import Seen
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.security.key_slots import KeyWanted
from clinic_desktop.ui import operations
from clinic_desktop.ui.backups.look_dialog import LookDialog

TROUBLE = "The drive does not answer."


class Drive:
    """The looks that are taken into a backup, and what comes of each."""

    def __init__(self, *comes: ClinicProblem) -> None:
        self.comes, self.typed = list(comes), list[str]()

    def look(self, typed: str) -> Seen:
        self.typed.append(typed)
        raise self.comes.pop(0)


@pytest.fixture
def over(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def ask(qtbot: QtBot, over: QWidget) -> Callable[[Drive], LookDialog]:
    def asked(drive: Drive) -> LookDialog:
        dialog = LookDialog.ask(
            over,
            Path("x.sqlite"),
            drive.look,
            "America/Chicago",
            pytest.fail,
            pytest.fail,
            what="It is restored.",
        )
        settled(qtbot)
        return dialog

    return asked


def settled(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not operations.running_count())


def test_a_key_can_be_tried_again_after_the_drive_was_away(
    qtbot: QtBot, ask: Callable[[Drive], LookDialog]
) -> None:
    drive = Drive(KeyWanted("Type the key."), EnvironmentFailure(TROUBLE), KeyWanted("It opens nothing."))
    dialog = ask(drive)
    qtbot.keyClicks(dialog.line, "four quiet grey herons")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settled(qtbot)
    assert dialog.trouble.isVisible()
    assert not dialog.open_it.missing
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settled(qtbot)
    assert drive.typed == ["", "four quiet grey herons", "four quiet grey herons"]
    assert not dialog.trouble.isVisible(), "that is over"
    assert dialog.form.row("key").problem == "It opens nothing."
