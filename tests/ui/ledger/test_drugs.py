"""The drug log by keys: what is here, what was moved today, and everything that becomes of a lot."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from clinic_desktop.people.model import Drug, DrugMovement, Moved
from clinic_desktop.people.stock import StockCount
from clinic_desktop.scheduling.paying import devices_of
from clinic_desktop.ui.dialogs import ChoiceDialog, ReasonDialog
from clinic_desktop.ui.expiry_line import read_expiry
from clinic_desktop.ui.ledger.drug_panel import (
    CountPanel,
    DeedPanel,
    DrawPanel,
    ReceivePanel,
    SendPanel,
    WastePanel,
)
from clinic_desktop.ui.ledger.drugs_part import DrugsPart
from clinic_desktop.ui.notices import NoticeStack
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import booked
from tests.treatment.stock_lines import LOT, VIALS, came, counted, here, line, logged, vials_came
from tests.ui.ledger.conftest import Keyboard

Open = Callable[..., Keyboard]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def drugs(open_ledger: Open) -> Callable[[], tuple[Keyboard, DrugsPart]]:
    """The ledger with the drug log shown."""

    def opened(**more: object) -> tuple[Keyboard, DrugsPart]:
        ledger = open_ledger(**more)
        ledger.press(Key.Key_2, CTRL)
        part = ledger.place.parts["drugs"]
        assert isinstance(part, DrugsPart)
        ledger.qtbot.waitUntil(part.view.isVisible)
        return ledger, part

    return opened


def rows(part: DrugsPart) -> list[tuple[str, str, str]]:
    found = (one.row for one in part.view.lots.lines())
    return [(one.text, one.right, one.badge) for one in found]


def choose(ledger: Keyboard, number: Qt.Key) -> None:
    """Ctrl+L, a digit, Enter."""
    ledger.press(Key.Key_L, CTRL)
    dialog = ledger.shell.findChild(ChoiceDialog)
    assert isinstance(dialog, ChoiceDialog)
    ledger.qtbot.waitUntil(dialog.isVisible)
    ledger.qtbot.keyClick(dialog.list, number)
    ledger.qtbot.keyClick(dialog.list, Key.Key_Return)
    ledger.shell.activateWindow()
    ledger.qtbot.waitUntil(ledger.shell.isActiveWindow)
    ledger.wait()


def shown(part: DrugsPart, kind: type[DeedPanel]) -> DeedPanel:
    assert isinstance(part._deed, kind)
    return part._deed


def kept(clinic: SmallClinic, kind: type) -> list:
    with clinic.store.read() as records:
        return records.find(kind)


def test_an_empty_log_says_how_to_begin(drugs: Callable) -> None:
    _ledger, part = drugs()
    assert part.view._none.isVisible()
    assert "not a DEA perpetual inventory" in part.view.says_what_it_is


def test_the_status_bar_names_the_keys_of_the_list_that_is_shown(drugs: Callable) -> None:
    ledger, _part = drugs()
    hints = ledger.shell.status_bar.hints
    assert "came in" in hints.accessibleName()
    assert "worksheet" not in hints.accessibleName()
    ledger.press(Key.Key_1, CTRL)
    assert "worksheet" in hints.accessibleName()
    assert "came in" not in hints.accessibleName()


def test_the_switch_between_the_lists_keeps_its_height(drugs: Callable) -> None:
    ledger, _part = drugs()
    assert ledger.place.switch.height() == ledger.place.switch.sizeHint().height()


def test_devices_come_in_by_keys(clinic: SmallClinic, drugs: Callable) -> None:
    ledger, part = drugs()
    ledger.press(Key.Key_N, CTRL)
    panel = shown(part, ReceivePanel)
    assert ledger.focus is panel.drug
    ledger.press(Key.Key_Return, CTRL)
    assert panel.form.row("lot").problem == "Write the lot, as it is printed on the package."
    panel.count.setText("24")
    panel.lot.setText("12k 345")
    panel.expires.setText("12/2027")
    ledger.press(Key.Key_Return, CTRL)
    ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    assert rows(part) == [(LOT, "24 here", "")]
    assert ledger.said == "It is in the drug log."
    assert [one.row.text for one in part.view.today.lines()] == ["24 devices received, lot 12K345"]


def test_vials_come_in_with_what_is_in_one(clinic: SmallClinic, drugs: Callable) -> None:
    ledger, part = drugs()
    ledger.press(Key.Key_N, CTRL)
    panel = shown(part, ReceivePanel)
    assert not panel.form.row("ml").isVisible()
    panel.drug.setCurrentIndex(1)
    assert panel.form.row("ml").isVisible()
    panel.count.setText("10")
    panel.lot.setText(VIALS)
    panel.expires.setText("12/31/2027")
    ledger.press(Key.Key_Return, CTRL)
    ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    assert rows(part) == [(VIALS, "10 vials here", "")]
    (made,) = kept(clinic, DrugMovement)
    assert (made.mg, made.strength, made.ml) == (5000, 50, 10)


def test_a_vial_is_drawn_for_a_visit_and_the_rest_is_wasted_in_one_step(
    clinic: SmallClinic, drugs: Callable
) -> None:
    vials_came(clinic)
    stay = booked(clinic, "IVM").infused()
    ledger, part = drugs()
    ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    choose(ledger, Key.Key_4)
    panel = shown(part, DrawPanel)
    assert panel.visit.currentText() == "Okafor, Amara"
    assert (panel.mg.value, panel.rest.value) == (35, 465)
    ledger.press(Key.Key_Return, CTRL)
    assert "Choose the witness" in panel.form.row("witness").problem
    panel.witness.setCurrentIndex(panel.witness.findText("Dr. Lin"))
    ledger.press(Key.Key_Return, CTRL)
    ledger.qtbot.waitUntil(lambda: rows(part) == [(VIALS, "9 vials here", "")])
    drawn, wasted = kept(clinic, DrugMovement)[1:]
    assert (drawn.what, drawn.visit_id, wasted.witness_id) == (Moved.DRAWN, stay.visit_id, clinic.lin.id)
    choose(ledger, Key.Key_4)
    assert shown(part, DrawPanel).visit.currentText() == "Okafor, Amara (drawn already)"


def test_waste_asks_for_a_witness_who_is_somebody_else(clinic: SmallClinic, drugs: Callable) -> None:
    came(clinic, 4)
    ledger, part = drugs()
    ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    choose(ledger, Key.Key_1)
    panel = shown(part, WastePanel)
    assert panel.witness.findText("Maya Jones") < 0
    panel.amount.setText("1")
    panel.witness.setCurrentIndex(panel.witness.findText("Dr. Lin"))
    panel.note.setText("fell")
    ledger.press(Key.Key_Return, CTRL)
    ledger.qtbot.waitUntil(lambda: rows(part) == [(LOT, "3 here", "")])
    assert part.view.today.lines()[0].row.detail.endswith("Maya Jones, witness Dr. Lin; fell")


def test_what_is_wasted_of_a_patients_own_devices_is_gone_for_the_patient_too(
    clinic: SmallClinic, drugs: Callable
) -> None:
    came(clinic, 4, patient_id=clinic.amara.id)
    ledger, part = drugs()
    ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    assert "for Okafor, Amara" in part.view.lots.lines()[0].row.detail
    choose(ledger, Key.Key_1)
    panel = shown(part, WastePanel)
    panel.amount.setText("1")
    panel.witness.setCurrentIndex(panel.witness.findText("Dr. Lin"))
    ledger.press(Key.Key_Return, CTRL)
    ledger.qtbot.waitUntil(lambda: rows(part) == [(LOT, "3 here", "")])
    with clinic.store.read() as records:
        assert devices_of(records, clinic.amara.id) == 3


def test_what_goes_back_says_where_to(clinic: SmallClinic, drugs: Callable) -> None:
    came(clinic, 4)
    ledger, part = drugs()
    ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    choose(ledger, Key.Key_2)
    panel = shown(part, SendPanel)
    panel.amount.setText("5")
    ledger.press(Key.Key_Return, CTRL)
    assert panel.form.row("note").problem == "Say where they went."
    panel.note.setText("to the pharmacy")
    ledger.press(Key.Key_Return, CTRL)
    ledger.qtbot.waitUntil(lambda: rows(part) == [(LOT, "-1 here", "Below zero")])
    assert "Lot 12K345 stands at -1 in the log" in part.view.told.accessibleName()


def test_a_count_is_blind_and_a_difference_needs_words(clinic: SmallClinic, drugs: Callable) -> None:
    came(clinic, 4)
    ledger, part = drugs()
    ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    choose(ledger, Key.Key_3)
    panel = shown(part, CountPanel)
    assert not any("4" in one.text() for one in panel.findChildren(QLabel) if LOT not in one.text())
    assert rows(part) == [(LOT, "is counted", "")]
    assert all("4 here" not in line.row.spoken for line in part.view.today.lines())
    assert part.view.stand.text() == ""
    assert part.view.told.isHidden()
    ledger.press(Key.Key_Return, CTRL)
    assert panel.form.row("counted").problem == "Write how many are here; 0 when none is."
    panel.whole.setText("3")
    panel.second.setCurrentIndex(panel.second.findText("Dr. Lin"))
    ledger.press(Key.Key_Return, CTRL)
    assert panel.form.row("note").problem.startswith("3 counted, and the log says 4.")
    panel.note.setText("one broke")
    ledger.press(Key.Key_Return, CTRL)
    ledger.qtbot.waitUntil(lambda: rows(part) == [(LOT, "3 here", "")])
    (count,) = kept(clinic, StockCount)
    assert (count.expected, count.counted, count.second_id) == (4, 3, clinic.lin.id)


def test_what_the_log_said_to_the_last_line_is_not_read_beside_a_count(
    clinic: SmallClinic, drugs: Callable
) -> None:
    came(clinic, 4, expires=MONDAY + timedelta(days=20))
    ledger, part = drugs()
    ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    choose(ledger, Key.Key_1)
    panel = shown(part, WastePanel)
    panel.amount.setText("1")
    panel.witness.setCurrentIndex(panel.witness.findText("Dr. Lin"))
    panel.note.setText("fell")
    ledger.press(Key.Key_Return, CTRL)
    notices = ledger.shell.findChild(NoticeStack)
    assert isinstance(notices, NoticeStack)
    ledger.qtbot.waitUntil(lambda: any("3 are here" in one.accessibleName() for one in notices.notices()))
    choose(ledger, Key.Key_3)
    assert notices.notices() == []


def test_enter_opens_the_log_of_a_lot_and_a_line_of_it_is_taken_back(
    clinic: SmallClinic, drugs: Callable
) -> None:
    came(clinic, 4)
    came(clinic, 40)
    ledger, part = drugs()
    ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    ledger.press(Key.Key_Return)
    ledger.qtbot.waitUntil(part.panel.isVisible)
    assert [one.row.text for one in part.panel.lines.lines()] == ["40 devices received", "4 devices received"]
    ledger.press(Key.Key_U, CTRL)
    dialog = ledger.shell.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    ledger.qtbot.waitUntil(dialog.isVisible)
    ledger.qtbot.keyClick(dialog.picker.list, Key.Key_1)
    ledger.qtbot.keyClick(dialog.picker.list, Key.Key_Return)
    ledger.qtbot.waitUntil(lambda: rows(part) == [(LOT, "4 here", "")])
    assert here(clinic) == 4


def test_escape_goes_back_to_the_lots(clinic: SmallClinic, drugs: Callable) -> None:
    came(clinic, 4)
    ledger, part = drugs()
    ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    ledger.press(Key.Key_Return)
    ledger.qtbot.waitUntil(part.panel.isVisible)
    ledger.press(Key.Key_Escape)
    ledger.qtbot.waitUntil(lambda: not part.panel.isVisible())
    assert QApplication.focusWidget() is part.view.lots


def test_what_expires_and_what_is_short_is_said_above_the_lots(clinic: SmallClinic, drugs: Callable) -> None:
    came(clinic, 1, expires=MONDAY + timedelta(days=9))
    came(clinic, 1, lot="11A", expires=MONDAY - timedelta(days=1))
    booked(clinic)
    _ledger, part = drugs()
    _ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    said = part.view.told.accessibleName()
    assert "2 devices of Spravato are needed for the visits booked until Mon, Nov 23, and 1 are here." in said
    assert "Lot 12K345 expires on November 25, 2026" in said
    assert "Lot 11A expired on November 15, 2026" in said
    assert {badge for _, _, badge in rows(part)} == {"Expires soon", "Expired"}


def test_the_log_is_saved_by_day_and_lot(clinic: SmallClinic, drugs: Callable, tmp_path: Path) -> None:
    came(clinic, 4)
    counted(clinic, 4)
    clinic.clock.at += timedelta(minutes=1)
    logged(clinic, line(Moved.SENT, -4, note="returned"))
    ledger, part = drugs()
    part.save_to(str(tmp_path / "log.csv"))
    ledger.wait()
    (row,) = csv.DictReader((tmp_path / "log.csv").read_text(encoding="utf-8").splitlines())
    assert (row["lot"], row["received"], row["sent"], row["at_end"]) == (LOT, "4", "4", "0")
    assert ledger.said.endswith("log.csv. Keep it at least 2 years.")
    assert Drug(row["drug"]) is Drug.SPRAVATO


def test_at_200_percent_it_is_worked_by_keys_alone(clinic: SmallClinic, drugs: Callable) -> None:
    ledger, part = drugs(size=(683, 384))
    ledger.press(Key.Key_N, CTRL)
    panel = shown(part, ReceivePanel)
    for text in ("", "24", "12k345", "12/2027"):
        ledger.qtbot.waitUntil(lambda: not ledger.focus.visibleRegion().isEmpty())
        ledger.type(text)
        ledger.press(Key.Key_Return if text else Key.Key_Tab)
    ledger.qtbot.waitUntil(panel.on.hasFocus)
    ledger.press(Key.Key_Return, CTRL)
    ledger.qtbot.waitUntil(lambda: rows(part) == [(LOT, "24 here", "")])
    ledger.qtbot.waitUntil(part.view.lots.hasFocus)
    choose(ledger, Key.Key_3)
    assert ledger.focus is shown(part, CountPanel).whole


def test_what_somebody_may_not_do_is_said(clinic: SmallClinic, drugs: Callable) -> None:
    came(clinic, 4)
    ledger, part = drugs(actor=clinic.desk)
    ledger.qtbot.waitUntil(lambda: bool(rows(part)))
    choose(ledger, Key.Key_3)
    panel = shown(part, CountPanel)
    assert panel.keep.missing == ("Nurses and prescribers record this.",)
    panel.whole.setText("4")
    panel.second.setCurrentIndex(1)
    ledger.press(Key.Key_Return, CTRL)
    assert kept(clinic, StockCount) == []
    ledger.press(Key.Key_Escape)
    ledger.press(Key.Key_N, CTRL)
    assert not shown(part, ReceivePanel).keep.missing, "whoever opens the door takes the parcel in"


def test_a_month_on_a_package_means_its_last_day() -> None:
    assert str(read_expiry("12/2027", MONDAY)) == "2027-12-31"
    assert str(read_expiry("2/28", MONDAY)) == "2028-02-29"
    assert str(read_expiry("12/31/2027", MONDAY)) == "2027-12-31"
    assert read_expiry("soon or later", MONDAY) is None
