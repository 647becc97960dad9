"""A shared computer: somebody signs in, is called away in the middle of a booking, and comes back to it; then
a colleague sits down."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.people.model import Staff
from clinic_desktop.security import accounts as core
from clinic_desktop.security import giving_accounts, own_account
from clinic_desktop.ui.booking.booking_panel import BookingPanel
from tests.accounts import with_own_password
from tests.journeys.desk_story import DeskStory

ROSA, INES = "violet tractor seven", "granite window lamp"


def people(desk: DeskStory) -> dict[str, Staff]:
    return {one.initials: one for one in desk.window.desk.setup.staff}


def with_accounts(desk: DeskStory) -> None:
    """Rosa Diaz and Ines Park can sign in, and their PINs count here."""
    store, here, there = desk.clinic.store, settings.desk_name(), people(desk)
    giving_accounts.make_first_manager(store, here, there["IP"].id, INES)
    manager = Actor(there["IP"].id, there["IP"].roles, here)
    with_own_password(store, manager, there["RD"].id, ROSA, here)
    for initials, password, pin in (("IP", INES, "9164"), ("RD", ROSA, "7351")):
        actor = core.sign_in(store, here, there[initials].id, password)
        own_account.set_pin(store, actor, password, pin)
    desk.window.gate.start(core.accounts(store))
    desk.window.gate.take_focus()
    desk.wait()


def rosa_comes(desk: DeskStory) -> None:
    desk.write("rd")
    desk.press("Return")
    desk.write(ROSA)
    desk.press("Return")
    desk.wait(lambda: not desk.window.gate.shut)


def test_the_first_key_after_a_screen_locked_by_itself_is_of_the_password(desk: DeskStory) -> None:
    with_accounts(desk)
    gate = desk.window.gate
    rosa_comes(desk)
    desk.clinic.clock.forward(10)
    gate.idle.look()
    assert gate.shut
    desk.clinic.clock.forward(1)  # nobody is there yet
    gate.idle.look()
    handle = desk.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_V)  # as the system gives it: the first letter of the password
    assert gate.cover.entry.secret.text() == "v"


def test_half_a_booking_waits_behind_the_lock_for_whoever_typed_it(desk: DeskStory) -> None:
    with_accounts(desk)
    gate = desk.window.gate
    rosa_comes(desk)
    desk.press("Alt+1", "F3")
    desk.wait()
    desk.write("oka")
    desk.wait()
    desk.press("Return")
    desk.wait()
    panel = desk.window.body.panel
    assert isinstance(panel, BookingPanel)
    line = panel.note
    line.setFocus()
    desk.write("left ear only")
    desk.clinic.clock.forward(10)
    gate.idle.look()
    assert gate.shut
    assert not panel.isVisible()
    assert not desk.window.centralWidget().isVisible()
    desk.wait()
    for _ in range(5):  # after three the PIN counts no more
        desk.write("1111")
        desk.press("Return")
        desk.wait()
        assert gate.shut
    desk.write(ROSA)
    desk.press("Return")
    desk.wait(lambda: not gate.shut)
    assert desk.window.body.panel is panel
    assert panel.isVisible()
    assert desk.focus is line
    assert line.text() == "left ear only"
    assert panel._answers.patient_id == desk.clinic.amara.id
    desk.write(", please")
    assert line.text() == "left ear only, please"
    desk.press("Ctrl+Shift+A")
    desk.wait()
    desk.write("ip9164")  # six keys and Enter
    desk.press("Return")
    desk.wait()
    assert gate.cover.page is gate.cover.take_over
    desk.press("Ctrl+Return")
    desk.wait(lambda: not gate.shut)
    assert desk.window.top_bar.person.accessibleName() == "At work: Ines Park"
    assert desk.window.body.panel is None
    assert desk.visits(desk.clinic.amara.id) == []
