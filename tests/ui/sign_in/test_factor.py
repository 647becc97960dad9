"""The phone's digits on the locked screen and in one's own dialog, by keys."""

from dataclasses import replace
from urllib.parse import parse_qs, urlparse

import pytest
import zxingcpp
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.printing.codes import squares_of
from clinic_desktop.scheduling.model import Clinic
from clinic_desktop.security import accounts as core
from clinic_desktop.security import giving_accounts, own_account, second_factor
from clinic_desktop.ui.sign_in.factor_pages import FactorDialog, PhoneBox
from clinic_desktop.ui.sign_in.own_secrets import OwnSecretsDialog
from tests.ui.grab import picture_of
from tests.ui.sign_in.conftest import PASSWORD, PIN, Door

ROSA, INES = "Rosa Diaz", "Ines Park"


def digits(door: Door, secret: bytes, steps: int = 0) -> str:
    return second_factor.code_at(secret, second_factor.step_of(door.clinic.clock.now()) + steps)


def turned_on(door: Door, name: str = ROSA) -> bytes:
    one, secret = door.people[name], second_factor.new_secret()
    actor = Actor(one.id, one.roles, door.gate.desk_name)
    own_account.turn_on_factor(door.clinic.store, actor, PASSWORD[name], secret, digits(door, secret))
    door.clinic.clock.forward(1)
    return secret


def rosa_types(door: Door) -> None:
    door.write("rd")
    door.press("Return")
    door.enter(PASSWORD[ROSA])


def asks(door: Door, *roles: Role) -> None:
    with door.clinic.store.write(PROGRAM) as unit:
        there = unit.get(Clinic, 1)
        unit.save(replace(there, policies=replace(there.policies, factor_roles=frozenset(roles))))
        unit.commit()


def read_by_camera(box: PhoneBox) -> str:
    """What a phone's camera reads from the screen."""
    image = picture_of(box.code).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    seen = zxingcpp.ImageView(
        image.constBits(), image.width(), image.height(), zxingcpp.ImageFormat.Lum, image.bytesPerLine()
    )
    # Of some secrets a row of squares passes for a code with bars.
    (found,) = zxingcpp.read_barcodes(seen, formats=zxingcpp.BarcodeFormat.QRCode)
    return str(found.text)


def shown_dialog(door: Door, kind: type[QWidget]) -> QWidget:
    (found,) = [one for one in door.window.findChildren(kind) if one.isVisible()]
    door.qtbot.waitUntil(lambda: found.isAncestorOf(QApplication.focusWidget() or door.window))
    return found


def test_after_the_password_the_six_digits_are_asked_and_open(door: Door) -> None:
    secret = turned_on(door)
    rosa_types(door)
    page = door.gate.cover.digits
    assert door.gate.cover.page is page
    assert door.focus is page.line
    assert page.heading.text() == "The six digits of your phone, Rosa Diaz"
    door.enter("12345")
    assert page.form.row("code").problem == "Type the six digits that the phone shows now."
    page.line.clear()
    door.enter("000000")
    assert "were used already" in page.trouble.said
    assert door.gate.shut
    assert page.line.selectedText() == "000000"
    code = digits(door, secret)
    door.enter(f"{code[:3]} {code[3:]}")
    assert not door.gate.shut
    assert door.at_work() == door.people[ROSA].id
    assert page._begun == (0, "")
    door.gate.lock()
    door.settle()
    door.enter(PIN[ROSA])  # as before
    assert not door.gate.shut


@pytest.mark.parametrize("leave", ["Esc", "nobody"])
def test_who_has_the_password_alone_is_not_in_and_leaves_nothing_typed(door: Door, leave: str) -> None:
    turned_on(door)
    rosa_types(door)
    if leave == "Esc":
        door.press("Escape")
    else:
        door.gate._expired()
    assert door.gate.cover.page is door.gate.cover.entry
    assert door.gate.cover.digits._begun == (0, "")
    assert door.gate.shut


def test_a_role_that_asks_for_it_sets_a_phone_up_before_anything_opens(door: Door) -> None:
    door.desk.squares = squares_of
    door.gate.cover.factor.box._squares = squares_of
    asks(door, Role.RECEPTIONIST)
    rosa_types(door)
    page = door.gate.cover.factor
    assert door.gate.cover.page is page
    assert door.gate.shut
    address = urlparse(read_by_camera(page.box))
    asked = parse_qs(address.query)
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert "Rosa%20Diaz" in address.path
    assert asked["secret"] == [page.box.letters.text().replace(" ", "")]
    secret = page.box.secret
    assert second_factor.spelled(secret) == page.box.letters.text()
    door.enter("000000")
    assert page.form.row("code").problem.startswith("These are not the digits that belong to this code.")
    page.line.clear()
    door.enter(digits(door, secret))
    assert not door.gate.shut
    assert door.at_work() == door.people[ROSA].id
    assert (page.box.secret, page.box.letters.text()) == (b"", "")


def test_a_new_password_and_then_a_phone_are_asked_for_one_after_the_other(door: Door) -> None:
    asks(door, Role.RECEPTIONIST)
    ines, rosa = door.people[INES], door.people[ROSA]
    manager = Actor(ines.id, ines.roles, "desk")
    giving_accounts.reset_password(door.clinic.store, manager, rosa.id, "harbor cactus mile")
    door.write("rd")
    door.press("Return")
    door.enter("harbor cactus mile")
    own = door.gate.cover.own
    assert door.gate.cover.page is own
    for line in (own.new.one, own.new.two):
        line.setText("orchid pencil river")
    own.new.two.setFocus()
    door.press("Return")
    door.settle()
    page = door.gate.cover.factor
    assert door.gate.cover.page is page
    assert own._begun == (0, "")
    door.enter(digits(door, page.box.secret))
    assert door.at_work() == rosa.id


def test_ones_own_is_turned_on_and_off_by_keys(rosa: Door) -> None:
    rosa.press("Ctrl+Shift+F1")
    shown_dialog(rosa, OwnSecretsDialog)
    rosa.press("Alt+S")
    dialog = shown_dialog(rosa, FactorDialog)
    assert isinstance(dialog, FactorDialog)
    secret = dialog.box.secret
    rosa.press("Escape")
    rosa.window.activateWindow()
    rosa.qtbot.waitUntil(rosa.window.isActiveWindow)
    rosa.press("Ctrl+Shift+F1")
    shown_dialog(rosa, OwnSecretsDialog)
    rosa.press("Alt+S")
    dialog = shown_dialog(rosa, FactorDialog)
    assert isinstance(dialog, FactorDialog)
    assert dialog.box.secret == secret  # the phone may have scanned it before Esc
    rosa.write(PASSWORD[ROSA])
    rosa.press("Return")
    rosa.enter("000000")
    assert dialog.form.row("code").problem.startswith("These are not the digits")
    dialog.line.setText(digits(rosa, secret))
    dialog.line.setFocus()
    rosa.press("Return")
    rosa.settle()
    assert rosa.window.status_bar.said == "Your second factor is on."
    rosa.window.activateWindow()
    rosa.qtbot.waitUntil(rosa.window.isActiveWindow)
    rosa.clinic.clock.forward(1)
    rosa.press("Ctrl+Shift+F1")
    shown_dialog(rosa, OwnSecretsDialog)
    rosa.press("Alt+S")
    dialog = shown_dialog(rosa, FactorDialog)
    assert isinstance(dialog, FactorDialog)
    assert dialog.box.secret == b""
    rosa.write(PASSWORD[ROSA])
    rosa.press("Return")
    rosa.enter(digits(rosa, secret))
    assert rosa.window.status_bar.said == "Your second factor is taken away."
    known = {one.person.name: one.has_factor for one in core.accounts(rosa.clinic.store)}
    assert known == {ROSA: False, INES: False}


def test_in_a_small_window_the_line_for_the_digits_is_seen(door: Door) -> None:
    door.gate.cover.factor.box._squares = squares_of
    door.window.resize(683, 365)  # a 1366 x 730 screen at 200 %
    asks(door, Role.RECEPTIONIST)
    rosa_types(door)
    line = door.gate.cover.factor.line
    assert door.focus is line
    door.qtbot.waitUntil(lambda: not line.visibleRegion().isEmpty())
    assert line.visibleRegion().boundingRect().height() == line.height()


def test_esc_keeps_what_a_phone_may_have_scanned_until_it_is_confirmed(door: Door) -> None:
    asks(door, Role.RECEPTIONIST)
    rosa_types(door)
    page = door.gate.cover.factor
    shown = page.box.secret
    door.press("Escape")
    assert page.box.secret == b""  # nothing of it is to be seen
    door.enter(PASSWORD[ROSA])
    assert door.gate.cover.page is page
    assert page.box.secret == shown
    door.enter(digits(door, shown))
    assert not door.gate.shut
    page.begin(door.people[ROSA].id, PASSWORD[ROSA], ROSA, "The clinic")  # after a new password, say
    assert page.box.secret != shown
