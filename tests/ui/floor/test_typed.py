"""The line of the floor: what is typed and what it is taken for."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from clinic_desktop.people.model import Drug, Order
from clinic_desktop.scheduling.calls import CallOutcome, Whom
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.stock import Entry, Line, Lot
from clinic_desktop.ui.floor.entries import ENTRIES, Wants, entry_of
from clinic_desktop.ui.floor.said import as_typed, detail_of
from clinic_desktop.ui.floor.typed import Context, Typed, read_line, read_person, typed_moment
from tests.small_clinic import MONDAY, ZONE, at, instant
from tests.treatment.cases import K, before_dosing, care, device, infused, stamp, without


def _here(count: int) -> Line:
    return Line(Entry.RECEIVED, instant(9), MONDAY, count, count, 1)


def context(code: str = "SP56", now: datetime | None = None, stamps: list[Stamp] | None = None) -> Context:
    here = before_dosing() if stamps is None else stamps
    moment = now or instant(10, 20)
    return Context(care(code, here, moment), moment, K.DOSE, 35.0)


def read(text: str, **more: object) -> Typed:
    return read_line(text, context(**more))


def one(text: str, **more: object) -> Stamp:
    typed = read(text, **more)
    assert typed.well, typed.problem
    (stamped,) = typed.stamps
    return stamped


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("138/84 92 98", (138, 84, 98, 92)),  # pressure, pulse, oxygen
        ("138/84 98 92", (138, 84, 92, 98)),  # both orders make sense: as they are written, and asked about
        ("138/84 72 80", (138, 84, 80, 72)),
        ("136/86 74 98", (136, 86, 98, 74)),
        ("138/84 98 72", (138, 84, 72, 98)),  # never turned silently: an oxygen of 72 is asked about
        ("138/84 98 85", (138, 84, 85, 98)),
        ("136/86 98% 99", (136, 86, 98, 99)),
        ("136/86 p98 96", (136, 86, 96, 98)),
        ("136/86 74", (136, 86, None, 74)),
        ("136/86 84%", (136, 86, 84, None)),
        ("136/86", (136, 86, None, None)),
        ("136/86 98", (136, 86, 98, None)),
        ("136/86 p74 o98", (136, 86, 98, 74)),
        ("136/86 98% 74", (136, 86, 98, 74)),
        ("136/86 110 98", (136, 86, 98, 110)),
        ("136/86 104", (136, 86, None, 104)),
        ("v 136/86 74 98", (136, 86, 98, 74)),
        ("vitals 66 97", (None, None, 97, 66)),
        ("10:07 136/86 74 98", (136, 86, 98, 74)),
    ],
)
def test_vitals_in_one_line(text: str, numbers: tuple[int | None, ...]) -> None:
    said = one(text)
    assert said.kind is K.VITALS
    assert (said.systolic, said.diastolic, said.oxygen, said.pulse) == numbers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a", K.ARRIVED),
        ("arr", K.ARRIVED),
        ("i", K.IN_ROOM),
        ("in room", K.IN_ROOM),
        ("room", K.IN_ROOM),
        ("c", K.CONSENT),
        ("consent signed again", K.CONSENT),
        ("p", K.PRESSURE_ACCEPTED),
        ("d 12K345", K.DOSE),
        ("device 12K345", K.DOSE),
        ("e nausea", K.DOSING_ENDED),
        ("m asleep", K.FORTY_MISSED),
        ("s", K.SETTLED),
        ("w", K.WALKS),
        ("l", K.LINE_OUT),
        ("line out", K.LINE_OUT),
        ("h Amara and Bea", K.SHEET_HANDED),
        ("sheet Amara", K.SHEET_HANDED),
        ("g", K.DRIVER_SEEN),
        ("driver", K.DRIVER_SEEN),
        ("y", K.READY),
        ("ready", K.READY),
        ("z", K.WAITING),
        ("chair", K.WAITING),
        ("r", K.RELEASED),
        ("release", K.RELEASED),
        ("t Dr. Lin, wait ten minutes", K.TOLD),
        ("n slept", K.NOTE),
        ("sed 5", K.SEDATION),
        ("moaa/s 4", K.SEDATION),
        ("q 5", K.SEDATION),
        ("diss 1", K.DISSOCIATION),
        ("x 1", K.DISSOCIATION),
        ("naus 0", K.NAUSEA),
        ("u 0", K.NAUSEA),
        ("aldrete 2 2 2 2 1", K.DISCHARGE_FORM),
        ("padss 22222", K.DISCHARGE_FORM),
        ("form mpadss 2 2 2 2 2", K.DISCHARGE_FORM),
        ("not treated pressure", K.NOT_TREATED),
        ("left early walked out", K.LEFT_EARLY),
        ("transferred oxygen", K.TRANSFERRED),
        ("911 oxygen", K.TRANSFERRED),
    ],
)
def test_words_letters_and_beginnings(text: str, kind: StampKind) -> None:
    assert one(text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "10:07 AM 136/86",  # as times are shown
        "10:07 am 136/86",
        "10:07 a.m. 136/86",
        "10:07a.m. 136/86",
        "10:07 AM CST 136/86",
        "today 10:07 am 136/86",
        "v 10:07 am 136/86",
    ],
)
def test_am_and_pm_may_stand_apart_from_the_time(text: str) -> None:
    said = one(text)
    assert (said.kind, said.at, said.systolic) == (K.VITALS, instant(10, 7), 136)


def test_a_whole_hour_with_am_or_pm_is_a_time() -> None:
    assert one("2 pm arrived", now=instant(14, 10)).at == instant(14)
    both = read("10:05 AM 10:10 AM d 12K345").stamps
    assert [(dose.at, dose.lot) for dose in both] == [(instant(10, 5), "12K345"), (instant(10, 10), "12K345")]
    assert one("t Dr. Lin, back at 2 pm").note == "back at 2 pm"


@pytest.mark.parametrize(("text", "kind"), [("10:07 a", K.ARRIVED), ("10:07 p", K.PRESSURE_ACCEPTED)])
def test_a_and_p_behind_a_time_are_still_entries(text: str, kind: StampKind) -> None:
    said = one(text)
    assert (said.kind, said.at) == (kind, instant(10, 7))


def test_end_is_the_infusions_while_one_runs() -> None:
    running = without(infused(), K.INFUSION_STOP)
    assert one("e", code="IVM", stamps=running, now=instant(10, 40)).kind is K.INFUSION_STOP


def test_a_missed_pressure_is_the_infusions_where_there_is_one() -> None:
    assert one("m asleep", code="IVM", stamps=infused(), now=instant(11)).kind is K.CHECK_MISSED


@pytest.mark.parametrize("text", ["xyz", "??", "12"])
def test_what_is_not_understood_says_so(text: str) -> None:
    typed = read(text)
    assert not typed.well
    assert "Not understood" in typed.problem


def test_an_empty_line_says_nothing() -> None:
    assert read("  ") == Typed()


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("10:07 a", [instant(10, 7)]),
        ("a 10:07", [instant(10, 7)]),
        ("a", [None]),
        ("10:20 a", [None]),  # the minute that the clock shows is now
        ("10:07", [instant(10, 7)]),  # a bare time is the next step's
        ("9:58 d 12K345", [instant(9, 58)]),
        ("10:05 10:10 d 12K345", [instant(10, 5), instant(10, 10)]),
        ("d 10:10 10:05 12K345", [instant(10, 5), instant(10, 10)]),
    ],
)
def test_past_times_without_ceremony(text: str, moments: list[datetime | None]) -> None:
    stamps = [device(instant(9))] if text == "10:07" else before_dosing()
    typed = read(text, stamps=stamps)
    assert typed.well, typed.problem
    assert [said.at for said in typed.stamps] == moments


def test_one_time_is_enough_for_what_is_no_dose() -> None:
    assert not read("10:05 10:10 a").well


@pytest.mark.parametrize("text", ["e 5 mg", "end 17.5mg", "stop after 5 MG"])
def test_an_amount_behind_the_end_of_an_infusion_is_no_note(text: str) -> None:
    typed = read(text, code="IVM", stamps=without(infused(), K.INFUSION_STOP), now=instant(10, 40))
    assert not typed.well
    assert "correct it" in typed.problem


def test_what_was_flushed_or_left_in_the_bag_may_stand_there() -> None:
    typed = read(
        "e flushed with 10 ml saline",
        code="IVM",
        stamps=without(infused(), K.INFUSION_STOP),
        now=instant(10, 40),
    )
    assert typed.well, typed.problem
    assert typed.stamps[0].note == "flushed with 10 ml saline"


def test_a_time_in_a_note_is_part_of_the_note() -> None:
    assert one("t Dr. Lin, back at 10:30").note == "back at 10:30"


def test_after_midnight_the_evening_was_yesterday() -> None:
    night = at(date(2026, 11, 17), 0, 20)
    assert one("23:50 a", now=night).at == instant(23, 50)


@pytest.mark.parametrize(("typed", "elapsed"), [("1:10", 10), ("1:40", 40), ("1:40am", 40)])
def test_in_the_hour_that_comes_twice_the_last_reading_is_meant(typed: str, elapsed: int) -> None:
    """The clock shows 1:20 for the second time; 1:40 was forty minutes ago."""
    second = at(date(2026, 11, 1), 0) + (instant(2, 20) - instant(0))
    made = context(now=second)
    visit = timed(replace(made.care.visit, day=date(2026, 11, 1), minute=30), made.care.type)
    there = replace(made, care=replace(made.care, visit=visit))
    (said,) = read_line(f"{typed} a", there).stamps
    assert said.at is not None
    assert (second - said.at).total_seconds() / 60 == elapsed


@pytest.mark.parametrize(
    ("now", "typed", "meant"),
    [
        (instant(19, 20), "7:10 a", instant(19, 10)),  # a stay that runs on into the evening
        (instant(14, 0), "10:07 a", instant(10, 7)),
        (instant(16, 30), "8:00 a", instant(8)),
        (instant(14, 0), "2:30 a", instant(14, 30)),  # to come: refused as a slip, not taken for the night
        (instant(14, 0), "1:50 a", instant(13, 50)),
    ],
)
def test_a_reading_of_either_half_is_the_last_one(now: datetime, typed: str, meant: datetime) -> None:
    assert one(typed, now=now).at == meant


@pytest.mark.parametrize(
    ("text", "lot"),
    [("d 12K345", "12K345"), ("d lot 12K345", "12K345"), ("d", "9A001"), ("d 12K345 spat out", "12K345")],
)
def test_a_device_has_the_last_ones_lot_unless_another_is_typed(text: str, lot: str) -> None:
    assert one(text, stamps=[device(instant(10, 10), lot="9A001")]).lot == lot


@pytest.mark.parametrize("text", ["d", "d unknown", "d lot unknown", "d ?"])
def test_a_device_of_unknown_lot_is_for_the_rules_to_judge(text: str) -> None:
    stamps = [] if text == "d" else [device(instant(10, 10), lot="9A001")]
    assert (one(text, stamps=stamps).lot, one(text, stamps=stamps).note) == ("", "")


@pytest.mark.parametrize(
    ("text", "dose", "lot", "note"),
    [
        ("d 14 mg 12K345", 14.0, "12K345", ""),
        ("d 14mg 12K345 spat out the rest", 14.0, "12K345", "spat out the rest"),
        ("d 14mg unknown", 14.0, "", ""),
        ("d 12K345", None, "12K345", ""),
    ],
)
def test_a_part_of_a_device_is_said_in_mg(text: str, dose: float | None, lot: str, note: str) -> None:
    assert (one(text).dose, one(text).lot, one(text).note) == (dose, lot, note)


@pytest.mark.parametrize(("text", "mg"), [("b 40", 40.0), ("b 40mg", 40.0), ("b 37.5 mg", 37.5), ("b", 35.0)])
def test_an_infusion_takes_the_ordered_dose_unless_another_is_typed(text: str, mg: float) -> None:
    said = one(text, code="IVM")
    assert (said.kind, said.dose, said.unit) == (K.INFUSION_START, mg, "mg")


BY_WEIGHT = Order(route="IV", dose=0.5, unit="mg/kg", weight_kg=72.0, weighed_on=date(2026, 11, 9))


def infusion(text: str, order: Order | None = None, running: bool = False) -> Stamp:
    """What a line says of an infusion; ``running``: 36 mg in 50 mL run since 10:15."""
    stamps = before_dosing()
    if running:
        stamps.append(stamp(K.INFUSION_START, instant(10, 15), dose=36.0, unit="mg", concentration=0.72))
    here = care("IVM", stamps, instant(10, 20), order=order)
    typed = read_line(text, Context(here, instant(10, 20), K.INFUSION_START, 36.0 if order else None))
    assert typed.well, typed.problem
    return typed.stamps[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("b 36 in 50 ml", "36 mg, in 50 mL (0.72 mg/mL)"),
        ("b 36 mg in 50 ml at 75", "36 mg, 75 mL/h, in 50 mL (0.72 mg/mL)"),
        ("b 36 75 ml/h 0.72 mg/ml", "36 mg, 75 mL/h, in 50 mL (0.72 mg/mL)"),
        ("b 0.5/kg 70 kg", "35 mg, 0.5 mg/kg at 70 kg of Mon, Nov 16"),
        ("b 0.5 mg/kg at 70 kg 11/12", "35 mg, 0.5 mg/kg at 70 kg of Thu, Nov 12"),
        ("b 35 iv second line", "35 mg, IV, second line"),
        ("d 40 im left arm", "40 mg, IM, left arm"),
        ("d 40 left arm im", "40 mg, left arm im"),
        ("b 35 in 10 min", "35 mg, in 10 min"),
    ],
)
def test_a_dose_is_read_back_with_how_it_was_given(text: str, said: str) -> None:
    assert detail_of(infusion(text), ZONE, MONDAY) == said


@pytest.mark.parametrize("text", ["b", "b 0.5/kg", "d 0.5/kg"])
def test_the_orders_weight_goes_without_saying(text: str) -> None:
    assert detail_of(infusion(text, BY_WEIGHT), ZONE, MONDAY) == "36 mg, 0.5 mg/kg at 72 kg of Mon, Nov 9"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rate 30", "30 mL/h"),
        ("f 30 ml/h", "30 mL/h"),
        ("rate 30 1 mg/ml", "30 mL/h, 1 mg/mL"),
        ("rate 0 cuff slipped", "0 mL/h, cuff slipped"),
        ("rate 37.5 less nausea", "37.5 mL/h, less nausea"),
    ],
)
def test_a_rate_is_in_ml_an_hour(text: str, said: str) -> None:
    changed = infusion(text, running=True)
    assert (changed.kind, detail_of(changed, ZONE, MONDAY)) == (K.RATE, said)


@pytest.mark.parametrize("text", ["b 0.5/kg", "b 0.35 mg/kg/h", "b 36 mcg", "rate", "rate fast"])
def test_a_dose_that_is_not_whole_says_what_it_wants(text: str) -> None:
    assert read(text, code="IVM").problem.startswith("Write the ") or read(text, code="KAP").problem


@pytest.mark.parametrize(
    "recorded",
    [
        stamp(K.INFUSION_START, instant(10, 5), dose=36.0, concentration=0.72, rate=75.0, route="IV"),
        stamp(
            K.INFUSION_START, instant(10, 5), dose=35.0, unit="mg", per_kg=0.5, weight_kg=70.0,
            weighed_on=date(2026, 11, 9), route="IV", note="slow",
        ),
        stamp(K.DOSE, instant(10, 5), dose=40.0, unit="mg", route="IM", note="left arm"),
        stamp(K.RATE, instant(10, 5), rate=30.0, concentration=0.72, note="nausea"),
    ],
)  # fmt: skip
def test_a_dose_typed_again_says_the_same(recorded: Stamp) -> None:
    again = one(as_typed(recorded, ZONE, MONDAY), code="IVM", now=instant(13))
    assert (again.kind, again.at) == (recorded.kind, recorded.at)
    assert detail_of(again, ZONE, MONDAY) == detail_of(recorded, ZONE, MONDAY)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Jo Reed 217-555-0101 18 fit", ("Jo Reed", "217-555-0101", True, True)),
        ("Jo Reed, (217) 555-0101, 18+, fit", ("Jo Reed", "(217) 555-0101", True, True)),
        ("Jo Reed 555-0101 adult", ("Jo Reed", "555-0101", True, False)),
        ("Tom Wills neighbour 555-0101 18", ("Tom Wills", "555-0101", True, False)),
        ("Jo Friend 555-0101 18", ("Jo Friend", "555-0101", True, False)),
        ("Jo", ("Jo", "", False, False)),
    ],
)
def test_somebody_else_in_one_line(text: str, person: tuple[str, str, bool, bool]) -> None:
    read_ = read_person(text)
    assert (read_.name, read_.phone, read_.adult, read_.fit) == person
    said = one(f"g {text}")
    assert (said.person, said.phone, said.adult, said.fit) == person


def test_the_named_driver_needs_no_words() -> None:
    assert one("g").person == "Bea Marsh"


@pytest.mark.parametrize("text", ["m", "n", "not treated", "left early", "h", "t", "k"])
def test_what_needs_words_asks_for_them(text: str) -> None:
    typed = read(text)
    assert typed.entry is not None
    assert typed.problem


def test_what_is_typed_is_read_back() -> None:
    assert read("10:07 136/86 74 98").said == "Vitals, 136/86, pulse 74, oxygen 98, 10:07 AM"
    assert read("a").said == "Arrived, now"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sed 5", "Sedation (MOAA/S), 5: answers readily, now"),
        ("10:17 sed 3 eyes shut", "Sedation (MOAA/S), 3: answers to a loud voice only, eyes shut, 10:17 AM"),
        ("diss 1", "Dissociation, 1: mild, now"),
        ("naus 0", "Nausea, 0: none, now"),
    ],
)
def test_a_score_is_read_back_with_what_it_means(text: str, said: str) -> None:
    assert read(text).said == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "aldrete 2 2 2 2 1 well",
            "Discharge form, Modified Aldrete 9 of 10 (activity 2, respiration 2, circulation 2, "
            "consciousness 2, oxygen 1), well, now",
        ),
        ("aldrete 2 2", "0 to 2 each: activity, respiration, circulation, consciousness, oxygen."),
        ("form 2 2 2 2 2", "Say which form: aldrete, padss, mpadss."),
    ],
)
def test_a_discharge_form_is_read_back_item_by_item(text: str, said: str) -> None:
    typed = read(text)
    assert (typed.said if typed.well else typed.problem) == said


def test_the_form_of_the_type_needs_no_name_and_no_item_that_is_left_out() -> None:
    made = context(stamps=[])
    policies = replace(made.care.setup.policies, form_off=frozenset({"mpadss.bleeding"}))
    clinic = replace(made.care.setup, clinic=replace(made.care.setup.clinic, policies=policies))
    asks = replace(made.care.type, discharge_form="mpadss")
    there = replace(made, care=replace(made.care, setup=clinic, type=asks))
    typed = read_line("form 2 2 2 1", there)
    assert typed.well, typed.problem
    assert (typed.stamps[0].form, typed.stamps[0].form_scores) == ("mpadss", (2, 2, 2, 1))


@pytest.mark.parametrize(
    ("text", "kind"), [("d1", StampKind.DOSE), ("q4", StampKind.SEDATION), ("b35", StampKind.INFUSION_START)]
)
def test_a_number_may_stand_right_behind_the_letter(text: str, kind: StampKind) -> None:
    found = entry_of(text, running=False, rems=True)
    assert found is not None
    assert (found[0].kind, found[1]) == (kind, text[1:])


def test_a_letter_without_a_number_of_its_own_takes_none() -> None:
    assert entry_of("s1", running=False, rems=True) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [("80/120", "high/low"), ("400/20", "high/low"), ("138/84 4 98", "pulse")],
)
def test_a_slip_of_the_pen_is_said_while_it_is_typed(text: str, problem: str) -> None:
    typed = read(text)
    assert not typed.well
    assert problem in typed.problem.lower()


@pytest.mark.parametrize("text", ["sed", "diss mild", "naus -1"])
def test_a_score_is_a_number(text: str) -> None:
    assert "Write a number from 0 to" in read(text).problem


def test_what_is_accepted_is_read_back_with_its_numbers() -> None:
    assert read("p").said == "Pressure accepted, 124/78, now"
    low = [*before_dosing(), stamp(K.VITALS, instant(10, 6), oxygen=90)]
    assert read("p", stamps=low).said == "Pressure accepted, 124/78, oxygen 90, now"


@pytest.mark.parametrize(
    ("text", "whom", "person", "outcome", "note"),
    [
        ("k Bea, no answer", Whom.DRIVER, "", CallOutcome.NO_ANSWER, ""),
        ("k driver, message", Whom.DRIVER, "", CallOutcome.MESSAGE, ""),
        ("k Bea Marsh, yes, from work", Whom.DRIVER, "", CallOutcome.DRIVER, "from work"),
        ("called Bea, is home", Whom.DRIVER, "", CallOutcome.REACHED, "is home"),
        ("k Amara, at home", Whom.PATIENT, "", CallOutcome.REACHED, "at home"),
        ("k patient, no answer", Whom.PATIENT, "", CallOutcome.NO_ANSWER, ""),
        ("k contact, calls back", Whom.EMERGENCY, "", CallOutcome.CALLS_BACK, ""),
        ("k 911, on the way", Whom.OTHER, "911", CallOutcome.REACHED, "on the way"),
        ("k 911", Whom.OTHER, "911", CallOutcome.REACHED, ""),
        ("k Acme Clinic, yes", Whom.OTHER, "Acme Clinic", CallOutcome.REACHED, "yes"),
        ("k bea no answer", Whom.DRIVER, "", CallOutcome.NO_ANSWER, ""),
        ("k driver message back at noon", Whom.DRIVER, "", CallOutcome.MESSAGE, "back at noon"),
        ("k Bea cannot come", Whom.DRIVER, "", CallOutcome.CANNOT_DRIVE, ""),
        ("k Dr Yesman", Whom.OTHER, "Dr Yesman", CallOutcome.REACHED, ""),
    ],
)
def test_a_call_is_one_of_the_calls_about_the_visit(
    text: str, whom: Whom, person: str, outcome: CallOutcome, note: str
) -> None:
    typed = read(text)
    assert typed.well
    assert typed.stamps == ()
    call = typed.call
    assert call is not None
    assert (call.whom, call.person, call.outcome, call.note) == (whom, person, outcome, note)


def test_a_call_has_its_time_and_says_when_somebody_comes() -> None:
    typed = read("10:07 k Bea, 12:15")
    assert typed.call is not None
    assert (typed.call.at, typed.call.arrives) == (instant(10, 7), 735)
    assert typed.said == "Called, driver Bea Marsh, comes at 12:15 PM, 10:07 AM"
    without = read("k bea 12:15").call
    assert without is not None
    assert (without.whom, without.arrives) == (Whom.DRIVER, 735)
    assert read("k no answer").problem == "Say who."
    assert read("k Bea, no answer; 10:05 136/86").problem == "Record the call by itself."


@pytest.mark.parametrize(
    ("text", "arrives"),
    [("11:10 k Bea, 11:40", 700), ("11:10 k Bea, 1:15", 795), ("k Bea, 1:15", 795), ("k Bea, 11:40", 1420)],
)
def test_a_time_to_come_is_after_the_call_however_late_it_is_charted(text: str, arrives: int) -> None:
    call = read(text, now=instant(12, 40)).call
    assert call is not None
    assert call.arrives == arrives


def test_every_letter_opens_one_entry() -> None:
    letters = [entry.letter for entry in ENTRIES if entry.letter]
    doubled = {letter for letter in letters if letters.count(letter) > 1}
    assert doubled == {
        "E",
        "M",
    }  # the end, or a missed pressure, of an infusion or of Spravato: whichever it is
    for entry in ENTRIES:
        if entry.letter and entry.letter not in doubled:
            found = entry_of(entry.letter.lower(), running=False, rems=True)
            assert found is not None
            assert found[0] is entry


OF_INFUSIONS = (K.INFUSION_STOP, K.CHECK_MISSED)


@pytest.mark.parametrize("entry", [one for one in ENTRIES if one.kind not in OF_INFUSIONS])
def test_every_word_means_its_entry(entry: object) -> None:
    for word in entry.words:
        found = entry_of(word, running=False, rems=True)
        assert found is not None
        assert found[0] is entry


@pytest.mark.parametrize(
    "recorded",
    [
        stamp(K.VITALS, instant(10, 4), systolic=136, diastolic=86, oxygen=98, pulse=74),
        stamp(K.VITALS, instant(10, 4), oxygen=98),
        stamp(K.ARRIVED, instant(9, 50)),
        device(instant(10, 10)),
        device(instant(10, 10), lot=""),
        device(instant(10, 10), note="held by the nurse"),
        stamp(K.DRIVER_SEEN, instant(12, 10), person="Jo Reed", phone="555-0101", adult=True, fit=True),
        stamp(K.NOTE, instant(10, 30), note="slept"),
        stamp(K.SEDATION, instant(10, 30), score=4, note="dozing"),
        stamp(K.NAUSEA, instant(10, 30), score=0),
        stamp(
            K.DISCHARGE_FORM,
            instant(10, 30),
            form="padss",
            form_items=("vital signs", "walking", "pain and nausea", "bleeding", "intake and output"),
            form_scores=(2, 2, 2, 1, 2),
            note="in the chair",
        ),
        stamp(K.SHEET_HANDED, instant(12), person="Amara"),
        stamp(K.TOLD, instant(11), person="Dr. Lin", note="wait ten minutes"),
        stamp(K.NOT_TREATED, instant(10, 20), note="pressure 182/108"),
        stamp(K.DOSING_ENDED, instant(10, 20), note="nausea"),
    ],
)
def test_an_entry_typed_again_says_the_same(recorded: Stamp) -> None:
    typed = as_typed(recorded, ZONE, MONDAY)
    again = one(typed, now=instant(13))
    assert (again.kind, again.at) == (recorded.kind, recorded.at)
    if recorded.kind is not K.DOSE:
        assert detail_of(again, ZONE, MONDAY) == detail_of(recorded, ZONE, MONDAY)
    else:
        assert (again.lot, again.note) == (recorded.lot, recorded.note)


def test_the_moment_of_a_line() -> None:
    assert typed_moment("10:07 a", context()) == instant(10, 7)
    assert typed_moment("10:20 a", context()) == instant(10, 20)
    assert typed_moment("a", context()) is None


def test_every_kind_of_want_is_read() -> None:
    assert {entry.wants for entry in ENTRIES} == set(Wants)


LOTS = (
    Lot(Drug.SPRAVATO, "41K207", (_here(12),), date(2026, 12, 8), came=True),
    Lot(Drug.SPRAVATO, "46K118", (_here(58),), date(2027, 6, 1), came=True),
)


def with_lots(stamps: list[Stamp] | None = None) -> Context:
    return replace(context(stamps=stamps), lots=LOTS)


def test_one_digit_names_an_open_lot_what_expires_first_before_the_others() -> None:
    typed = read_line("d", with_lots())
    assert typed.offer == ("1  41K207, 12 here, to December 8, 2026\n2  46K118, 58 here, to June 1, 2027")
    assert read_line("d 1", with_lots()).stamps[0].lot == "41K207"
    assert read_line("d 2 gently", with_lots()).stamps[0] == replace(
        read_line("d 46K118 gently", with_lots()).stamps[0]
    )
    assert read_line("10:05 10:10 d 1", with_lots()).stamps[1].lot == "41K207"


def test_a_lot_may_always_be_typed_and_a_digit_without_a_lot_is_said() -> None:
    assert read_line("d 12K345", with_lots()).stamps[0].lot == "12K345"
    assert read_line("d 3", with_lots()).problem == "There is no lot 3. Write it out, or take another."
    assert read_line("d 3", context()).problem == ""


def test_lots_are_offered_for_devices_alone() -> None:
    assert read_line("138/84", with_lots()).offer == ""
    assert read_line("d 35", replace(context("IMK"), lots=LOTS)).offer == ""


def test_what_a_driver_is_to_the_patient_is_a_note_and_is_typed_again() -> None:
    typed = read("g Tom Wills neighbour 217-555-0101 18 fit")
    (seen,) = typed.stamps
    assert (seen.person, seen.note) == ("Tom Wills", "neighbour")
    again = as_typed(replace(seen, at=instant(10, 5)), ZONE, MONDAY)
    (same,) = read(again).stamps
    assert (same.person, same.phone, same.note, same.fit) == ("Tom Wills", seen.phone, "neighbour", True)


@pytest.mark.parametrize(
    ("text", "time"), [("infusion finished 2:38", "2:38"), ("bag empty 10:05 am", "10:05 am")]
)
def test_a_time_behind_what_is_not_understood_is_said_to_come_first(text: str, time: str) -> None:
    assert read(text).problem.startswith(
        f"Not understood. The time comes first, then a letter or a word: {time}"
    )


@pytest.mark.parametrize("text", ["i fell from chair", "in room fell from chair", "10:15 i fell from chair"])
def test_what_happens_to_somebody_in_the_room_is_no_coming_in(text: str) -> None:
    typed = read(text)
    assert not typed.well
    assert typed.problem.startswith("Already in the room since 10:00 AM. What happened is a note: N.")


def test_who_is_here_does_not_arrive_once_more_by_a_line_of_words() -> None:
    assert read("a fall in the corridor").problem.startswith("Already here since 9:50 AM.")
    assert one("n fell from chair").kind is K.NOTE
