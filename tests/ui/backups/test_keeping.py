"""The backups in the window: made by themselves, their age on the screen, what is wrong with what to do."""

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.app import Program
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.backups import Age, Backup, Check, Facts, Head, Standing
from clinic_desktop.foundation.clock import SystemClock
from clinic_desktop.foundation.errors import EnvironmentFailure, RightMissing
from clinic_desktop.foundation.secrets import Secret
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.set_up_new import Answers, NewPerson
from clinic_desktop.security.account import Account
from clinic_desktop.security.hashing import hashed
from clinic_desktop.security.recovery_key import new_recovery_key
from clinic_desktop.start.opening import Opened, new_clinic
from clinic_desktop.storage import backup_folder
from clinic_desktop.storage.backing_up import back_up, back_up_to
from clinic_desktop.storage.cipher import can_seal
from clinic_desktop.storage.failures import BUSY
from clinic_desktop.ui import cups, operations, viewed
from clinic_desktop.ui.backups.backup_list import BackupList, row_of
from clinic_desktop.ui.backups.section import BackupsView
from clinic_desktop.ui.first_run.keys_step import WishedKeys
from clinic_desktop.ui.look import DARK, SYSTEM
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.window import Window, read_setup
from tests.small_clinic import SmallClinic, build
from tests.ui.a_program import a_program
from tests.ui.grab import grab_both


@pytest.fixture
def clinic(tmp_path: Path) -> SmallClinic:
    return build(tmp_path)


@pytest.fixture
def program(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Program]:
    store = clinic.store
    with a_program() as made:
        made._where = str(store.where)
        made._opened(
            str(store.where), Opened(store, read_setup(store), store.change_number(), store.last_written())
        )
        yield made


Quiet = Callable[[], None]


@pytest.fixture
def quiet(qtbot: QtBot) -> Quiet:
    return lambda: qtbot.waitUntil(lambda: not operations.running_count())


def window_of(program: Program) -> Window:
    assert program.window is not None
    return program.window


def manager(window: Window) -> None:
    window.desk.act_as(Actor(0, frozenset({Role.MANAGER}), "desk"))


def test_one_is_made_by_itself_and_its_age_is_on_the_screen(
    qtbot: QtBot, program: Program, clinic: SmallClinic, quiet: Quiet, tmp_path: Path
) -> None:
    window = window_of(program)
    qtbot.waitUntil(lambda: window.status_bar.backup == "Backup: less than an hour old")
    assert len(list((tmp_path / "backups").glob("*.sqlite"))) == 1
    assert not [one for one in window.banners.banners() if one.id == "backups"]
    # Two days on, its folder is gone: said in the bar and in a banner, tried again, and mended.
    clinic.clock.at += timedelta(days=2, hours=1)
    stick = tmp_path / "stick"
    settings.remember_backup_folder(str(clinic.store.where), stick)
    window.backups.look()
    qtbot.waitUntil(lambda: window.backups.trouble is not None)
    (banner,) = [one for one in window.banners.banners() if one.id == "backups"]
    assert banner.title == "The last good backup is 2 days old"
    assert "is not there. Connect its drive" in banner.text
    assert [action.text for action in banner.actions] == ["Back up now", "Backups"]
    assert window.status_bar.backup == "Backup: 2 days old, the last one failed"
    assert window.status_bar._backup_icon.isVisible()
    stick.mkdir()
    window.desk.act_as(clinic.nurse)  # whoever was let in
    window.commands.run("window.back-up")
    qtbot.waitUntil(lambda: window.status_bar.backup == "Backup: less than an hour old")
    quiet()
    assert not [one for one in window.banners.banners() if one.id == "backups"]
    assert len(list(stick.glob("*.sqlite"))) == 1


def test_one_that_is_not_sound_is_said_in_red_and_none_is_added_to_it_all_day(
    qtbot: QtBot, program: Program, clinic: SmallClinic, quiet: Quiet, tmp_path: Path
) -> None:
    window, folder = window_of(program), tmp_path / "backups"
    qtbot.waitUntil(lambda: window.status_bar.backup == "Backup: less than an hour old")
    quiet()
    with closing(sqlite3.connect(Path(str(clinic.store.where)))) as line:
        line.execute("UPDATE head SET change_number = change_number + 5")
        line.commit()
    clinic.clock.at += timedelta(days=1, hours=1)
    window.backups.look()
    qtbot.waitUntil(lambda: len(list(folder.glob("*.sqlite"))) == 2)
    quiet()
    for _ in range(3):  # ten minutes each
        clinic.clock.at += timedelta(minutes=10)
        window.backups.look()
        quiet()
    assert len(list(folder.glob("*.sqlite"))) == 2
    (banner,) = [one for one in window.banners.banners() if one.id == "backups"]
    assert banner.tone is Tone.DANGER
    assert banner.title == "The last backup does not hold together"
    assert [action.text for action in banner.actions] == ["Backups", "Back up now"]
    assert "was found: audit. Call whoever looks after this computer" in banner.text
    assert window.status_bar.backup == "Backup: 25 hours old, the last one is not sound"
    grab_both(window, "not-sound", (1366, 768))
    view = BackupsView(window.backups)
    qtbot.addWidget(view)
    assert view.trouble.accessibleName().startswith("The last backup does not hold together")
    window.desk.act_as(clinic.nurse)  # whoever asks for one has it all the same
    window.commands.run("window.back-up")
    quiet()
    assert len(list(folder.glob("*.sqlite"))) == 3
    clinic.clock.at += timedelta(days=1)
    window.backups.look()
    quiet()
    stands = window.backups.standing
    assert stands is not None
    assert stands.backups[0].at == clinic.clock.at


def test_that_the_keys_of_an_encrypted_clinic_are_lost_is_said_with_where_a_copy_lies(
    program: Program, quiet: Quiet
) -> None:
    window = window_of(program)
    quiet()
    stands, keeper = window.backups.standing, window.backups.keeper
    assert stands is not None
    assert keeper is not None
    copy = Path("/backups/clinic-backup-2026-11-16-070000-0600.sqlite.keys")
    lost = replace(stands, keys_lost=Path("/data/clinic.sqlite.keys"), keys_copy=copy)
    for one, words in (
        (lost, f"Copy {copy} to /data/clinic.sqlite.keys now."),
        (replace(lost, keys_copy=None), "look for one on other drives"),
    ):
        keeper.standing = lambda one=one: one  # type: ignore[method-assign, misc]  # what is known of them
        window.backups.look()
        quiet()
        (banner,) = [one for one in window.banners.banners() if one.id == "backups"]
        assert banner.tone is Tone.DANGER
        assert banner.title.startswith("clinic.sqlite.keys is missing or damaged: once it is closed")
        assert words in banner.text
        assert [action.text for action in banner.actions] == ["Backups"]
        assert window.status_bar.backup == "Backup: less than an hour old, the keys are lost"
        grab_both(window, "keys-lost", (1366, 768))
    keeper.standing = lambda: stands  # type: ignore[method-assign]  # as above
    window.backups.look()
    quiet()
    assert not [one for one in window.banners.banners() if one.id == "backups"]


def test_who_may_not_change_the_set_up_moves_no_backups_and_looks_into_none(
    program: Program, clinic: SmallClinic, quiet: Quiet, tmp_path: Path
) -> None:
    """Asked in the core too, whatever led there."""
    window = window_of(program)
    quiet()
    window.desk.act_as(clinic.nurse)
    stick = tmp_path / "stick"
    stick.mkdir()
    window.backups.keep_in(str(stick))
    quiet()
    said = [one.accessibleName() for one in window.notices.notices()]
    assert any("This needs the right to change the set-up." in one for one in said)
    assert list(stick.iterdir()) == []
    assert settings.backup_folder(str(clinic.store.where)) == ""
    (file,) = (tmp_path / "backups").glob("*.sqlite")
    keeper = window.backups.keeper
    assert keeper is not None
    with pytest.raises(RightMissing):
        keeper.look(clinic.nurse, file)


def test_in_emergency_access_the_key_for_a_backup_makes_none_and_says_why(
    program: Program, clinic: SmallClinic, quiet: Quiet, tmp_path: Path
) -> None:
    window = window_of(program)
    quiet()
    there = sorted((tmp_path / "backups").iterdir())
    window.desk.act_as(replace(clinic.nurse, until=window.desk.now() + timedelta(hours=1)))
    window.commands.run("window.back-up")
    quiet()
    assert sorted((tmp_path / "backups").iterdir()) == there
    said = [one.accessibleName() for one in window.notices.notices()]
    assert any("saves nothing to a file" in one for one in said)
    assert window.backups.trouble is None


def test_a_backup_of_before_the_first_account_is_said_to_let_anybody_in(
    qtbot: QtBot, program: Program, clinic: SmallClinic, quiet: Quiet, tmp_path: Path
) -> None:
    window = window_of(program)
    qtbot.waitUntil(lambda: window.status_bar.backup == "Backup: less than an hour old")
    quiet()
    (file,) = (tmp_path / "backups").glob("*.sqlite")
    manager(window)

    def asked() -> str:
        window.backups.look_into(str(file))
        quiet()
        dialog = window.backups.dialog
        assert dialog is not None
        said = dialog.trouble.accessibleName() if dialog.trouble.isVisible() else ""
        assert dialog.restore.isEnabled()
        dialog.reject()
        return said

    assert asked() == ""  # nor is there one now
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Account(staff_id=clinic.maya.id, password=Secret(hashed("purple tomato lamp"))))
        unit.commit()
    said = asked()
    assert said.startswith("Nobody has an account in it")
    assert "Whoever opens the clinic after it makes the first manager's password" in said


def test_a_backup_is_looked_into_and_restored(
    qtbot: QtBot, program: Program, clinic: SmallClinic, quiet: Quiet, tmp_path: Path
) -> None:
    window = window_of(program)
    qtbot.waitUntil(lambda: window.status_bar.backup == "Backup: less than an hour old")
    quiet()
    book(clinic.store, clinic.desk, clinic.wish())
    manager(window)
    window.go("retention")  # and others that were looked at before
    window.commands.run("window.backups")
    view = window.place("set-up").shown()  # type: ignore[attr-defined]  # the set-up's own
    assert isinstance(view, BackupsView)
    quiet()
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    dialog = window.backups.dialog
    assert dialog is not None
    quiet()
    said = dialog.says.text()
    assert "2 patients and 0 visits" in said  # and one is "1 patient"
    assert "came after it and would no longer be there" in said
    assert dialog.stay.hasFocus() or not dialog.restore.hasFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: program.window is not None and program.window is not window, timeout=10_000)
    quiet()
    with closing(sqlite3.connect(Path(str(clinic.store.where)))) as line:
        assert line.execute("SELECT count(*) FROM visit").fetchone() == (0,)
        assert line.execute("SELECT count(*) FROM audit WHERE action = 'restored'").fetchone() == (1,)
    (aside,) = tmp_path.glob("* before restoring *.sqlite")
    (said,) = [
        one.accessibleName()
        for one in window_of(program).notices.notices()
        if one.accessibleName().startswith("A backup was restored")
    ]
    assert "What was recorded after that is missing here" in said
    assert f"What was here before lies in {aside.name}." in said
    window_of(program).commands.run(DARK.id)  # what the window before hears of it fails this test
    assert theme().dark
    window_of(program).commands.run(SYSTEM.id)


def test_another_clinics_backup_is_named_in_red_and_asked_about_once_more(
    qtbot: QtBot, program: Program, clinic: SmallClinic, quiet: Quiet, tmp_path: Path
) -> None:
    answers = Answers("Lake Clinic", people=(NewPerson("Mai Lee", frozenset({Role.MANAGER})),))
    with closing(new_clinic(tmp_path / "lake.sqlite", answers).store) as other:
        backup = back_up_to(other, tmp_path / "lake.bak").file
    window = window_of(program)
    quiet()
    manager(window)
    wanted: list[str] = []
    window.backups.restore_wanted.disconnect()
    window.backups.restore_wanted.connect(lambda file, *_: wanted.append(file))
    window.backups.look_into(str(backup))
    quiet()
    dialog = window.backups.dialog
    assert dialog is not None
    here = read_setup(clinic.store).clinic.name
    assert dialog.other_clinic.isVisible()
    said = dialog.other_clinic.accessibleName()
    assert said == f"This is another clinic's backup In the backup: Lake Clinic. Here: {here}."
    assert "Lake Clinic: 0 patients and 0 visits." in dialog.says.text()
    grab_both(dialog, "other-clinic", (620, 420))
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    question = dialog.question
    assert question is not None
    assert wanted == []
    assert not question.yes.hasFocus()
    question.yes.click()
    assert wanted == [str(backup)]


def test_a_backup_of_the_own_clinic_is_never_called_another_ones(
    qtbot: QtBot, program: Program, clinic: SmallClinic, quiet: Quiet, tmp_path: Path
) -> None:
    """One that is newer than the state that was restored."""
    window = window_of(program)
    quiet()
    (first,) = (tmp_path / "backups").glob("*.sqlite")  # made by itself
    book(clinic.store, clinic.desk, clinic.wish())
    clinic.clock.forward(1)
    newer = back_up(clinic.store).file
    manager(window)
    window.backups.restore_wanted.emit(str(first), None, "")
    qtbot.waitUntil(lambda: program.window is not None and program.window is not window, timeout=10_000)
    quiet()
    manager(window_of(program))
    window_of(program).backups.look_into(str(newer))
    quiet()
    dialog = window_of(program).backups.dialog
    assert dialog is not None
    assert "It is of this clinic, and not an earlier state" in dialog.says.text()
    assert not dialog.other_clinic.isVisible()
    assert dialog.restore.isEnabled()
    dialog.reject()


def test_a_damaged_backup_is_told_of_the_backup_and_a_text_is_none(
    program: Program, quiet: Quiet, tmp_path: Path
) -> None:
    window = window_of(program)
    quiet()
    (made,) = (tmp_path / "backups").glob("*.sqlite")
    sound = made.read_bytes()
    damaged, text = tmp_path / "damaged.sqlite", tmp_path / "list.sqlite"
    damaged.write_bytes(sound[: len(sound) // 2])
    text.write_text("Ann Lee\n" * 1000)
    manager(window)

    def said(file: Path) -> str:
        window.backups.look_into(str(file))
        quiet()
        dialog = window.backups.dialog
        assert dialog is not None
        assert not dialog.restore.isEnabled()
        words = dialog.trouble.accessibleName() if dialog.trouble.isVisible() else dialog.says.text()
        dialog.reject()
        return words

    assert said(damaged).startswith("This backup is damaged and cannot be restored. The clinic is as it was.")
    assert "list.sqlite is no backup of Clinic Desktop" in said(text)


def test_a_row_says_the_clinics_time_with_its_zone_and_which_file_it_is():
    head, at = Head(4, "ab"), datetime(2026, 11, 1, 7, 30, tzinfo=UTC)  # the hour that comes twice
    rows = [
        row_of(
            Backup(Path(f"/x/{name}.sqlite"), Facts("c", when, "1", "0001", head, Check.WHOLE, (), 9, "x")),
            "America/Chicago",
            at,
        )
        for name, when in (("second", at), ("first", at - timedelta(hours=1)))
    ]
    assert [one.text for one in rows] == ["Sun, Nov 1, 1:30 AM CST", "Sun, Nov 1, 1:30 AM CDT"]
    assert rows[0].detail == "Checked: every page and every record. Sound. second.sqlite"


def _one(name: str, at: datetime, *, whole: bool = True) -> Backup:
    return Backup(
        Path(f"/x/{name}.sqlite"), Facts("c", at, "1", "0001", Head(4, "ab"), Check.WHOLE, (), 9, "x"), whole
    )


def test_a_row_says_the_year_that_is_not_this_one_and_shows_no_tick_where_its_file_is_not_there(
    qapp: object,
) -> None:
    now = datetime(2027, 1, 4, 18, tzinfo=UTC)
    old, gone = _one("old", now - timedelta(days=7)), _one("gone", now, whole=False)
    assert row_of(old, "America/Chicago", now).text == "December 28, 2026, 12:00 PM CST"
    row = row_of(gone, "America/Chicago", now)
    assert (row.icon, row.badge) == ("warning", "Not there")
    shown = BackupList()
    both = (replace(gone, whole=True), old)
    shown.show_backups(Standing(Path("/x"), both), "America/Chicago", now)
    shown.setCurrentIndex(shown.model().index(1, 0))
    shown.show_backups(Standing(Path("/x"), (gone, old)), "America/Chicago", now)
    first = shown.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Not there" in first  # the same files, and one went
    assert shown.chosen == str(old.file)


def test_a_backup_by_a_clock_that_was_ahead_is_not_the_newest_that_is_chosen(qapp: object) -> None:
    """It is as old as the others, and was made before the ones that came after the clock was set."""
    now = datetime(2026, 11, 16, 18, tzinfo=UTC)
    ahead, newest = _one("ahead", now + timedelta(days=90)), _one("newest", now - timedelta(hours=1))
    shown = BackupList()
    shown.show_backups(Standing(Path("/x"), (ahead, newest)), "America/Chicago", now)
    assert shown.chosen == str(newest.file)
    shown.show_backups(Standing(Path("/x"), (ahead,)), "America/Chicago", now)
    assert shown.chosen == str(ahead.file)


def test_an_encrypted_clinic_with_backups_in_clear_alone_wants_another_and_says_which_they_are(
    qapp: object,
) -> None:
    now = datetime(2026, 11, 16, 18, tzinfo=UTC)
    clear, sealed = _one("clear", now - timedelta(hours=2)), _one("sealed", now - timedelta(hours=1))
    stands = Standing(Path("/x"), (clear,), in_clear=frozenset({clear.file}))
    assert stands.age(now) is Age.DUE
    assert replace(stands, backups=(sealed, clear)).age(now) is Age.FRESH
    assert replace(stands, in_clear=frozenset()).age(now) is Age.FRESH
    row = row_of(clear, "America/Chicago", now, in_clear=True)
    assert (row.icon, row.badge) == ("warning", "Not encrypted")


@pytest.mark.skipif(not can_seal(), reason="nothing is encrypted on this computer")
def test_right_after_encrypting_a_backup_that_is_encrypted_is_made(
    qtbot: QtBot, clinic: SmallClinic, quiet: Quiet, tmp_path: Path
) -> None:
    path = Path(str(clinic.store.where))
    clinic.clock.at = SystemClock().now()  # else one would be due for its age
    back_up(clinic.store)
    clinic.store.close()
    with a_program() as program:
        program._where = str(path)
        program._encrypt(WishedKeys(new_recovery_key(), "purple tomato lamp on the roof"))
        qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
        window = window_of(program)
        qtbot.waitUntil(lambda: len(list((tmp_path / "backups").glob("*.sqlite"))) == 2, timeout=20_000)
        quiet()
        stands = window.backups.standing
        assert stands is not None
        newest, older = stands.backups
        assert stands.in_clear == {older.file}
        assert newest.file.with_name(f"{newest.file.name}.keys").exists()


def test_an_empty_list_says_what_will_stand_in_it_and_tab_goes_into_the_part(
    qtbot: QtBot, program: Program, quiet: Quiet, tmp_path: Path
) -> None:
    window = window_of(program)
    quiet()
    manager(window)
    stick = tmp_path / "empty stick"
    settings.remember_backup_folder(str(program._where), stick)  # not there: a banner stands above
    window.backups._keeper.standing = lambda: Standing(stick)  # type: ignore[union-attr]
    window.backups.look()
    quiet()
    window.show()
    window.activateWindow()
    window.resize(1366, 730)
    place = window.go("set-up")
    parts = place.parts.view  # type: ignore[attr-defined]  # the set-up's own
    parts.setFocus()
    qtbot.waitUntil(parts.hasFocus)
    for _ in range(10):
        qtbot.keyClick(parts, Qt.Key.Key_Down)
    view = place.shown()  # type: ignore[attr-defined]  # as above
    assert isinstance(view, BackupsView)
    quiet()
    assert view.list.isHidden()
    assert view.none.isVisible()
    assert "how it was checked" in view.none.accessibleName()
    hinted = window.status_bar.hints.accessibleName()
    assert "Ctrl S" not in hinted  # there is no form to save
    qtbot.keyClick(parts, Qt.Key.Key_Tab)
    assert view.now.hasFocus()
    place.show_part("rooms")  # type: ignore[attr-defined]  # as above
    assert "Ctrl S" in window.status_bar.hints.accessibleName()


def test_restore_takes_the_backup_that_stands_chosen_else_asks_in_their_folder(
    qtbot: QtBot, program: Program, quiet: Quiet, tmp_path: Path
) -> None:
    window = window_of(program)
    qtbot.waitUntil(lambda: window.status_bar.backup == "Backup: less than an hour old")
    quiet()
    manager(window)
    window.commands.run("window.backups")
    view = window.place("set-up").shown()  # type: ignore[attr-defined]  # the set-up's own
    quiet()
    window.commands.run("window.restore")
    quiet()
    dialog = window.backups.dialog
    assert dialog is not None
    assert Path(view.list.chosen).name in dialog.file.text()
    qtbot.keyClick(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)  # another one, after all
    choice = window.backups.choice
    assert choice is not None
    assert choice.list.chosen == view.list.chosen
    qtbot.waitUntil(choice.isActiveWindow)
    qtbot.keyClick(choice, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)  # and in another place
    asked = window.backups._asked
    assert asked is not None
    assert asked.directory() == QDir(str(tmp_path / "backups"))
    asked.reject()
    window.go("board")
    window.commands.run("window.restore")
    assert window.backups.choice is not choice
    assert window.backups.choice is not None
    window.backups.choice.reject()


def test_the_one_that_was_just_asked_for_is_chosen_and_the_question_says_when_it_was_made(
    qtbot: QtBot, program: Program, clinic: SmallClinic, quiet: Quiet, tmp_path: Path
) -> None:
    window = window_of(program)
    qtbot.waitUntil(lambda: window.status_bar.backup == "Backup: less than an hour old")
    quiet()
    manager(window)
    window.commands.run("window.backups")
    view = window.place("set-up").shown()  # type: ignore[attr-defined]  # the set-up's own
    quiet()
    first = view.list.chosen
    clinic.clock.forward(60)
    window.commands.run("window.back-up")
    quiet()
    assert view.list.chosen not in ("", first)
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    quiet()
    dialog = window.backups.dialog
    assert dialog is not None
    assert dialog.accessibleName().startswith("Restore the backup of ")
    assert "sqlite" not in dialog.accessibleName()
    dialog.reject()


def test_views_that_wait_are_written_before_the_clinic_is_left_to_restore_or_move_it(
    qtbot: QtBot, program: Program, clinic: SmallClinic, quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_what: object) -> None:
        raise EnvironmentFailure(BUSY)

    window = window_of(program)
    quiet()
    with monkeypatch.context() as busy:
        busy.setattr(viewed, "record_views", refused)
        viewed.viewed(window.desk).saw(clinic.amara.id, "page")
        quiet()
    program._reopen(str(clinic.store.where))
    qtbot.waitUntil(lambda: program.window is not None and program.window is not window, timeout=10_000)
    quiet()
    with closing(sqlite3.connect(Path(str(clinic.store.where)))) as line:
        assert line.execute("SELECT record_id FROM audit WHERE action = 'viewed'").fetchall() == [
            (clinic.amara.id,)
        ]


def test_whoever_leaves_the_clinic_to_restore_or_move_it_waits_for_no_printer(
    qtbot: QtBot, program: Program, clinic: SmallClinic, quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, sure = window_of(program), list[bool]()
    quiet()
    monkeypatch.setattr(cups, "ask_job", lambda *_: cups.Job(cups.JobState.PROCESSING))
    monkeypatch.setattr(cups, "_run", lambda *_: subprocess.CompletedProcess([], 0, b""))
    follows = partial(cups.follow, "front", 7)
    operations.run(program, follows, sure.append, pool=operations.AT_PRINTERS)
    program._reopen(str(clinic.store.where))
    qtbot.waitUntil(lambda: program.window is not None and program.window is not window, timeout=10_000)
    quiet()
    assert sure == [False]  # what the printer has comes out, and nobody knows
    operations.run(program, follows, sure.append, pool=operations.AT_PRINTERS)
    qtbot.waitUntil(lambda: program.window is not None and operations.running_count() == 1)
    assert sure == [False]  # in the window that is open now it is waited for
    cups.wait_no_longer()
    quiet()


def test_that_a_clinic_is_the_demo_stands_on_every_page(qtbot: QtBot, program: Program, quiet: Quiet) -> None:
    window = window_of(program)
    qtbot.waitUntil(lambda: window.status_bar.backup == "Backup: less than an hour old")
    with window.desk.store.write(PROGRAM) as unit:
        unit.save(replace(unit.setup().clinic, demo=True))
        window.desk.record(unit.commit())
    quiet()
    window.backups.look()
    qtbot.waitUntil(lambda: window.status_bar.backup == "Demo clinic, invented people")
    window.go("patients")
    assert window.status_bar.backup == "Demo clinic, invented people"


def test_a_folder_on_the_disk_of_the_data_is_said_not_to_outlive_it(
    qtbot: QtBot, program: Program, quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_of(program)
    quiet()
    manager(window)
    window.commands.run("window.backups")
    view = window.place("set-up").shown()  # type: ignore[attr-defined]  # the set-up's own
    quiet()
    assert view.same_disk.isVisible()
    assert "gone with it" in view.same_disk.accessibleName()
    grab_both(window, "backups-same-disk", (1366, 730))
    grab_both(window, "backups-same-disk-small", (683, 384), scale=2.0)
    monkeypatch.setattr(backup_folder, "on_the_datas_disk", lambda _where: False)
    window.backups.look()
    quiet()
    assert not view.same_disk.isVisible()
