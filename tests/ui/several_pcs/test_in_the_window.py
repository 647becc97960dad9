"""Several PCs in the window: how the clinic is kept, there and back, another name, and the old copy."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from clinic_desktop.app import Program
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.clock import SystemClock
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.moving_steps import Far, Step
from clinic_desktop.foundation.server_place import Owner
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.people.model import Patient
from clinic_desktop.people.patients import create
from clinic_desktop.security import server_password
from clinic_desktop.security.recovery_key import new_recovery_key
from clinic_desktop.security.unlocking import new_keys
from clinic_desktop.start import server
from clinic_desktop.start.opening import new_keys_of
from clinic_desktop.start.server_desk import move_back
from clinic_desktop.storage import engine
from clinic_desktop.storage.backup_folder import named
from clinic_desktop.storage.check import findings
from clinic_desktop.storage.cipher import can_seal
from clinic_desktop.storage.engine import Sealed
from clinic_desktop.storage.look import is_sealed
from clinic_desktop.storage.moving import move
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.backups.section import BackupsView
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.first_run.keys_step import WishedKeys
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.several_pcs.moving_words import Doing
from clinic_desktop.ui.several_pcs.name_dialog import NameDialog, ShownPassword, name_for
from clinic_desktop.ui.several_pcs.owner_dialog import OwnerDialog
from clinic_desktop.ui.several_pcs.section import SeveralView
from clinic_desktop.ui.window import Window
from tests.small_clinic import SmallClinic, build
from tests.storage import postgres
from tests.ui.grab import grab_both

LONG = 30_000
CONTROL = Qt.KeyboardModifier.ControlModifier


class Here:
    """The program with a clinic, and what a person sees and presses."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self.qtbot = program, qtbot

    def until(self, what: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(what()), timeout=LONG)

    def quiet(self) -> None:
        self.until(lambda: not operations.running_count())

    def open(self, where: str) -> Window:
        self.program.open_clinic(where)
        return self.opened()

    def opened(self, other_than: Window | None = None) -> Window:
        self.until(lambda: self.program.window is not None and self.program.window is not other_than)
        window = self.program.window
        assert window is not None
        window.desk.act_as(Actor(0, frozenset({Role.MANAGER}), "desk"))
        self.quiet()
        return window

    def part(self, window: Window) -> SeveralView:
        window.commands.run("window.several-pcs")
        self.until(lambda: window.several.how is not None)
        view = window.place("set-up").shown()  # type: ignore[attr-defined]  # the set-up's own
        assert isinstance(view, SeveralView)
        return view

    def press(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        self.qtbot.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)

    @property
    def start(self):
        assert self.program._start is not None
        return self.program._start


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallClinic:
    monkeypatch.setattr(server_password, "has_keyring", lambda: False)
    made = build(tmp_path)
    made.store.close()
    return made


@pytest.fixture
def here(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Here]:
    settings.home().mkdir(parents=True, exist_ok=True)
    program = Program(SettingsStore(settings.home() / "window.ini"))
    yield Here(program, qtbot)
    program.close()
    for one in (program.window, program._start):
        if one is not None:
            one.close()
            delete(one)


@pytest.fixture
def database(postgres_server: postgres.Server) -> Iterator[str]:
    name = postgres_server.database()
    yield name
    postgres_server.drop(name)


def moved(clinic: SmallClinic, address: str) -> Path:
    where = clinic.store.where
    assert isinstance(where, Path)
    move(where, address, PROGRAM, SystemClock().now())
    return where


def moved_by(window: Window) -> tuple[str, str]:
    """As whom and at which desk the clinic was moved last: the manager's, and not the program's own."""
    with window.desk.store.read() as records:
        asked = "SELECT roles, desk FROM audit WHERE action = ? ORDER BY id DESC LIMIT 1"
        roles, desk = records.rows(asked, [Deed.MOVED_HERE.value])[0]
    return str(roles), str(desk)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the progress says, one after the other."""
    said: list[str] = []
    real = server.doing

    def tell(far: Far) -> Doing:
        now = real(far)
        said.append(f"{now.what} {now.how_far}")
        return now

    monkeypatch.setattr(server, "doing", tell)
    return said


def test_a_clinic_goes_to_a_server_by_the_set_up(
    here: Here, clinic: SmallClinic, postgres_server: postgres.Server, database: str, told: list[str]
) -> None:
    window = here.open(str(clinic.store.where))
    view = here.part(window)
    assert view.says.text() == "The clinic is in a file of this PC"
    assert str(clinic.store.where) in view.facts.text()
    assert "It is not encrypted." in view.facts.text()
    assert [one.text() for one in view.ways] == ["Move this clinic to a server"]
    here.press(view, Qt.Key.Key_1)
    assert isinstance(window.several.dialog, QuestionDialog)
    window.several.dialog.yes.click()
    here.until(lambda: here.program._start is not None and here.start.server.isVisible())
    page = here.start.server
    page.host.setText(str(postgres_server.folder))
    page.database.setText(database)
    page.user.setText(postgres.OWNER)
    here.press(page, Qt.Key.Key_Return, CONTROL)
    here.until(lambda: page.next.text() == "Move this clinic there")
    here.press(page, Qt.Key.Key_Return, CONTROL)
    here.until(lambda: here.start.proof is not None and here.start.proof.isVisible())
    assert any(one.startswith("Copying every row Table 1 of ") for one in told)
    assert any(one.startswith("Comparing every row with its copy Table ") for one in told)
    here.press(here.start.proof, Qt.Key.Key_Return, CONTROL)
    here.until(lambda: page.next.text() == "Open the clinic there")
    here.press(page, Qt.Key.Key_Return, CONTROL)
    window = here.opened()
    assert not [one for one in window.banners.banners() if one.id == "owner-at-work"]
    assert moved_by(window) == ("manager", "desk")


def test_a_clinic_comes_back_to_a_file_by_the_set_up(
    here: Here,
    clinic: SmallClinic,
    postgres_server: postgres.Server,
    database: str,
    told: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("clinic_desktop.app.can_seal", lambda: False)
    moved(clinic, postgres_server.address(database, postgres.OWNER))
    window = here.open(postgres_server.address(database, postgres.DESK))
    view = here.part(window)
    here.until(lambda: "signs in as desk_1: a name for the desks" in view.facts.text())
    assert [one.text() for one in view.ways] == ["Another name for this PC", "Move the clinic back to a file"]
    here.press(view, Qt.Key.Key_2)
    assert isinstance(window.several.dialog, QuestionDialog)
    window.several.dialog.yes.click()
    here.until(lambda: here.program._start is not None and here.start.back is not None)
    back = here.start.back
    back.file.clear()
    here.press(back, Qt.Key.Key_Return, CONTROL)
    assert back.form.row("file").problem == "Name a file."
    target = settings.home() / "back.sqlite"
    back.file.setText(str(target))
    back.owner.setText(postgres.DESK)  # who does not own it
    here.press(back, Qt.Key.Key_Return, CONTROL)
    here.until(lambda: "Use the owner's name" in back.problem.accessibleName() and back.problem.isVisible())
    assert not target.exists()
    back.owner.setText(postgres.OWNER)
    here.press(back, Qt.Key.Key_Return, CONTROL)
    here.until(lambda: here.start.proof is not None and here.start.proof.isVisible())
    assert here.start.proof.next.text() == "Open the clinic here"
    assert any(one.startswith("Comparing every row with its copy Table ") for one in told)
    here.press(here.start.proof, Qt.Key.Key_Return, CONTROL)
    window = here.opened()
    assert settings.last_clinic() == str(target)
    assert findings(target) == []
    assert moved_by(window) == ("manager", "desk")


def test_before_a_clinic_moves_it_is_said_which_desks_have_it_open(
    here: Here,
    clinic: SmallClinic,
    postgres_server: postgres.Server,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("clinic_desktop.app.can_seal", lambda: False)
    moved(clinic, postgres_server.address(database, postgres.OWNER))
    window = here.open(postgres_server.address(database, postgres.DESK))
    with monkeypatch.context() as other:
        other.setattr(engine, "desk_name", lambda: "Front desk")
        front = open_store(postgres_server.address(database, postgres.DESK))
        front.change_number()
    window.several.back_wanted.emit()
    here.until(lambda: here.program._start is not None and here.start.back is not None)
    back, target = here.start.back, settings.home() / "back.sqlite"
    back.file.setText(str(target))
    back.owner.setText(postgres.OWNER)
    here.press(back, Qt.Key.Key_Return, CONTROL)
    here.until(lambda: here.program.others_dialog is not None)
    dialog = here.program.others_dialog
    assert dialog is not None
    assert "The clinic is still open at: Front desk" in dialog.accessibleName()
    assert not dialog.yes.hasFocus()
    grab_both(dialog, "open-elsewhere", (620, 420))
    dialog.reject()
    here.quiet()
    assert not target.exists()
    assert back.isVisible()
    front.close()
    here.press(back, Qt.Key.Key_Return, CONTROL)  # it was closed there
    here.until(lambda: here.start.proof is not None and here.start.proof.isVisible())
    assert here.program.others_dialog is dialog


@pytest.mark.skipif(not can_seal(), reason="nothing here encrypts a file")
def test_it_comes_back_encrypted_and_nothing_is_left_of_what_failed(
    clinic: SmallClinic, postgres_server: postgres.Server, database: str, tmp_path: Path
) -> None:
    address = postgres_server.address(database, postgres.OWNER)
    moved(clinic, address)
    file = tmp_path / "home.sqlite"
    wished = WishedKeys(new_recovery_key(), "four words are enough")
    with pytest.raises(EnvironmentFailure, match="owner's name"):
        move_back(address, Owner(postgres.DESK, ""), file, new_keys_of(wished), PROGRAM, lambda _far: None)
    assert not list(tmp_path.glob("home*"))
    keys = new_keys_of(wished)
    done = move_back(address, Owner(postgres.OWNER, ""), file, keys, PROGRAM, lambda _far: None)
    assert done is not None
    assert is_sealed(file)
    assert findings(Sealed(file, keys.data_key)) == []


def test_who_goes_back_on_the_way_is_in_the_clinic_again(here: Here, clinic: SmallClinic) -> None:
    window = here.open(str(clinic.store.where))
    window.several.server_wanted.emit()
    here.until(lambda: here.program._start is not None and here.start.server.isVisible())
    here.press(here.start.server, Qt.Key.Key_Escape)
    assert here.opened(window).desk.setup.clinic.name == window_name(clinic)


def window_name(clinic: SmallClinic) -> str:
    assert isinstance(clinic.store.where, Path)
    store = open_store(clinic.store.where)
    try:
        with store.read() as records:
            return records.setup().clinic.name
    finally:
        store.close()


def test_only_who_may_change_the_set_up_moves(here: Here, clinic: SmallClinic) -> None:
    window = here.open(str(clinic.store.where))
    view = here.part(window)
    window.desk.act_as(Actor(0, frozenset({Role.NURSE}), "desk"))
    here.press(view, Qt.Key.Key_1)
    assert window.several.dialog is None
    assert "change the set-up" in window.notices.notices()[-1].accessibleName()


def test_the_banner_of_the_owner_gives_this_pc_a_name(
    here: Here, clinic: SmallClinic, postgres_server: postgres.Server, database: str
) -> None:
    owner = postgres_server.address(database, postgres.OWNER)
    moved(clinic, owner)
    window = here.open(owner)
    (banner,) = [one for one in window.banners.banners() if one.id == "owner-at-work"]
    here.until(lambda: window.several.how is not None)
    banner.actions[0].handler()
    dialog = window.several.dialog
    assert isinstance(dialog, NameDialog)
    assert dialog.name.text() == name_for(settings.desk_name())
    assert not dialog.owner.isVisible()
    dialog.name.setText(postgres.DESK)  # another PC's
    here.press(dialog.name, Qt.Key.Key_Return, CONTROL)
    here.quiet()
    here.until(lambda: any("Type its password" in one.accessibleName() for one in window.notices.notices()))
    window.several.ask_name()
    dialog = window.several.dialog
    assert isinstance(dialog, NameDialog)
    dialog.name.setText("desk_two")
    dialog.take.click()
    here.until(lambda: isinstance(window.several.dialog, ShownPassword))  # there is no keyring
    shown = window.several.dialog
    assert isinstance(shown, ShownPassword)
    assert len(shown.password.text()) > 20
    here.press(shown.password, Qt.Key.Key_Return)
    other = here.opened(window)
    assert settings.last_clinic().startswith("postgresql://desk_two@")
    assert not [one for one in other.banners.banners() if one.id == "owner-at-work"]
    assert other.several.how is not None
    assert not other.several.how.owner
    with postgres_server.connect("postgres", "admin") as admin:
        here.program.close()
        admin.execute("DROP ROLE desk_two")


def test_the_old_copy_leads_to_where_the_clinic_is(
    here: Here, clinic: SmallClinic, postgres_server: postgres.Server, database: str
) -> None:
    where = moved(clinic, postgres_server.address(database, postgres.OWNER))
    here.program.open_clinic(str(where))
    here.until(lambda: here.program._start is not None and here.start.health is not None)
    page = here.start.health
    assert page.health.trouble is Trouble.MOVED
    assert [one.text() for one in page.ways][:2] == [
        "Go to where the clinic is now",
        "Use this old copy again",
    ]
    here.press(page, Qt.Key.Key_1)
    server_page = here.start.server
    assert server_page.isVisible()
    assert server_page.place.database == database
    assert server_page.place.user == "clinic_desk"


def test_the_old_copy_is_used_again_on_purpose(
    here: Here, clinic: SmallClinic, postgres_server: postgres.Server, database: str
) -> None:
    where = moved(clinic, postgres_server.address(database, postgres.OWNER))
    here.program.open_clinic(str(where))
    here.until(lambda: here.program._start is not None and here.start.health is not None)
    here.press(here.start.health, Qt.Key.Key_2)
    (question,) = here.start.findChildren(QuestionDialog)
    assert not question.yes.hasFocus()
    here.press(question, Qt.Key.Key_Escape)
    with pytest.raises(Exception, match="moved on"):
        open_store(where)
    here.press(here.start.health, Qt.Key.Key_2)
    question = here.start.findChildren(QuestionDialog)[-1]
    question.yes.click()
    window = here.opened()
    said = window.notices.notices()[-1].accessibleName()
    assert "The old copy is in use again" in said
    assert "The check found nothing wrong." in said
    assert findings(where) == []


def test_a_name_is_made_of_what_a_computer_is_called() -> None:
    assert name_for("Front desk 2") == "desk_front_desk_2"
    assert name_for("診療所") == "clinic_desk"


def test_an_old_copy_on_a_server_is_taken_back_by_its_owner(
    here: Here, clinic: SmallClinic, postgres_server: postgres.Server, database: str, tmp_path: Path
) -> None:
    owner = postgres_server.address(database, postgres.OWNER)
    moved(clinic, owner)
    file = tmp_path / "home.sqlite"
    move(owner, file, PROGRAM, SystemClock().now())
    here.program.open_clinic(postgres_server.address(database, postgres.DESK))
    here.until(lambda: here.program._start is not None and here.start.health is not None)
    assert here.start.health.health.there == str(file)
    here.press(here.start.health, Qt.Key.Key_2)
    (asked,) = here.start.findChildren(OwnerDialog)
    asked.name.setText(postgres.OWNER)
    here.press(asked.password, Qt.Key.Key_Return)
    window = here.opened()
    assert "The old copy is in use again" in window.notices.notices()[-1].accessibleName()
    assert settings.last_clinic() == postgres_server.address(database, postgres.DESK)


@pytest.mark.parametrize("cut_off", [False, True])
def test_the_old_copy_on_a_server_leads_to_the_file(
    here: Here,
    clinic: SmallClinic,
    postgres_server: postgres.Server,
    database: str,
    tmp_path: Path,
    cut_off: bool,
) -> None:
    """Also where the move was cut off when the server had its mark already: it is finished then."""
    owner = postgres_server.address(database, postgres.OWNER)
    moved(clinic, owner)
    file = tmp_path / "home.sqlite"

    def tell(far: Far) -> None:
        if cut_off and far.step is Step.MARKED:
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        move(owner, file, PROGRAM, SystemClock().now(), tell)
    here.program.open_clinic(postgres_server.address(database, postgres.DESK))
    here.until(lambda: here.program._start is not None and here.start.health is not None)
    here.press(here.start.health, Qt.Key.Key_1)
    here.opened()
    assert settings.last_clinic() == str(file)


def test_a_passphrase_finishes_a_move_that_was_cut_off(
    here: Here, clinic: SmallClinic, postgres_server: postgres.Server, database: str, tmp_path: Path
) -> None:
    owner, file = postgres_server.address(database, postgres.OWNER), tmp_path / "home.sqlite"
    moved(clinic, owner)
    keys = new_keys("four quiet grey herons")
    keys.write(file)

    def tell(far: Far) -> None:
        if far.step is Step.MARKED:
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        move(owner, Sealed(file, keys.data_key), PROGRAM, SystemClock().now(), tell)
    here.program.open_clinic(postgres_server.address(database, postgres.DESK))
    here.until(lambda: here.program._start is not None and here.start.health is not None)
    here.press(here.start.health, Qt.Key.Key_1)
    here.quiet()
    here.program._try_key("four quiet grey herons", remember=False)
    here.opened()
    assert findings(Sealed(file, keys.data_key)) == []
    assert settings.last_clinic() == str(file)


def test_a_backup_of_a_server_is_restored_by_its_owner(
    here: Here, clinic: SmallClinic, postgres_server: postgres.Server, database: str, tmp_path: Path
) -> None:
    moved(clinic, postgres_server.address(database, postgres.OWNER))
    address = postgres_server.address(database, postgres.DESK)
    settings.remember_backup_folder(named(address), tmp_path / "kept")
    (tmp_path / "kept").mkdir()
    window = here.open(address)
    here.until(lambda: list((tmp_path / "kept").glob("*.dump")))
    here.quiet()
    store = open_store(address)
    create(store, clinic.desk, Patient(family_name="Lee", given_name="Ana"))
    store.close()
    window.commands.run("window.backups")
    view = window.place("set-up").shown()  # type: ignore[attr-defined]  # the set-up's own
    assert isinstance(view, BackupsView)
    here.quiet()
    here.press(view.list, Qt.Key.Key_Return)
    asked = window.backups.owner_dialog
    assert asked is not None
    assert window.backups.dialog is None
    assert asked.password.echoMode() is QLineEdit.EchoMode.Password
    asked.name.setText(postgres.OWNER)
    here.press(asked.password, Qt.Key.Key_Return)
    look = window.backups.dialog
    assert look is not None
    here.until(look.restore.isEnabled)
    assert "came after it and would no longer be there" in look.says.text()
    look.restore.click()
    other = here.opened(window)
    (told,) = other.notices.notices()
    assert "take it from paper" in told.accessibleName()
    with postgres_server.connect(database, "admin") as admin:
        assert admin.execute("SELECT count(*) FROM patient").fetchone() == (2,)
        query = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'clinic_before_%'"
        assert admin.execute(query).fetchone() == (1,)


def test_the_page_says_why_the_demo_clinic_is_not_moved(
    here: Here, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = here.open(str(clinic.store.where))
    view = here.part(window)
    here.until(lambda: bool(view.ways))
    assert not view.warns.isVisible()
    monkeypatch.setattr(type(view._several), "demo", property(lambda _: True))
    view.show_how()
    assert not view.ways
    assert view.warns.isVisible()
    assert "The demo clinic stays on this PC" in view.warns.accessibleName()
    grab_both(window, "several-demo", (1366, 730))
    grab_both(window, "several-demo-small", (683, 384), scale=2.0)
