"""The paper of a sealed clinic: nothing of it can be read on the disk, unless somebody chose that."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.security.emergency_access import emergency
from clinic_desktop.security.sealed_files import new_key
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.fail_safe.folder import keep, kept_there
from clinic_desktop.ui.fail_safe.place import PaperPlace, SealedPlace, paper_key, sealed_in
from clinic_desktop.ui.paper import PaperDialog
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.ui.fail_safe.test_fail_safe import MOVED, Here
from tests.ui.outage.cut import Cut
from tests.ui.whole_window import settle


@pytest.fixture
def sealed(tmp_path: Path) -> SealedPlace:
    return SealedPlace(tmp_path / "kept", new_key())


@pytest.fixture
def here(qtbot: QtBot, clinic: SmallClinic, tmp_path: Path, sealed: SealedPlace) -> Iterator[Here]:
    made = Here(qtbot, replace(clinic, store=Cut(clinic.store)), tmp_path / "paper")
    made.paper.start("", sealed)
    settle(qtbot)
    yield made
    made.paper.stop()
    settle(qtbot)


def test_it_opens_with_its_key_alone_and_nothing_lies_readable(here: Here, sealed: SealedPlace) -> None:
    assert here.names == []
    today, tuesday = sealed.there()
    assert (today.day, tuesday.day) == (MONDAY, MONDAY + timedelta(days=1))
    data, made_at = sealed.read(today)
    assert data.startswith(b"%PDF")
    assert made_at == here.clinic.clock.now()
    raw = today.file.read_bytes()
    assert b"%PDF" not in raw
    assert SealedPlace(sealed.folder, new_key()).there() == []
    tuesday.file.write_bytes(raw)  # one day never passes for another
    with pytest.raises(EnvironmentFailure):
        sealed.read(tuesday)


def test_readable_pages_of_before_go_once_it_is_sealed(here: Here) -> None:
    keep(here.folder, MONDAY, b"%PDF", here.clinic.clock.now())
    here.paper.make()
    settle(here.qtbot)
    assert kept_there(here.folder) == []


def test_it_is_made_anew_when_visits_changed_but_not_each_minute(here: Here, sealed: SealedPlace) -> None:
    def made() -> object:
        return sealed.there()[0].made_at

    first = made()
    here.window.desk.hub.tell(MOVED)
    here.clinic.clock.at += timedelta(minutes=9)
    here.look()
    assert made() == first
    here.clinic.clock.at += timedelta(minutes=1)
    here.look()
    assert made() == instant(7, 10)
    here.clinic.clock.at += timedelta(minutes=30)
    here.window.desk.hub.tell(Changes(2, kinds=frozenset({"message"})))
    here.look()
    assert made() == instant(7, 10)


def test_while_the_server_is_away_the_kept_pages_are_shown_with_their_time(here: Here) -> None:
    here.clinic.clock.at = instant(9, 30)
    here.clinic.store.cut = True
    here.window.desk.outage.gone()
    here.paper.show()
    (dialog,) = here.window.findChildren(PaperDialog)
    here.qtbot.waitUntil(lambda: dialog.pages.text().startswith("Page 1 of"))
    assert dialog._told() == "As it was at Mon, Nov 16, 7:00 AM: the clinic's data does not answer."
    assert dialog._named() == "paper-2026-11-16"
    dialog.reject()


def test_a_readable_copy_is_chosen_after_its_meaning_was_said_and_given_up_again(here: Here) -> None:
    here.window.desk.act_as(manager(here.clinic))
    here.paper.ask_where()
    (question,) = here.window.findChildren(QuestionDialog)
    assert question.yes.text() == "Choose a folder"
    question.reject()
    settle(here.qtbot)
    here.paper.keep_in(str(here.folder))
    settle(here.qtbot)
    assert len(here.names) == 2
    assert here.section().where.text() == f"Kept sealed on this computer, and readable in {here.folder}."
    here.paper.keep_sealed()
    settle(here.qtbot)
    assert here.names == []
    assert here.section().where.text().startswith("Kept sealed on this computer: it opens in the program.")
    assert placed(here.clinic) == [
        (here.clinic.maya.id, "readable in a folder", str(here.folder)),
        (here.clinic.maya.id, "only sealed, and deleted from the folder", str(here.folder)),
    ]


def manager(clinic: SmallClinic) -> Actor:
    return Actor(clinic.maya.id, frozenset({Role.MANAGER}), "desk")


def placed(clinic: SmallClinic) -> list[tuple[int, str, str]]:
    """Who chose what and which folder, by the trail."""
    asked = "SELECT person_id, after FROM audit WHERE action = 'paper kept elsewhere' ORDER BY id"
    with clinic.store.read() as records:
        rows = [(int(who), json.loads(after)) for who, after in records.rows(asked)]
    return [(who, about["what"], about["folder"]) for who, about in rows]


@pytest.mark.parametrize("who", ["nurse", "emergency"])
def test_who_may_not_change_the_set_up_writes_and_deletes_no_readable_paper(here: Here, who: str) -> None:
    """Nobody carries the day away on a stick, and least of all who gave no password."""
    clinic, desk = here.clinic, here.window.desk

    def needs_a_manager() -> int:
        """How often that is said since it was asked last."""
        told = [
            one
            for one in here.window.notices.notices()
            if "change the set-up. A manager" in one.accessibleName()
        ]
        for one in told:
            one.close_notice()
        return len(told)

    if who == "emergency":
        desk.act_as(emergency(clinic.store, "floor", clinic.maya.id, "nobody can sign in"))
    here.paper.ask_where()
    assert here.window.findChildren(QuestionDialog) == []
    assert needs_a_manager() == 1
    here.paper.keep_in(str(here.folder))
    settle(here.qtbot)
    assert here.names == []
    assert not here.paper.readable
    assert needs_a_manager() == 1
    desk.act_as(manager(clinic))
    here.paper.keep_in(str(here.folder))
    settle(here.qtbot)
    desk.act_as(clinic.nurse)
    here.paper.keep_sealed()
    settle(here.qtbot)
    assert len(here.names) == 2
    assert [what for _who, what, _folder in placed(clinic)] == ["readable in a folder"]


def test_before_the_key_is_there_nothing_is_written(
    qtbot: QtBot, clinic: SmallClinic, tmp_path: Path
) -> None:
    here = Here(qtbot, clinic, tmp_path / "paper")
    here.paper.start("", waits=True)
    settle(qtbot)
    assert here.names == []
    assert here.paper.place is None
    here.paper.seal_in(SealedPlace(tmp_path / "kept", new_key()))
    settle(qtbot)
    assert len(sealed_in(tmp_path / "kept")) == 2
    here.paper.stop()
    settle(qtbot)


def test_a_full_disk_is_said_and_the_days_of_before_stay(sealed: SealedPlace, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be")
    with pytest.raises(EnvironmentFailure, match="could not be written"):
        PaperPlace(None, sealed).keep(MONDAY, b"%PDF", instant(7))


def test_a_files_paper_has_a_key_that_does_not_open_the_file() -> None:
    data_key = new_key()
    assert paper_key(data_key) != data_key
    assert paper_key(data_key) == paper_key(data_key)
    assert len(paper_key(data_key)) == 32
