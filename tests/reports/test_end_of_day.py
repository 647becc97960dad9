"""The end of the day: what is open before the house is closed, what the week leaves, where it is settled."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Clearance, Moved, Order, Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.reports.end_of_day import Chapter, EndLine, EndOfDay, Where, end_of_day
from clinic_desktop.reports.end_on_paper import end_document
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Clinic, Closure, Course, Visit
from clinic_desktop.scheduling.ordering import write_order
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.calling import answer_alarm, call_for_help, read_house
from clinic_desktop.treatment.day_after import AfterCall, AfterOutcome
from clinic_desktop.treatment.day_after_calling import record_after_call
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.printed import Printed, PrintState, SheetPrint, begin, finish
from clinic_desktop.treatment.rems_form import record_sent
from clinic_desktop.treatment.to_see import OpenIncident
from tests.small_clinic import BEA, MONDAY, SmallClinic, at, instant
from tests.treatment.stays import K, Stay, booked
from tests.treatment.stock_lines import came, line, logged

DAY = timedelta(days=1)
C = Chapter


def read(clinic: SmallClinic, when: datetime | None = None) -> EndOfDay:
    clinic.clock.at = when or clinic.clock.at
    with clinic.store.read() as records:
        return end_of_day(records, clinic.clock.now())


def said(clinic: SmallClinic, chapter: Chapter, when: datetime | None = None) -> list[str]:
    return [one.says.sentence() for one in read(clinic, when).of(chapter)]


def released(clinic: SmallClinic, **changes: object) -> Stay:
    stay = booked(clinic, **changes).sprayed().at(12, 16).checked()
    stay.is_(K.RELEASED)
    return stay


def test_who_is_still_here_is_named_with_how_far_they_are(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic).sprayed()
    (one,) = read(any_clinic, instant(11)).of(C.HERE)
    assert one.says.sentence() == "Still here: monitoring. Record how the stay ends."
    assert (one.where, one.number, one.patient, one.urgent) == (
        Where.FLOOR,
        stay.visit_id,
        "Okafor, Amara",
        True,
    )
    stay.at(12, 16).checked()
    stay.is_(K.RELEASED)
    assert read(any_clinic).of(C.HERE) == []


def test_a_release_that_only_wants_its_signature_is_told_apart(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic).sprayed().at(12, 16).checked()
    assert said(any_clinic, C.UNSIGNED) == ["Everything is settled, and nobody released. Sign the release."]
    assert read(any_clinic).of(C.HERE) == []
    stay.is_(K.RELEASED)
    (signed,) = stay.stamps(K.RELEASED)
    stay.is_(K.STRUCK, corrects=signed.id, reason="another patient")
    assert [one.number for one in read(any_clinic).of(C.UNSIGNED)] == [stay.visit_id], "taken away again"


def test_visits_of_earlier_days_that_nobody_closed(any_clinic: SmallClinic) -> None:
    booked(any_clinic).sprayed()
    (one,) = read(any_clinic, at(MONDAY + 3 * DAY, 17)).of(C.UNCLOSED)
    assert one.says.sentence() == "The visit of Mon, Nov 16 has no end on record. Record it with its time."


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "The REMS form is not sent; it is due Mon, Nov 23."),
        (5, "The REMS form is due Mon, Nov 23."),
        (7, "The REMS form is due today. Send it, and record the day."),
        (8, "The REMS form was due Mon, Nov 23 and is not recorded as sent."),
    ],
)
def test_h10_a_form_that_is_not_sent_says_how_it_presses(
    any_clinic: SmallClinic, days: int, words: str
) -> None:
    stay = released(any_clinic)
    when = at(MONDAY + days * DAY, 17)
    assert said(any_clinic, C.FORMS, when) == [words]
    (one,) = read(any_clinic).of(C.FORMS)
    assert (one.where, one.number, one.urgent) == (Where.LEDGER, stay.visit_id, days >= 7)
    record_sent(any_clinic.store, any_clinic.nurse, stay.forms()[0], MONDAY)
    assert read(any_clinic).of(C.FORMS) == []


def test_h10_a_form_that_is_due_while_the_clinic_is_closed_is_to_go_today(any_clinic: SmallClinic) -> None:
    """Monday the 23rd is closed: on Friday nobody comes before it is late."""
    released(any_clinic)
    with any_clinic.store.write(PROGRAM) as unit:
        unit.add(Closure(from_day=MONDAY + 7 * DAY, to_day=MONDAY + 7 * DAY, reason="inventory"))
        unit.commit()
    (one,) = read(any_clinic, at(MONDAY + 4 * DAY, 17)).of(C.FORMS)
    assert one.urgent
    assert one.says.sentence() == (
        "The REMS form is due Mon, Nov 23, and the clinic is closed until Tue, Nov 24. Send it today."
    )


def test_h9_a_sheet_that_nobody_took(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic).sprayed().at(11, 20)
    stay.says(Stamp(kind=K.LEFT_EARLY, at=instant(11, 12), note="walked out"))
    (one,) = read(any_clinic).of(C.SHEETS)
    assert (one.where, one.number) == (Where.FLOOR, stay.visit_id)
    stay.is_(K.SHEET_HANDED, instant(11, 11), person="patient")
    assert read(any_clinic).of(C.SHEETS) == []


def test_words_that_are_not_signed_and_incidents_lead_to_the_prescriber(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic).prepared()
    stay.says(Stamp(kind=K.SAID, told_by=any_clinic.lin.id, note="84 mg next time"))
    stay.says(Stamp(kind=K.DOSE), happened=True)
    there = read(any_clinic)
    assert [one.where for one in there.of(C.COSIGN)] == [Where.DECISIONS]
    assert there.of(C.COSIGN)[0].urgent, "it is due the same day"
    (incident,) = there.of(C.INCIDENTS)
    assert incident.where is Where.DECISIONS
    assert incident.request is not None
    assert isinstance(incident.request.about, OpenIncident)
    assert incident.request.about.incident == stay.incidents()[0]


def test_who_was_treated_lately_and_has_no_next_visit(any_clinic: SmallClinic) -> None:
    released(any_clinic)
    (one,) = read(any_clinic, at(MONDAY + 3 * DAY, 17)).of(C.NEXT_VISIT)
    assert (one.where, one.number) == (Where.PATIENT, any_clinic.amara.id)
    assert one.says.sentence() == "Treated Mon, Nov 16, and no next visit is booked. Offer one."
    booked(any_clinic, day=MONDAY + 8 * DAY)
    assert read(any_clinic).of(C.NEXT_VISIT) == []
    assert read(any_clinic, at(MONDAY + 15 * DAY, 17)).of(C.NEXT_VISIT) == [], "that is long ago"


@pytest.mark.parametrize(("state", "asked"), [("running", True), ("finished", False), ("stopped", False)])
def test_a_course_that_is_over_asks_for_no_next_visit(
    any_clinic: SmallClinic, state: str, asked: bool
) -> None:
    stay = released(any_clinic)
    with any_clinic.store.write(PROGRAM) as unit:
        mine = Course(patient_id=any_clinic.amara.id, template_code="IV6", planned=3, to_place=2, state=state)
        course = unit.add(mine)
        unit.save(replace(unit.get(Visit, stay.visit_id), course_id=course.id))
        unit.commit()
    wanted = ["Treated Mon, Nov 16, and the course has visits without a time: 2. Offer one."]
    assert said(any_clinic, C.NEXT_VISIT) == (wanted if asked else [])


def test_nobody_is_asked_to_book_for_the_dead(any_clinic: SmallClinic) -> None:
    released(any_clinic)
    with any_clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, any_clinic.amara.id), death_date=MONDAY))
        unit.commit()
    assert read(any_clinic).of(C.NEXT_VISIT) == []


def test_a_consultation_without_a_decision(any_clinic: SmallClinic) -> None:
    with any_clinic.store.write(any_clinic.prescriber) as unit:
        for one in unit.find(Clearance, patient_id=any_clinic.amara.id):
            unit.save(replace(one, withdrawn_at=unit.at))
        unit.commit()
    wish = any_clinic.wish("CON", 540)
    talk = Stay(any_clinic, book(any_clinic.store, any_clinic.desk, wish).visits[0].id)
    talk.at(9, 2).is_(K.IN_ROOM)
    talk.at(10).is_(K.LEFT)
    (one,) = read(any_clinic).of(C.UNDECIDED)
    assert one.where is Where.DECISIONS
    assert one.request is not None
    assert one.request.visit is not None
    assert one.request.visit.id == talk.visit_id


def test_what_ends_is_listed_with_the_certification(any_clinic: SmallClinic) -> None:
    booked(any_clinic, day=MONDAY + 14 * DAY)
    mine = Order(patient_id=any_clinic.amara.id, modality="spravato", drug="esketamine", route="nasal")
    order = replace(mine, dose=56, valid_to=MONDAY + 7 * DAY)
    write_order(any_clinic.store, any_clinic.prescriber, order)
    found = read(any_clinic, instant(9)).of(C.EXPIRES)
    assert [(one.says.code, one.where) for one in found] == [("decide-order-ends", Where.DECISIONS)]
    with any_clinic.store.write(PROGRAM) as unit:
        (clinic,) = unit.find(Clinic)
        unit.save(replace(clinic, certified_until=MONDAY + 20 * DAY))
        unit.commit()
    found = read(any_clinic).of(C.EXPIRES)[1:]
    assert [(one.says.code, one.where) for one in found] == [("certified-ends", Where.SET_UP)]


def test_a_day_on_which_nothing_is_open(any_clinic: SmallClinic) -> None:
    booked(any_clinic, plan=BEA)
    assert read(any_clinic, instant(9)).lines == ()


def test_it_is_printed_with_what_is_pressing_first(any_clinic: SmallClinic) -> None:
    booked(any_clinic).sprayed()
    there = read(any_clinic, instant(11))
    assert list(dict.fromkeys(one.chapter for one in there.lines)) == [C.HERE]
    document = end_document(there)
    assert render_pdf(document).page_count == 1
    assert "Okafor" not in document.title


def test_a_long_list_goes_on_over_pages(any_clinic: SmallClinic) -> None:
    there = read(any_clinic)
    booked(any_clinic).sprayed()
    (one,) = [line for line in read(any_clinic, instant(11)).lines if line.chapter is C.HERE]
    many: tuple[EndLine, ...] = (one,) * 60
    assert render_pdf(end_document(replace(there, lines=many))).page_count > 1


def test_the_week_names_the_lots_that_end_in_it_and_those_that_have_with_something_left(
    any_clinic: SmallClinic,
) -> None:
    for lot, days in (("OVER", -2), ("WEEK", 7), ("LATER", 8)):
        came(any_clinic, 3, expires=MONDAY + days * DAY, lot=lot)
    came(any_clinic, 1, expires=MONDAY - DAY, lot="EMPTY")
    logged(any_clinic, line(Moved.SENT, -1, lot="EMPTY", note="to the distributor"))
    found = read(any_clinic, instant(17)).of(C.EXPIRES)
    assert [one.says.sentence() for one in found] == [
        "Lot OVER expired on November 14, 2026. Put it apart, and record what becomes of it.",
        "Lot WEEK expires on November 23, 2026, and 3 are here. Use them first.",
    ]
    assert {one.where for one in found} == {Where.DRUGS}
    assert all(one.chapter.of_the_week for one in found)


def test_a_call_for_help_leaves_a_line_for_the_day_with_who_answered(any_clinic: SmallClinic) -> None:
    any_clinic.clock.at = instant(10, 15)
    call_for_help(any_clinic.store, any_clinic.desk, None)
    assert said(any_clinic, C.HELP) == [
        "Help was called to front at 10:15 AM, and nobody answered. Say what came of it."
    ]
    any_clinic.clock.at = instant(10, 17)
    with any_clinic.store.read() as records:
        (there,) = read_house(records, any_clinic.clock.now()).standing(any_clinic.clock.now())
    answer_alarm(any_clinic.store, any_clinic.nurse, there.alarm)
    assert said(any_clinic, C.HELP, instant(16)) == [
        "Help was called to front at 10:15 AM, and Maya Jones answered at 10:17 AM. "
        "Say on the floor what came of it."
    ]
    assert said(any_clinic, C.HELP, at(MONDAY + DAY, 9)) == []


def treated(clinic: SmallClinic, state: VisitState = VisitState.LEFT) -> Visit:
    """Somebody was treated on Monday; it is Tuesday evening."""
    stay = booked(clinic)
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(stay.visit, state=state))
        unit.commit()
    clinic.clock.at = at(MONDAY + DAY, 17)
    return stay.visit


def test_a_check_in_call_that_is_not_done_is_said_and_its_last_day_presses(any_clinic: SmallClinic) -> None:
    visit = treated(any_clinic)
    (one,) = read(any_clinic).of(C.DAY_AFTER)
    assert one.says.sentence() == (
        "Treated Mon, Nov 16, and the check-in call is not done. Tries: 0. Call, or say why not."
    )
    assert (one.where, one.number, one.urgent) == (Where.CALLS, visit.id, False)
    (one,) = read(any_clinic, at(MONDAY + 3 * DAY, 17)).of(C.DAY_AFTER)
    assert one.urgent
    assert one.says.sentence().endswith("Tries: 0. Today is its last day.")


def test_who_closed_a_check_in_call_is_named_on_that_day(any_clinic: SmallClinic) -> None:
    visit = treated(any_clinic)
    for outcome in (*[AfterOutcome.NO_ANSWER] * 3, AfterOutcome.CLOSED):
        call = AfterCall(visit_id=visit.id, outcome=outcome)
        record_after_call(any_clinic.store, any_clinic.nurse, call)
    assert said(any_clinic, C.DAY_AFTER) == [
        "Treated Mon, Nov 16, not reached in 3 tries. Maya Jones closed it today."
    ]
    assert said(any_clinic, C.DAY_AFTER, at(MONDAY + 2 * DAY, 17)) == []


def test_a_red_answer_that_nobody_answered_heads_the_check_in_calls(any_clinic: SmallClinic) -> None:
    call = AfterCall(visit_id=treated(any_clinic).id, outcome=AfterOutcome.REACHED, yes=frozenset({"chest"}))
    record_after_call(any_clinic.store, any_clinic.desk, call)
    first, second = read(any_clinic).of(C.DAY_AFTER)
    assert first.says.sentence() == "Yes to: chest pain or short breath. No prescriber has answered yet."
    assert (first.urgent, second.urgent) == (True, False)


def test_h9_a_sheet_that_did_not_come_out_is_named_until_it_does(any_clinic: SmallClinic) -> None:
    """Its last job counts: printed once more and out, it is settled; and so it is once it was handed over."""
    stay = booked(any_clinic).sprayed()
    store, nurse = any_clinic.store, any_clinic.nurse
    job = SheetPrint(visit_id=stay.visit_id, printer="Front desk")

    def sent(state: PrintState) -> None:
        finish(store, nurse, begin(store, nurse, job).job, state)

    sent(PrintState.PRINTED)
    assert read(any_clinic).of(C.PRINTS) == []
    sent(PrintState.FAILED)
    (one,) = read(any_clinic).of(C.PRINTS)
    assert one.says.sentence().startswith("The aftercare sheet did not come out at ")
    assert (one.where, one.number, one.patient) == (Where.SHEETS, stay.visit_id, "Okafor, Amara")
    sent(PrintState.UNKNOWN)
    (line,) = said(any_clinic, C.PRINTS)
    assert line.endswith("Nobody knows whether it came out. Look at Front desk.")
    stay.at(12, 16).checked().is_(K.SHEET_HANDED, person="The patient")
    assert read(any_clinic).of(C.PRINTS) == []


def test_a_preparation_whose_desk_stopped_is_named_after_an_hour(any_clinic: SmallClinic) -> None:
    visit = book(any_clinic.store, any_clinic.desk, any_clinic.wish(day=MONDAY + DAY)).visits[0]
    job = SheetPrint(visit_id=visit.id, printer="Front desk", what=Printed.PREPARATION)
    at_once = begin(any_clinic.store, any_clinic.nurse, job).job.at
    assert at_once is not None
    assert said(any_clinic, C.PRINTS) == []
    (line,) = said(any_clinic, C.PRINTS, at_once + timedelta(minutes=61))
    assert line.startswith("The preparation sheet was sent at ")
