"""Adding and changing a patient: by keyboard alone, checked as one types, nothing typed is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.people.languages import LANGUAGES
from clinic_desktop.people.model import (
    Address,
    Contact,
    ContactPermissions,
    Indication,
    Patient,
    Phone,
    Sex,
    TransportKind,
    UsualDriver,
)
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui.patients.form import PatientForm
from clinic_desktop.ui.patients.form_fields import Fields
from clinic_desktop.ui.widgets.button import Button
from tests.people.small_clinic import TODAY

KEY = Qt.Key


def form_of(window) -> PatientForm:
    panel = window.panel
    assert isinstance(panel, PatientForm)
    return panel


def kept(window) -> list[Patient]:
    return window.clinic.find(Patient)


def test_a_patient_is_added_with_the_keyboard_alone(window):
    window.press(KEY.Key_N, ctrl=True)
    window.type("Amara")
    window.press(KEY.Key_Return)
    window.type("Okafor")
    window.press(KEY.Key_Return)
    window.type("4/12/84")
    window.press(KEY.Key_Return, KEY.Key_Return)
    window.type("(512) 555-0142")
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: bool(kept(window)))
    (amara,) = kept(window)
    assert (amara.name, amara.birth_date) == ("Okafor, Amara", date(1984, 4, 12))
    assert amara.phones == (Phone("(512) 555-0142"),)
    window.wait(lambda: window.place.view.facts is not None)
    assert window.shown == amara
    assert window.shell.body.panel is None


def test_what_was_typed_into_the_search_line_is_the_name(window):
    window.type("okafor, amara")
    window.press(KEY.Key_N, ctrl=True)
    draft = form_of(window).draft()
    assert (draft.given_name, draft.family_name) == ("Amara", "Okafor")


def test_a_problem_stands_beside_its_field_and_stops_the_saving(window):
    window.press(KEY.Key_N, ctrl=True)
    window.type("Amara")
    form = form_of(window)
    form.fields.dates["birth_date"].setText("13/13/1984")
    form.fields.lines["email"].setText("amara at home")
    window.press(KEY.Key_Return, ctrl=True)
    window.wait()
    assert kept(window) == []
    assert form.form.row("birth_date").problem == "Write the date as 4/12/1984 or Apr 12 1984."
    assert form.form.row("email").problem == "An email address reads name@place.com. Check it."
    assert window.focus is form.fields.dates["birth_date"]
    assert window.focus.accessibleDescription() == form.form.row("birth_date").problem


def test_a_problem_goes_as_soon_as_it_is_mended(window):
    window.press(KEY.Key_N, ctrl=True)
    form = form_of(window)
    form.fields.lines["alerts"].setText("ssn 123-45-6789")
    window.press(KEY.Key_Return, ctrl=True)
    assert "social security" in form.form.row("alerts").problem
    form.fields.lines["alerts"].setText("quiet room")
    assert form.form.row("alerts").problem == ""


def test_an_empty_record_asks_for_a_name(window):
    window.press(KEY.Key_N, ctrl=True)
    window.press(KEY.Key_Return, ctrl=True)
    form = form_of(window)
    assert form.form.row("family_name").problem == "Enter a name. A first or a last name is enough."


def test_somebody_who_may_be_here_already_is_shown_and_can_be_opened(full_window):
    full_window.press(KEY.Key_N, ctrl=True)
    form = form_of(full_window)
    form.fields.lines["given_name"].setText("Amarah")
    form.fields.lines["family_name"].setText("Okafor")
    form.fields.dates["birth_date"].setText("4/12/84")
    form.look_for_duplicates()
    assert [one.name for one in form.duplicates.people] == ["Okafor, Amara"]
    assert form.save_button.text() == "Add, it is another person"
    form.duplicates.open_wanted.emit(form.duplicates.people[0].id)
    full_window.wait(lambda: full_window.place.view.facts is not None)
    assert full_window.shown.name == "Okafor, Amara"


def test_another_person_of_the_same_name_can_still_be_added(full_window):
    before = len(kept(full_window))
    full_window.press(KEY.Key_N, ctrl=True)
    form = form_of(full_window)
    form.fields.lines["given_name"].setText("Amara")
    form.fields.lines["family_name"].setText("Okafor")
    form.look_for_duplicates()
    full_window.press(KEY.Key_Return, ctrl=True)
    full_window.wait(lambda: len(kept(full_window)) == before + 1)


def test_a_half_typed_patient_waits_for_the_next_time(window):
    window.press(KEY.Key_N, ctrl=True)
    window.type("Amara")
    window.press(KEY.Key_Escape)
    assert window.shell.body.panel is None
    window.press(KEY.Key_N, ctrl=True)
    assert form_of(window).draft().given_name == "Amara"


def test_a_panel_is_still_there_after_a_look_at_another_place(window):
    window.press(KEY.Key_N, ctrl=True)
    window.type("Amara")
    window.shell.go("board")
    assert window.shell.body.panel is None
    window.shell.go("patients")
    window.wait()
    assert form_of(window).draft().given_name == "Amara"
    form_of(window).start()
    window.press(KEY.Key_Escape)
    assert window.shell.body.panel is None


def test_changing_a_patient(full_window):
    full_window.find("okafor")
    full_window.press(KEY.Key_W, ctrl=True)
    form = form_of(full_window)
    assert full_window.focus is form.fields.lines["given_name"]
    assert form.draft() == form._seen
    full_window.press(KEY.Key_A, ctrl=True)
    full_window.type("Amarah")
    full_window.press(KEY.Key_Return, ctrl=True)
    full_window.wait(lambda: full_window.shown.given_name == "Amarah")
    assert full_window.place.view.page.head._name.text() == "Okafor, Amarah “Mara”"


def test_a_to_do_leads_to_its_field(window):
    window.clinic.patient(phones=(Phone("(512) 555-0142"),))
    window.place.people._desk.hub.tell(window.clinic.store.changes_since(0))
    window.wait()
    window.find("oka")
    page = window.place.view.page
    asked = {line.payload: line.row.text for line in page.to_dos.lines()}
    assert asked["birth_date"] == "Ask for the birth date."
    for part, field in (
        ("birth_date", "birth_date"),
        ("emergency", "emergency.name"),
        ("allergies", "allergies"),
    ):
        page.to_dos.chosen.emit(part)
        assert window.focus is form_of(window).fields.editor(field)


def test_a_usual_driver_is_added_from_the_to_do(window):
    window.clinic.patient()
    window.place.people._desk.hub.tell(window.clinic.store.changes_since(0))
    window.wait()
    window.find("oka")
    window.press(KEY.Key_D, ctrl=True)
    form = form_of(window)
    window.type("Ben")
    block = form.drivers.blocks[0]
    block.phone.setText("555")
    form.confirm()
    assert "555 is not a whole phone number" in block.name.accessibleDescription()
    block.phone.setText("(512) 555-0143")
    block.days[4].setChecked(True)
    block.first.setText("9")
    block.last.setText("2p")
    form.confirm()
    window.wait(lambda: bool(window.shown.drivers))
    assert window.shown.drivers == (
        UsualDriver("Ben", "(512) 555-0143", weekdays=frozenset({4}), from_minute=540, to_minute=840),
    )


def test_tab_walks_the_fields_in_reading_order(window):
    window.press(KEY.Key_N, ctrl=True)
    form = form_of(window)
    names = {
        id(form.fields.editor(name)): name
        for name in (*form.fields.lines, *form.fields.dates, "language", "indication", "sex", "notes")
    }
    walked = []
    for _ in range(40):
        name = names.get(id(QApplication.focusWidget()))
        if name is not None and name not in walked:
            walked.append(name)
        window.press(KEY.Key_Tab)
    assert walked[:8] == [
        "given_name", "family_name", "birth_date", "preferred_name",
        "phones.0", "phones.1", "email", "indication",
    ]  # fmt: skip
    assert walked[-1] == "notes"
    assert set(walked) == set(names.values())


texts = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\xa0"), max_size=12
)
dates = st.none() | st.dates(date(1927, 1, 1), TODAY)
drivers = st.builds(
    UsualDriver,
    name=texts,
    phone=texts,
    relationship=texts,
    kind=st.sampled_from(TransportKind),
    adult=st.booleans(),
    weekdays=st.frozensets(st.integers(0, 6)),
    from_minute=st.sampled_from([0, 540]),
    to_minute=st.sampled_from([840, 1440]),
)
patients = st.builds(
    Patient,
    id=st.integers(0, 9),
    given_name=texts,
    family_name=texts,
    preferred_name=texts,
    birth_date=dates,
    sex=st.sampled_from(Sex),
    phones=st.lists(st.builds(Phone, texts.filter(str.strip), texts), max_size=4).map(tuple),
    email=texts,
    language=st.sampled_from(sorted(LANGUAGES)),
    large_print=st.booleans(),
    address=st.builds(Address, texts, texts, texts, texts),
    emergency=st.builds(Contact, texts, texts, texts),
    permissions=st.builds(ContactPermissions, st.booleans(), st.booleans(), st.booleans(), texts),
    allergies=texts,
    alerts=texts,
    notes=texts,
    indication=st.sampled_from(Indication),
    rems_enrolled_on=dates,
    death_date=dates,
    drivers=st.lists(drivers, max_size=2).map(tuple),
    source=texts,
)


@pytest.mark.usefixtures("qapp")
@given(patients)
def test_what_is_shown_and_not_touched_is_read_back_unchanged(patient):
    fields = Fields(lambda: TODAY, len(patient.phones))
    fields.fill(patient)
    assert fields.read(patient, patient.drivers) == patient


def test_a_date_of_death_names_the_coming_visits_and_leads_to_them(full_window):
    clinic = full_window.clinic
    amara = next(one for one in kept(full_window) if one.family_name == "Okafor")
    visits = [one for one in clinic.find(Visit) if one.patient_id == amara.id and one.day >= TODAY]
    full_window.find("okafor")
    full_window.press(KEY.Key_W, ctrl=True)
    form = form_of(full_window)
    form.start("death_date")
    full_window.type("11/1/26")
    full_window.press(KEY.Key_Return, ctrl=True)
    full_window.wait(lambda: bool(full_window.shell.notices.notices()))
    notice = full_window.shell.notices.notices()[-1]
    assert notice.accessibleName().startswith(f"{len(visits)} coming visits")
    assert "Okafor, Amara died on" in notice.accessibleName()
    assert [clinic.get(Visit, one.id) for one in visits] == visits  # they stay until somebody sees to them
    notice.findChild(Button).fired.emit()
    assert full_window.shell.current == "board"
