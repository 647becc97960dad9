"""Two desks change one patient: who was first is named, what each changed alone stands, the rest is asked."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desktop.people.model import ContactPermissions, Patient, Phone
from clinic_desktop.people.patients import edit
from clinic_desktop.ui.both_changed import BothChangedDialog
from clinic_desktop.ui.patients.form import PatientForm

KEY = Qt.Key


def open_form(window) -> PatientForm:
    window.find("okafor")
    window.press(KEY.Key_W, ctrl=True)
    assert isinstance(window.panel, PatientForm)
    return window.panel


def dialogs(window) -> list[BothChangedDialog]:
    return [one for one in window.shell.findChildren(BothChangedDialog) if one.isVisible()]


def asked(window) -> BothChangedDialog:
    window.wait(lambda: bool(dialogs(window)))
    return dialogs(window)[0]


def kept(window, patient_id: int) -> Patient:
    return window.clinic.get(Patient, patient_id)


def other_desk(window, **changes) -> Patient:
    """The nurse changes the patient at another desk; the news has not come yet."""
    now = kept(window, window.shown.id)
    return edit(window.clinic.store, window.clinic.nurse, replace(now, **changes)).patient


def tell(window) -> None:
    """The news arrives."""
    patient = window.shown.id
    changes = edit(
        window.clinic.store, window.clinic.nurse, replace(kept(window, patient), notes="from the other desk")
    ).changes
    window.place.panels._desk.hub.tell(changes)


def test_only_what_both_changed_is_asked_and_nothing_is_chosen(full_window):
    form = open_form(full_window)
    before = form.draft().alerts
    form.fields.lines["email"].setText("mine@example.org")
    form.fields.lines["alerts"].setText("mine")
    other_desk(full_window, alerts="theirs", notes="from the other desk")
    full_window.clinic.clock.at += timedelta(minutes=2)
    form.confirm()
    dialog = asked(full_window)
    nurse = next(
        one.name for one in full_window.clinic.setup().staff if one.id == full_window.clinic.nurse.person_id
    )
    assert dialog.accessibleName() == f"{nurse} changed this patient 2 minutes ago, on the PC called desk 1"
    (field,) = dialog.fields
    assert field.list.accessibleName() == f"Alert. As it was: {before} Theirs: theirs. Mine: mine"
    assert field.list.current == ""
    assert dialog.save.missing == ("choose for Alert",)
    assert dialog.save.text() == "Save both together"
    QTest.keyClick(dialog.save, KEY.Key_Return)
    assert dialog.isVisible()
    assert kept(full_window, form.patient_id).email != "mine@example.org"
    QTest.keyClick(field.list, KEY.Key_2)
    assert dialog.save.missing == ()
    QTest.keyClick(dialog.save, KEY.Key_Return)
    full_window.wait(lambda: full_window.shown.email == "mine@example.org")
    assert (full_window.shown.alerts, full_window.shown.notes) == ("theirs", "from the other desk")


def test_mine_is_kept_by_its_key(full_window):
    form = open_form(full_window)
    form.fields.lines["alerts"].setText("mine")
    other_desk(full_window, alerts="theirs")
    form.confirm()
    dialog = asked(full_window)
    assert dialog.save.text() == "Save what I chose"
    QTest.keyClick(dialog.fields[0].list, KEY.Key_1)
    QTest.keyClick(dialog.save, KEY.Key_Return)
    full_window.wait(lambda: full_window.shown.alerts == "mine")


def test_different_fields_need_no_choice(full_window):
    form = open_form(full_window)
    was = full_window.shown.permissions
    form.fields.text.setChecked(not was.text)
    other_desk(full_window, permissions=replace(was, voicemail=not was.voicemail))
    form.confirm()
    dialog = asked(full_window)
    assert dialog.fields == []
    QTest.keyClick(dialog.save, KEY.Key_Return)
    both = ContactPermissions(not was.voicemail, not was.text, was.email, was.may_tell)
    full_window.wait(lambda: full_window.shown.permissions == both)


def test_going_back_saves_nothing_and_keeps_what_was_typed(full_window):
    form = open_form(full_window)
    form.fields.lines["alerts"].setText("mine")
    other_desk(full_window, alerts="theirs")
    form.confirm()
    QTest.keyClick(asked(full_window), KEY.Key_Escape)
    full_window.wait(lambda: not dialogs(full_window))
    assert form.draft().alerts == "mine"
    assert kept(full_window, form.patient_id).alerts == "theirs"
    assert not form.meanwhile.isHidden()
    form.confirm()  # it is asked again
    assert [one.name for one in asked(full_window).fields] == ["alerts"]


def test_whoever_is_faster_again_is_told_of_again(full_window):
    form = open_form(full_window)
    form.fields.lines["alerts"].setText("mine")
    other_desk(full_window, alerts="theirs")
    form.confirm()
    first = asked(full_window)
    other_desk(full_window, alerts="theirs, again")
    QTest.keyClick(first.fields[0].list, KEY.Key_1)
    QTest.keyClick(first.save, KEY.Key_Return)
    full_window.wait(lambda: bool(dialogs(full_window)) and dialogs(full_window)[0] is not first)
    (field,) = dialogs(full_window)[0].fields
    assert field.list.accessibleName() == "Alert. As it was: theirs. Theirs: theirs, again. Mine: mine"


def test_a_number_for_which_the_form_has_no_line_is_not_lost(full_window):
    form = open_form(full_window)
    form.fields.lines["email"].setText("mine@example.org")
    phones = tuple(Phone(f"(512) 555-014{n}") for n in range(4))
    other_desk(full_window, phones=phones)
    form.confirm()
    QTest.keyClick(asked(full_window).save, KEY.Key_Return)
    full_window.wait(lambda: full_window.shown.email == "mine@example.org")
    assert full_window.shown.phones == phones


def test_an_open_form_is_told_at_once_and_nothing_typed_is_touched(full_window):
    form = open_form(full_window)
    form.fields.lines["alerts"].setText("mine")
    form.fields.lines["alerts"].setFocus()
    before = form.draft().notes
    tell(full_window)
    full_window.wait(lambda: not form.meanwhile.isHidden())
    assert "changed this patient a moment ago" in form.meanwhile.accessibleName()
    assert full_window.focus is form.fields.lines["alerts"]
    assert (form.draft().alerts, form.draft().notes) == ("mine", before)
    assert dialogs(full_window) == []


def test_a_form_in_which_nothing_is_typed_shows_what_stands_now(full_window):
    form = open_form(full_window)
    tell(full_window)
    full_window.wait(lambda: not form.meanwhile.isHidden())
    assert form.draft().notes == "from the other desk"
    assert not form.has_draft


def test_a_date_that_is_half_typed_stays_when_the_news_comes(full_window):
    form = open_form(full_window)
    form.fields.dates["death_date"].setText("13/")
    tell(full_window)
    full_window.wait(lambda: not form.meanwhile.isHidden())
    assert form.fields.dates["death_date"].text() == "13/"


def test_ones_own_saving_is_no_news(full_window):
    form = open_form(full_window)
    form.fields.lines["email"].setText("mine@example.org")
    form.confirm()
    full_window.wait(lambda: full_window.shown.email == "mine@example.org")
    assert dialogs(full_window) == []
