"""What a patient has in hand on paper, once a visit that it names has moved [R-18]."""

from datetime import timedelta

from clinic_desktop.aftercare.sheets import hand_over, make_sheet
from clinic_desktop.aftercare.slips_out import stale_slips
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.aftercare.test_day_sheets import infuse
from tests.small_clinic import MONDAY, SmallClinic, at

FRIDAY, WEEK = MONDAY + timedelta(days=4), MONDAY + timedelta(days=7)


def said(clinic: SmallClinic) -> list[str]:
    with clinic.store.read() as records:
        found = stale_slips(records, [clinic.amara.id, clinic.noah.id], clinic.clock.now())
    return [one.sentence() for told in found.values() for one in told]


def with_sheet(clinic: SmallClinic, *, handed: bool = True) -> Visit:
    """Amara was here on Monday, and her sheet names Friday at ten, which is given back."""
    today = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    next_one = book(clinic.store, clinic.desk, clinic.wish(day=FRIDAY)).visits[0]
    infuse(clinic, today.id)
    made = make_sheet(clinic.store, clinic.nurse, today.id, render_pdf)
    if handed:
        hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")
    return clinic.visit(next_one.id)


MOVED = (
    "The sheet handed over on Mon, Nov 16 names Fri, Nov 20, 10:00 AM, and that does not hold any more. "
    "Tell Okafor, Amara what counts now."
)


def test_r18_a_sheet_in_hand_that_names_a_moved_visit_is_known(clinic: SmallClinic) -> None:
    visit = with_sheet(clinic)
    assert said(clinic) == []
    move(clinic.store, clinic.desk, [to(visit, minute=660)])
    assert said(clinic) == [MOVED]
    move(clinic.store, clinic.desk, [to(clinic.visit(visit.id), minute=600)])
    assert said(clinic) == [], "it is as the paper says"


def test_a_cancelled_visit_too(clinic: SmallClinic) -> None:
    visit = with_sheet(clinic)
    cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.CLINIC)
    assert said(clinic) == [MOVED]


def test_another_visit_more_makes_nothing_untrue(clinic: SmallClinic) -> None:
    with_sheet(clinic)
    book(clinic.store, clinic.desk, clinic.wish(day=WEEK))
    assert said(clinic) == []


def test_a_sheet_that_nobody_was_given_is_in_no_hands(clinic: SmallClinic) -> None:
    visit = with_sheet(clinic, handed=False)
    move(clinic.store, clinic.desk, [to(visit, minute=660)])
    assert said(clinic) == []


def strike_handover(clinic: SmallClinic, visit_id: int) -> None:
    with clinic.store.read() as records:
        stamps = records.find(Stamp, visit_id=visit_id)
    (handed,) = (one for one in stamps if one.kind is StampKind.SHEET_HANDED)
    struck = Stamp(kind=StampKind.STRUCK, corrects=handed.id, reason="another patient's sheet")
    record(clinic.store, clinic.nurse, visit_id, [struck])


def test_a_sheet_whose_handover_was_struck_out_is_in_no_hands(clinic: SmallClinic) -> None:
    visit = with_sheet(clinic)
    with clinic.store.read() as records:
        (today,) = (one.id for one in records.visits_on(MONDAY, MONDAY))
    strike_handover(clinic, today)
    move(clinic.store, clinic.desk, [to(visit, minute=660)])
    assert said(clinic) == []


def test_what_is_over_is_told_nobody_any_more(clinic: SmallClinic) -> None:
    visit = with_sheet(clinic)
    move(clinic.store, clinic.desk, [to(visit, minute=660)])
    clinic.clock.at = at(FRIDAY, 10, 1)
    assert said(clinic) == []


def test_a_newer_sheet_in_hand_takes_its_place(clinic: SmallClinic) -> None:
    visit = with_sheet(clinic)
    move(clinic.store, clinic.desk, [to(visit, minute=660)])
    with clinic.store.read() as records:
        (today,) = (one.id for one in records.visits_on(MONDAY, MONDAY))
    clinic.clock.forward(5)
    again = make_sheet(clinic.store, clinic.nurse, today, render_pdf)
    hand_over(clinic.store, clinic.nurse, again.sheet, "Amara")
    assert said(clinic) == []
