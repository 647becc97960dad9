"""Everything that is kept about a patient, saved for them: a folder is chosen, both files go there."""

from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.foundation.errors import EnvironmentFailure, RightMissing
from clinic_desktop.people.model import Patient
from clinic_desktop.record.gather import RecordStore, may_take
from clinic_desktop.record.give import Given, give_into
from clinic_desktop.ui import file_dialogs, operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.places import Frame

_KEY = "whole-record"


def save_record(parent: QWidget, frame: Frame, desk: Desk, patient: Patient) -> QFileDialog | None:
    """Ask for the folder; the rest happens behind the window, which is told what was written."""
    try:
        may_take(desk.actor)
    except RightMissing as problem:  # before a folder is chosen for nothing
        operations.show_problem(problem)
        return None
    title = tr("Folder for the whole record")  # names nobody: a window's title is seen in lists of windows
    return file_dialogs.ask_folder(parent, title, partial(_write, parent, frame, desk, patient))


def _write(parent: QWidget, frame: Frame, desk: Desk, patient: Patient, folder: str) -> None:
    work = partial(_given, desk, patient.id, Path(folder))
    operations.run(parent, work, partial(_told, frame, patient.name), key=_KEY)


def _given(desk: Desk, patient_id: int, folder: Path) -> Given:
    if desk.render is None:
        raise EnvironmentFailure(tr("Nothing is printed from this window."))
    return give_into(cast("RecordStore", desk.store), desk.actor, patient_id, desk.render, folder)


def _told(frame: Frame, name: str, given: Given) -> None:
    files = tr("{first} and {second}").format(first=given.files[0].name, second=given.files[1].name)
    text = tr("{files}, %n page(s), in {folder}. It is on record that it was given out.", "", given.pages)
    there = text.format(files=files, folder=given.files[0].parent)
    frame.say(f"{tr('Saved the whole record of {name}:').format(name=name)} {there}")
