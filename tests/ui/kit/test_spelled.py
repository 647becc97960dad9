"""What is read and typed sign by sign looks the same whatever stands beside it."""

import pytest
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from clinic_desktop.storage.server_look import new_password
from clinic_desktop.ui.first_run.keys_step import KeysStep
from clinic_desktop.ui.first_run.recovery_box import RecoveryBox
from clinic_desktop.ui.several_pcs.name_dialog import ShownPassword
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.sign_in.code_page import CodeBox
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.form import Form


def glyphs(text: str, font: QFont) -> list[int]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [one for run in layout.glyphRuns() for one in run.glyphIndexes()]


def alone(text: str, font: QFont) -> list[int]:
    return [one for sign in text for one in glyphs(sign, font)]


@pytest.mark.parametrize("text", ["8x5", "8X5", "4F7QX-9K2MB", "2-x-3", "->"])
def test_no_sign_of_a_key_is_drawn_as_another_one(qapp: QApplication, text: str) -> None:
    font = theme().spelled_font(TextRole.PAGE)
    assert glyphs(text, font) == alone(text, font)


def test_in_the_usual_type_an_x_between_digits_is_another_sign(qapp: QApplication) -> None:
    """Else the test above proves nothing."""
    font = theme().font(TextRole.PAGE)
    assert glyphs("8x5", font) != alone("8x5", font)


def test_a_zero_has_a_stroke(qapp: QApplication) -> None:
    usual, spelled = theme().font(TextRole.BODY), theme().spelled_font(TextRole.BODY)
    assert glyphs("0", usual) != glyphs("0", spelled)


def test_keys_and_passwords_are_shown_so_and_stay_so_at_another_size(
    qapp: QApplication, shell: Shell
) -> None:
    box, shown = RecoveryBox(None), ShownPassword(shell, "AB2CD-8X5QP", lambda: None)
    for size in (100, 150):
        theme().set_text_size(size)
        assert glyphs("8x50", box.shown.font()) == glyphs("8x50", theme().spelled_font(TextRole.PAGE))
        assert glyphs("8x50", shown.password.font()) == glyphs("8x50", theme().spelled_font(TextRole.BODY))
    theme().set_text_size(100)


def test_a_key_that_is_typed_back_looks_as_the_one_above_it(qtbot: QtBot) -> None:
    step = KeysStep()
    qtbot.addWidget(step)
    theme().dress(step)
    step.show()
    assert glyphs("8x50", step.typed_back.font()) == glyphs("8x50", theme().spelled_font(TextRole.BODY))


def test_a_persons_recovery_code_looks_so_too_where_it_is_shown_and_where_it_is_typed(qtbot: QtBot) -> None:
    box, line, form = CodeBox(), QLineEdit(), Form()
    box.add_typed_back(form, line)
    for one, role in ((box.shown, TextRole.DISPLAY), (line, TextRole.BODY)):
        qtbot.addWidget(one.window())
        assert glyphs("8x50", one.font()) == glyphs("8x50", theme().spelled_font(role))


def test_a_password_that_is_made_has_no_signs_that_look_alike() -> None:
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("01OILUol")
    assert {len(one) for one in made} == {29}
