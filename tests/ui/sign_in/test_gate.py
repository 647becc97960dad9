"""Signing in, the lock, and taking over, in the program's own window, by keys."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security import giving_accounts
from clinic_desktop.treatment.calling import call_for_help
from clinic_desktop.ui.alarms.help_dialog import HelpDialog
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.dialogs import APP_NAME, QuestionDialog
from clinic_desktop.ui.floor.reading import read_floor
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.set_up.section import SectionView
from clinic_desktop.ui.sign_in.account_box import AccountBox, GivenPasswordDialog
from clinic_desktop.ui.sign_in.idle import Idle
from clinic_desktop.ui.sign_in.own_secrets import OwnSecretsDialog
from clinic_desktop.ui.sign_in.page import minutes_and_seconds
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.wall.lobby import LobbyLine, lobby_lines, shown
from clinic_desktop.ui.widgets.list_model import THING_ROLE
from clinic_desktop.ui.widgets.rows import row_width
from tests.small_clinic import FRONT_DESK, MONDAY, at, build
from tests.ui.alarms.conftest import Ear
from tests.ui.sign_in.conftest import PASSWORD, PIN, Door
from tests.ui.sign_in.test_factor import turned_on

ROSA, INES = "Rosa Diaz", "Ines Park"


def seen_beneath(door: Door) -> list[QWidget]:
    """What of the clinic a screen reader would come to."""
    beneath = door.window.centralWidget()
    return [one for one in (beneath, *beneath.findChildren(QWidget)) if one.isVisible()]


def test_people_come_in_and_change_places_by_few_keys(door: Door) -> None:
    cover = door.gate.cover
    assert door.gate.shut, "the clinic is seen before somebody signed in"
    assert seen_beneath(door) == []
    assert door.window.windowTitle() == APP_NAME
    door.press("Ctrl+K")
    door.press("Alt+3")
    assert door.window.current == "board"
    assert cover.isAncestorOf(door.focus)
    assert door.at_work() == 0
    door.write("rd")
    door.press("Return")
    door.enter(PASSWORD[ROSA])
    assert not door.gate.shut
    assert door.at_work() == door.people[ROSA].id
    assert door.window.top_bar.person.accessibleName() == f"At work: {ROSA}"
    assert door.window.body.isAncestorOf(door.focus)
    assert door.window.windowTitle() != APP_NAME
    door.press("Ctrl+Shift+A")
    door.settle()
    door.press("Escape")
    assert not door.gate.shut, "who thinks better of it does not get back"
    door.press("Ctrl+Shift+A")
    door.settle()
    door.write("ip")
    door.enter(PIN[INES])  # its first digit ends the name
    assert door.at_work() == door.people[INES].id


def test_wrong_pins_end_in_the_password_and_wrong_passwords_in_a_wait_that_counts_down(rosa: Door) -> None:
    rosa.press("Ctrl+F1")
    rosa.settle()
    entry = rosa.gate.cover.entry
    assert entry.heading.text() == f"PIN of {ROSA}"
    for _ in range(3):
        rosa.enter("1111")
        assert rosa.gate.shut
    assert entry.heading.text() == f"Password of {ROSA}"
    assert entry.trouble.said.startswith("The PIN was wrong too often. Sign in with your password")
    assert "PIN" not in entry.secret.accessibleName()
    assert "Or the password" not in entry.secret.accessibleDescription()
    for _ in range(3):
        rosa.enter("not the password")
    assert entry.trouble.said.startswith("Try again in 0:15")
    rosa.clinic.clock.forward(10 / 60)
    entry.trouble.count()
    assert entry.trouble.said.startswith("Try again in 0:05")
    rosa.enter(PASSWORD[ROSA])
    assert rosa.gate.shut, "a try during the wait was taken"
    rosa.clinic.clock.forward(6 / 60)
    entry.trouble.count()
    assert entry.trouble.said == "You can try again now."
    entry.secret.clear()
    rosa.enter(PASSWORD[ROSA])
    assert not rosa.gate.shut


def test_the_lock_hides_all_at_once_and_brings_everything_back(rosa: Door) -> None:
    window = rosa.window
    window.search("Amara half a na")
    line = window.top_bar.search.line
    line.setCursorPosition(3)
    asked = QuestionDialog.ask(window, "Is Amara Okafor here?", "", "Yes", lambda: None)
    rosa.settle()
    rosa.gate.lock()
    assert seen_beneath(rosa) == []
    assert not asked.isVisible()
    others = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
    assert others == []
    late = QuestionDialog.ask(window, "Noah Reed is here", "", "Yes", lambda: None)
    assert late.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    rosa.settle()
    assert not late.isVisible()
    heard: list[Changes] = []
    rosa.desk.hub.tell(Changes(1, patients=frozenset({7})))
    rosa.desk.hub.changed.connect(heard.append)
    line.setFocus()  # work that ends behind the lock
    assert rosa.gate.cover.isAncestorOf(rosa.focus)
    rosa.gate.cover.take_focus()
    rosa.enter(PIN[ROSA])
    assert not rosa.gate.shut
    assert asked.isVisible()
    assert late.isVisible()
    assert not late.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    late.reject()
    asked.reject()
    assert heard[-1].patients == {7}, "what was changed meanwhile is told to nobody"
    assert line.text() == "Amara half a na"
    assert line.cursorPosition() == 3


def test_an_alarm_on_a_locked_screen_names_the_room_and_cannot_be_silenced(rosa: Door) -> None:
    window, room = rosa.window, rosa.clinic.rooms["Infusion 1"]
    window.alarms.watch.start(Ear())
    rosa.settle()
    rosa.gate.lock()
    rosa.desk.hub.tell(call_for_help(rosa.clinic.store, rosa.desk.actor, room.id))
    rosa.settle()
    (banner,) = rosa.gate.cover.banners.banners()
    assert banner.title == "Infusion 1: help is called"
    assert banner.actions == ()
    rosa.press("Ctrl+Shift+F12")
    rosa.settle()
    assert rosa.gate.cover.banners.banners(), "it was answered at a locked computer"
    window.commands.run("window.call-help")
    rosa.settle()
    called = next(one for one in QApplication.topLevelWidgets() if isinstance(one, HelpDialog))
    assert called.isVisible(), "whoever stands at a locked computer cannot call for help"
    called.reject()


def test_it_locks_by_itself_sooner_on_the_floor_and_at_once_after_a_sleep(rosa: Door) -> None:
    for place, minutes in (("board", 10), ("floor", 5)):
        rosa.window.go(place)
        rosa.settle()
        rosa.gate.idle.touch()
        rosa.idle(minutes - 0.1)
        assert not rosa.gate.shut
        rosa.idle(0.1)
        assert rosa.gate.shut
        assert f"after {minutes} minutes" in rosa.gate.cover.why
        rosa.settle()
        rosa.enter(PIN[ROSA])
    rosa.window.go("board")
    rosa.clinic.clock.forward(60)
    rosa.qtbot.keyClick(rosa.window.windowHandle(), Qt.Key.Key_A)
    assert rosa.gate.shut
    assert rosa.window.top_bar.search.line.text() == "", "the first key went on to the clinic"


def test_in_a_small_window_the_lock_shows_all_its_ways_without_a_bar(rosa: Door) -> None:
    rosa.window.resize(683, 365)  # a 1366 x 730 screen at 200 %
    rosa.idle(10)
    rosa.gate.idle.touch()
    rosa.settle()
    cover = rosa.gate.cover
    rosa.qtbot.waitUntil(lambda: cover.scrolled.verticalScrollBar().maximum() == 0)
    for button in (cover.entry.take, cover.entry.code, cover.entry.emergency):
        assert button.visibleRegion().boundingRect().size() == button.size()
    rosa.press("F1")
    heading = cover.help.heading
    rosa.qtbot.waitUntil(lambda: heading.visibleRegion().boundingRect().height() == heading.height())


def test_while_it_is_locked_and_nobody_is_there_it_does_not_look_all_the_time(rosa: Door) -> None:
    rosa.idle(10)
    assert rosa.gate.shut
    assert rosa.gate.idle._timer.remainingTime() > 1000


def test_a_clock_that_is_set_back_gives_no_more_time() -> None:
    idle = Idle(at(MONDAY, 8))
    assert idle.lasted(at(MONDAY, 8, 6)) == timedelta(minutes=6)
    assert idle.lasted(at(MONDAY, 7)) == timedelta(minutes=6)
    assert idle.lasted(at(MONDAY, 7, 4)) == timedelta(minutes=10)
    assert minutes_and_seconds(timedelta(seconds=65, milliseconds=1)) == "1:06"
    assert minutes_and_seconds(timedelta(seconds=-1)) == "0:00"


def test_the_first_manager_makes_a_password_and_types_the_code_back(bare: Door) -> None:
    cover = bare.gate.cover
    assert cover.page is cover.first
    assert [cover.first.who.itemText(n) for n in range(cover.first.who.count())] == [INES]
    cover.show_help()
    said = cover.help.accessibleDescription()
    assert "first manager" in said
    assert not [one for one in ("PIN", "recovery code", "Emergency") if one in said]  # none exists yet
    cover.help.left.emit()
    bare.write(PASSWORD[INES])
    bare.press("Return")
    bare.write(PASSWORD[INES])
    bare.press("Return")
    bare.settle()
    assert cover.page is cover.code
    code = cover.code.shown.text()
    bare.write("A" + code[1:] if code[0] != "A" else "B" + code[1:])
    bare.press("Return")
    assert bare.gate.shut
    assert cover.code.form.row("code").problem
    cover.code.typed.clear()
    bare.write(code.lower())
    bare.press("Return")
    bare.settle()
    assert not bare.gate.shut
    assert bare.at_work() == bare.people[INES].id
    assert cover.code.shown.text() == ""
    bare.gate.lock()
    bare.press("Alt+C")
    bare.write(code)
    bare.press("Return")
    for _ in range(2):
        bare.write("copper ladder nine")
        bare.press("Return")
    bare.settle()
    assert cover.page is cover.code
    assert cover.code.shown.text() not in ("", code)


def test_who_has_not_chosen_a_name_yet_is_not_told_off(door: Door) -> None:
    door.gate.cover.entry.want_emergency()
    form = door.gate.cover.emergency.form
    door.settle()
    assert not form._pause.isActive(), "the names that were filled in count as typed"
    assert form.row("who").problem == ""
    door.gate.cover.emergency.go_on()
    assert form.row("who").problem == "Choose your name."


def test_in_a_small_window_it_is_seen_what_became_of_the_printed_code(bare: Door) -> None:
    bare.window.resize(683, 365)  # a 1366 x 730 screen at 200 %
    for _ in range(2):
        bare.write(PASSWORD[INES])
        bare.press("Return")
    bare.settle()
    page = bare.gate.cover.code
    assert bare.gate.cover.page is page
    page.say_printed("The sheet is at the printer.", Tone.OK)
    bare.settle()  # it has its place
    assert page.trouble.height() > 20
    bare.qtbot.waitUntil(lambda: page.trouble.visibleRegion().boundingRect() == page.trouble.rect())


def test_emergency_access_says_so_as_long_as_it_lasts_and_ends_by_itself(door: Door) -> None:
    door.write("rd")
    door.press("Alt+E")
    door.settle()
    page = door.gate.cover.emergency
    assert door.focus is page.who
    assert page.who.currentData() is None, "a name stands there already"
    door.write("rosa")
    door.press("Tab")
    door.write("fire next door")
    door.press("Return")
    door.settle()
    assert not door.gate.shut
    assert door.desk.actor.until is not None
    assert "emergency-access" in [one.id for one in door.window.banners.banners()]
    door.clinic.clock.forward(61)
    door.gate.emergency.end()
    assert door.gate.shut
    assert "emergency-access" not in [one.id for one in door.window.banners.banners()]


def account_of_maya(door: Door) -> AccountBox:
    """A manager has opened the set-up at a nurse who cannot sign in."""
    door.write("ip")
    door.press("Return")
    door.enter(PASSWORD[INES])
    door.window.go("set-up")
    door.window.place("set-up").open_part("staff")  # type: ignore[attr-defined]  # its own
    views = door.window.findChildren(SectionView)
    view = next(one for one in views if one.subject.id == "staff")
    view.open(str(door.clinic.maya.id))
    door.settle()
    (box,) = door.window.findChildren(AccountBox)
    assert box.state.text() == "Cannot sign in: has no account."
    return box


def give(door: Door, box: AccountBox) -> None:
    """By keys alone."""
    box.give.setFocus()
    door.press("Alt+G")
    dialog = door.window.findChild(GivenPasswordDialog)
    assert dialog is not None
    for line in (dialog.new.one, dialog.new.two):
        line.setText("harbor cactus mile")
    dialog.take.fired.emit()
    door.settle()
    door.window.activateWindow()
    door.qtbot.waitUntil(door.window.isActiveWindow)


def test_a_manager_gives_and_closes_accounts_by_keys_and_stays_where_they_were(door: Door) -> None:
    box = account_of_maya(door)
    give(door, box)
    assert box.state.text().startswith("Can sign in: has a password and no PIN.")
    assert door.window.focusWidget() is box.reset  # and not on whatever comes after the button that went
    assert door.window.status_bar.said.startswith("Maya Jones has an account now")
    door.press("Alt+N")
    dialog = door.window.findChild(GivenPasswordDialog)
    assert dialog is not None
    dialog.reject()
    door.window.activateWindow()
    door.qtbot.waitUntil(door.window.isActiveWindow)
    door.press("Alt+C")
    asked = door.window.findChild(QuestionDialog)
    assert asked is not None
    asked.yes.click()
    door.settle()
    assert box.state.text() == "Cannot sign in: has no account."
    assert door.window.focusWidget() is box.give
    assert door.window.status_bar.said == "The account of Maya Jones is closed."
    box.give.set_missing(["A manager gives accounts."])
    door.window.activateWindow()
    door.qtbot.waitUntil(door.window.isActiveWindow)
    door.press("Alt+G")
    assert not [one for one in door.window.findChildren(GivenPasswordDialog) if one.isVisible()]


def test_an_account_that_could_not_be_closed_is_told_with_its_name_and_not_over_anothers(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = account_of_maya(door)
    give(door, box)
    began, go_on = Event(), Event()

    def no(*_all: object) -> None:
        began.set()
        assert go_on.wait(20)
        raise EnvironmentFailure("The disk is full. Nothing was saved.")

    monkeypatch.setattr(giving_accounts, "close_account", no)
    box._close()
    door.qtbot.waitUntil(began.is_set)
    box.show_person(door.people[INES])
    said = box.state.text()
    go_on.set()
    door.settle()
    assert box.state.text() == said
    assert door.window.status_bar.said.startswith("The account of Maya Jones is not closed. The disk is full")


def noticed(door: Door) -> list[str]:
    return [one.accessibleName() for one in door.window.notices.notices()]


def test_a_key_that_can_do_nothing_with_an_account_says_why_and_which_does(door: Door) -> None:
    box = account_of_maya(door)
    door.press("Alt+N")
    assert noticed(door)[-1].endswith("Maya Jones has no account. Alt G gives them one.")
    give(door, box)
    door.press("Alt+G")
    assert noticed(door)[-1].endswith("Maya Jones has an account. Alt N gives them a new password.")
    assert not [one for one in door.window.findChildren(GivenPasswordDialog) if one.isVisible()]


def test_a_new_password_says_that_it_takes_the_second_factor_away_and_that_it_did(door: Door) -> None:
    turned_on(door)
    box = account_of_maya(door)
    view = next(one for one in door.window.findChildren(SectionView) if one.subject.id == "staff")
    view.open(str(door.people[ROSA].id))
    door.settle()
    door.press("Alt+N")
    dialog = next(one for one in door.window.findChildren(GivenPasswordDialog) if one.isVisible())
    assert "takes their second factor away" in dialog.accessibleDescription()
    for line in (dialog.new.one, dialog.new.two):
        line.setText("harbor cactus mile")
    dialog.take.fired.emit()
    door.settle()
    assert door.window.status_bar.said == (
        "Rosa Diaz has a new password, and chooses another at the next sign-in. "
        "The second factor is taken away."
    )
    assert "second factor" not in box.state.text()


def test_whoever_gets_a_password_chooses_another_before_anything_opens(door: Door) -> None:
    box = account_of_maya(door)
    give(door, box)
    door.window.back_to_work()
    door.press("Ctrl+Shift+A")
    door.settle()
    door.write("mj")
    door.press("Return")
    door.enter("harbor cactus mile")
    assert door.at_work() == door.people[INES].id  # nothing opened for her
    page = door.gate.cover.own
    assert door.gate.cover.page is page
    assert page.heading.text() == "A password of your own, Maya Jones"
    assert door.focus is page.new.one
    door.write("harbor cactus mile")
    door.press("Return")
    door.enter("harbor cactus mile")
    assert page.form.row("password").problem == "This is the password that you have. Choose another."
    assert door.gate.shut
    page.new.one.setText("orchid pencil river")
    page.new.two.setText("orchid pencil river")
    page.new.two.setFocus()
    door.press("Return")
    door.settle()
    assert door.at_work() == door.clinic.maya.id
    assert not door.gate.shut
    assert box.reset.missing, "a nurse gives passwords"


def test_ones_own_pin_is_set_and_unlocks(rosa: Door) -> None:
    rosa.press("Ctrl+Shift+F1")
    own = rosa.window.findChild(OwnSecretsDialog)
    assert own is not None
    own.old.setText(PASSWORD[ROSA])
    for line in (own.new, own.again):
        line.setText("8302")
    own.take.fired.emit()
    rosa.settle()
    rosa.gate.lock()
    rosa.settle()
    rosa.enter("8302")
    assert not rosa.gate.shut


def given(door: Door) -> None:
    """Rosa has a new password of a manager's choice, and types it."""
    ines, rosa = door.people[INES], door.people[ROSA]
    giving_accounts.reset_password(
        door.clinic.store, Actor(ines.id, ines.roles, "desk"), rosa.id, "harbor cactus mile"
    )
    door.desk.hub.tell(Changes(kinds=frozenset({"account"})))
    door.settle()
    door.write("rd")
    door.press("Return")
    door.enter("harbor cactus mile")


@pytest.mark.parametrize("by", ["Esc", "nobody"])
def test_whoever_leaves_a_given_password_unchanged_is_not_in_and_leaves_nothing_typed(
    door: Door, by: str
) -> None:
    given(door)
    page = door.gate.cover.own
    assert door.gate.cover.page is page
    door.write("half a")
    if by == "Esc":
        door.press("Escape")
    else:
        door.gate._expired()
    assert door.gate.shut
    assert door.at_work() == 0
    assert door.gate.cover.page is door.gate.cover.entry
    assert (page._begun, page.new.value) == ((0, ""), "")


def test_after_the_first_sign_in_the_window_has_its_name_and_its_keys(door: Door) -> None:
    door.window.go("patients")  # as the start of the program opens its first place: behind the cover
    assert door.window.windowTitle() == APP_NAME
    door.write("rd")
    door.press("Return")
    door.enter(PASSWORD[ROSA])
    assert door.window.windowTitle() == f"Patients - {APP_NAME}"
    assert "Ctrl N: new" in door.window.status_bar.hints.accessibleName()
    door.gate.lock()
    assert door.window.windowTitle() == APP_NAME


def test_the_focus_is_seen_all_around_the_locked_screen(rosa: Door) -> None:
    rosa.gate.lock()
    rosa.settle()
    entry = rosa.gate.cover.entry
    assert rosa.focus is entry.secret
    for way in ("Shift+Tab", "Tab"):
        met = []
        for _ in range(12):
            rosa.press(way)
            assert isinstance(rosa.focus, QLineEdit | QAbstractButton), rosa.focus
            met.append(rosa.focus)
        assert entry.secret in met
        assert entry.people.line in met


def test_what_is_half_typed_is_named_before_somebody_else_takes_over(rosa: Door) -> None:
    rosa.window.go("patients")
    rosa.press("Ctrl+N")
    rosa.settle()
    rosa.write("Zoe Half")
    assert isinstance(rosa.focus, QLineEdit)
    rosa.gate.lock()
    rosa.settle()
    assert rosa.gate.cover.why.endswith("What you were typing is kept until somebody else goes on.")
    rosa.press("Ctrl+Shift+A")
    assert rosa.focus is rosa.gate.cover.entry.people.line
    rosa.write("ines")
    rosa.enter(PIN[INES])
    page = rosa.gate.cover.take_over
    assert rosa.gate.cover.page is page
    assert "Rosa Diaz left something open" in page.lead.text()
    assert "Zoe" not in page.lead.text()
    rosa.press("Return")  # a second Enter throws nothing away
    assert rosa.gate.cover.page is rosa.gate.cover.entry
    assert rosa.at_work() == rosa.people[ROSA].id


def test_the_lobby_says_time_initials_and_status(tmp_path: Path) -> None:
    clinic = build(tmp_path)
    book(clinic.store, FRONT_DESK, clinic.wish())
    read = read_floor(clinic.store, MONDAY, clinic.clock.now())
    clinic.store.close()
    assert lobby_lines(read) == (LobbyLine("10:00 AM", "A. O.", "expected"),)
    here = LobbyLine("11:00 AM", "N. R.", "with us")
    assert shown([*lobby_lines(read), here], 1) == [here], "who is here gives way to who comes"


def test_appearance_has_its_keys_over_the_lock_and_on_the_page_for_a_lost_password(rosa: Door) -> None:
    rosa.gate.lock()
    rosa.settle()
    try:
        cover = rosa.gate.cover
        for page, first in ((cover.entry, cover.entry.secret), (cover.recover, cover.recover.first())):
            cover.turn_to(page, first)
            rosa.press("Ctrl+F10")
            assert theme().appearance is Appearance.DARK
            rosa.press("Ctrl+F9")
            assert theme().appearance is Appearance.LIGHT
        assert rosa.gate.shut
    finally:
        theme().set_appearance(Appearance.SYSTEM)


def test_while_a_try_is_refused_nothing_is_typed_and_it_says_how_long(door: Door) -> None:
    door.write("rd")
    door.press("Return")
    for _ in range(5):
        door.enter("nothing of it")
    line = door.gate.cover.entry.secret
    assert door.gate.cover.entry.trouble.waiting
    assert line.isReadOnly()
    door.write("more")
    assert line.text() == ""
    assert line.placeholderText().startswith("Try again in 0:")
    assert line.hasFocus()
    door.clinic.clock.forward(30)
    door.gate.cover.entry.trouble.count()
    assert line.placeholderText() == ""
    door.enter(PASSWORD["Rosa Diaz"])
    assert not door.gate.shut


def test_f1_says_over_the_lock_what_can_be_done_and_names_nobody(rosa: Door) -> None:
    rosa.gate.lock()
    rosa.settle()
    rosa.write("half")
    cover = rosa.gate.cover
    line = cover.entry.secret
    rosa.press("F1")
    rosa.qtbot.waitUntil(cover.help.isVisible)
    said = cover.help.accessibleDescription()
    assert "Emergency access" in said
    assert not [one.name for one in rosa.people.values() if one.name in said]
    assert cover.page is cover.entry
    assert rosa.gate.shut
    rosa.press("Escape")
    assert cover.entry.isVisible()
    assert line.hasFocus()
    assert line.text() == "half"
    assert rosa.gate.shut


def test_in_a_small_window_no_name_is_cut_whatever_stands_beside_it(door: Door) -> None:
    door.window.resize(683, 365)  # a 1366 x 730 screen at 200 %
    entry = door.gate.cover.entry
    entry.set_away(True)  # a long sentence, and locks on both keys below
    door.write("rd")
    door.press("Return")
    door.settle()
    view = entry.people.list
    longer = replace(view.currentIndex().data(THING_ROLE), text="Alexander Vasquez")
    QApplication.processEvents()
    assert row_width(longer) <= view.viewport().width()
    entry.set_away(False)
