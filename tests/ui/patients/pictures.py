"""The Patients place in its window, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.patients.pictures
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from clinic_desktop.people.model import Order, Patient
from clinic_desktop.people.patients import edit
from clinic_desktop.ui.both_changed import BothChangedDialog
from clinic_desktop.ui.operations import running_count
from clinic_desktop.ui.patients.merge_panel import MergePanel
from clinic_desktop.ui.patients.place import PatientsPlace
from clinic_desktop.ui.shell import Shell
from tests.people.small_clinic import SmallClinic, small_clinic
from tests.ui.grab import grab
from tests.ui.patients.many import fill
from tests.ui.patients.window import make_window

SIZES = {"1366": (1366, 730), "200": (683, 365)}


def settle(more_ms: int = 150) -> None:
    """Let everything that runs behind the window answer."""
    quiet = QElapsedTimer()
    quiet.start()
    while quiet.elapsed() < more_ms:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        if running_count():
            quiet.restart()


def take(
    name: str, shell: Shell, prepare: Callable[[], object], scale_sizes: tuple[str, ...] = ("1366", "200")
) -> None:
    for size in scale_sizes:
        shell.resize(*SIZES[size])
        settle()
        prepare()
        settle()
        for dark in (False, True):
            grab(shell, f"{name}-{size}", SIZES[size], 2 if size == "200" else 1, dark)


LIST = """Patient First Name,Last,DOB,Cell,Street,SSN,Remark
Amarah,Okafor,04/12/1984,(512) 555-0142,14 Oak Road,999-12-3456,
Ravi,Menon,01/08/1995,(512) 555-0177,9 Pine Lane,999-12-3457,new
Tova,Stein,the 5th,,,999-12-3458,
"""


def _duplicate(place: PatientsPlace) -> None:
    place.panels.new()
    form = place.panels._forms[0]
    form.fields.lines["given_name"].setText("Amarah")
    form.fields.lines["family_name"].setText("Okafor")
    form.fields.dates["birth_date"].setText("4/12/84")
    form.fields.lines["email"].setText("amara at home")
    form.look_for_duplicates()
    form.confirm()


def _merge_pictures(clinic: SmallClinic, shell: Shell, place: PatientsPlace, amara: Patient) -> None:
    """Two records of one person, each with an order of its own: before they are one, and after."""
    twin = clinic.patient("Amarah", "Okafor", birth_date=amara.birth_date, phones=amara.phones[:1])
    with clinic.store.write(clinic.nurse) as unit:
        ordered = Order(
            0, 0, twin.id, "iv", "ketamine", "IV", 0.8, "mg/kg", 72, date(2026, 11, 10), 7, 4,
            date(2027, 2, 1), clinic.prescriber.person_id, unit.at,
        )  # fmt: skip
        unit.add(ordered)
        unit.commit()
    place.panels._desk.act_as(clinic.manager)
    place.view.choose(amara.id)

    def compare() -> None:
        place.panels.merge()
        panel = place.panels._panel
        assert isinstance(panel, MergePanel)
        panel.choose(twin.id)
        settle()
        panel.reason.setText("Same birth date and phone")
        panel.reason.setFocus()

    take("patients-merge-two", shell, compare)
    panel = place.panels._panel
    assert isinstance(panel, MergePanel)
    panel.confirm()
    settle()
    place.panels.close()
    take("patients-unsettled", shell, lambda: place.view.choose(amara.id))
    bar = place.view.page.verticalScrollBar()
    take("patients-unsettled-orders", shell, lambda: bar.setValue(bar.maximum() // 3))


def _import_pictures(folder: Path, shell: Shell, place: PatientsPlace) -> None:
    file = folder / "patients.csv"
    file.write_text(LIST, encoding="utf-8")
    take("import-start", shell, place.bring)
    take("import-asks", shell, lambda: place.import_view.open_file(str(file)))
    told = {"DOB": "birth_date:month-first", "Remark": "notes"}
    place.import_view.list.columns.told.update(told)
    place.import_view.list.columns.told_changed.emit()
    settle()
    for pane in ("decide", "people", "problems", "columns"):
        take(f"import-{pane}", shell, partial(place.import_view.list.turn, pane))
    place.import_view.list.decisions.leave_rest_out()
    take("import-done", shell, place.import_view.confirm)


def _both_changed_pictures(clinic: SmallClinic, shell: Shell, place: PatientsPlace, amara: Patient) -> None:
    """The nurse was first, at another desk: told at once, and asked about once it is saved."""
    place.view.choose(amara.id)
    settle()
    place.panels.edit()
    form = next(iter(place.panels._forms.values()))
    form.fields.lines["alerts"].setText("Fainted at an IV start. Call a second nurse.")
    form.fields.lines["email"].setText("amara.okafor@example.org")
    form.fields.lines["address.street"].setText("14 Oak Road")
    now = clinic.get(Patient, amara.id)
    street = replace(now.address, street="27 Cedar Street", city="Austin")
    theirs = replace(
        now, alerts="Fainted twice. Lie flat, legs up.", address=street, notes="Prefers Fridays."
    )
    place.panels._desk.hub.tell(edit(clinic.store, clinic.nurse, theirs).changes)
    take("patients-told", shell, lambda: form.show_part(form.meanwhile))
    form.confirm()
    settle()
    dialog = shell.findChild(BothChangedDialog)
    assert dialog is not None
    for size, (width, height) in SIZES.items():
        for dark in (False, True):
            dialog.resize(min(width, dialog.width()), min(height, dialog.height()))
            grab(dialog, f"patients-both-changed-{size}", None, 2 if size == "200" else 1, dark)
    dialog.reject()
    place.panels.close()
    shell.resize(*SIZES["1366"])
    settle()


def main() -> None:
    app = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder, small_clinic(Path(folder)) as clinic:
        amara = fill(clinic)
        shell, place = make_window(clinic)
        shell.resize(1366, 730)
        shell.show()
        settle()
        take("patients-today", shell, lambda: place.view.show_page(first=False))
        place.view.list.line.setText("ok")
        take("patients-page", shell, lambda: place.view.choose(amara.id))
        bar = place.view.page.verticalScrollBar()
        take("patients-page-end", shell, lambda: bar.setValue(bar.maximum()))
        for name, act in (
            ("new", place.panels.new),
            ("edit", place.panels.edit),
            ("clear", place.panels.clear),
            ("check-list", place.panels.check_list),
            ("order", place.panels.order),
            ("history", place.panels.history),
            ("merge", place.panels.merge),
            ("authorization", partial(place.panels._payer_chosen, "authorization")),
            ("package", partial(place.panels._payer_chosen, "package")),
            ("devices", partial(place.panels._payer_chosen, "devices")),
            ("running-out", place.panels.running_out),
        ):
            take(f"patients-{name}", shell, act)
            place.panels.close()
        take("patients-duplicate", shell, lambda: _duplicate(place))
        place.panels.close()
        _both_changed_pictures(clinic, shell, place, amara)
        _merge_pictures(clinic, shell, place, amara)
        _import_pictures(Path(folder), shell, place)
        shell.close()
    app.quit()


if __name__ == "__main__":
    main()
