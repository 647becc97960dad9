"""From the record to the paper on any day of two years: the days and times that are read back are those that
a calendar and a clock say, reckoned here without a line of the program's."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from clinic_desktop.aftercare.compose import Made, compose_preparation, compose_sheet
from clinic_desktop.aftercare.facts import compute_facts
from clinic_desktop.aftercare.parse import shipped_template
from clinic_desktop.aftercare.prepare import compute_preparation
from clinic_desktop.aftercare.values import NextVisit, SheetSettings
from clinic_desktop.printing.pdf import render_pdf
from tests.aftercare.sample import source
from tests.aftercare.test_prepare import source as visit_to_come
from tests.printing.reading import read

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ZONES = (
    "America/Chicago", "America/New_York", "America/Phoenix", "America/Anchorage", "Pacific/Honolulu",
    "America/St_Johns", "Australia/Lord_Howe",
)  # fmt: skip
CHANGES = (
    date(2026, 3, 8), date(2026, 4, 5), date(2026, 10, 4), date(2026, 11, 1),
    date(2027, 3, 14), date(2027, 4, 4), date(2027, 10, 3), date(2027, 11, 7),
)  # fmt: skip
"""When clocks change, in the United States and on Lord Howe Island (by half an hour)."""

days = st.one_of(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.builds(
        lambda day, shift: day + timedelta(days=shift), st.sampled_from(CHANGES), st.sampled_from((-1, 0))
    ),
)
instants = st.builds(
    lambda day, seconds: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=seconds),
    days,
    st.integers(0, 36 * 3600),
)
AUTUMN = datetime(2026, 10, 31, 18, 30, tzinfo=UTC)  # 1:30 PM in Chicago: 12 hours later is 1:30 AM, twice


def dated(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}, {day.year}"


def near(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}"


def clock(hour: int, minute: int) -> str:
    return f"{hour % 12 or 12}:{minute:02} {'PM' if hour >= 12 else 'AM'}"


def shown(instant: datetime, zone: str) -> tuple[date, str]:
    """What the wall clock shows, with the zone's name where it shows that twice."""
    local = instant.astimezone(ZoneInfo(zone))
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    time = clock(local.hour, local.minute)
    return local.date(), f"{time} {local.tzname()}" if twice else time


def begun(instant: datetime) -> datetime:
    """The next full minute, where it is none: a minute that has begun is not over."""
    whole = instant.replace(second=0)
    return whole if whole == instant else whole + timedelta(minutes=1)


def later(instant: datetime, hours: int, zone: str) -> tuple[date, str]:
    return shown(begun(instant + timedelta(hours=hours)), zone)


@given(
    dose=instants,
    zone=st.sampled_from(ZONES),
    kind=st.sampled_from(("iv", "iv-pain", "im", "kap")),
    length=st.integers(1, 300),
    hours=st.tuples(*(st.integers(1, 168) for _ in range(4))),
    ahead=st.lists(st.tuples(st.integers(1, 60), st.integers(0, 1439)), min_size=1, max_size=4, unique=True),
    printed=st.integers(0, 600),
)
@example(AUTUMN, "America/Chicago", "im", 1, (12, 13, 24, 36), [(1, 90)], 11 * 60 + 30)
@example(AUTUMN - timedelta(minutes=40), "America/Chicago", "iv", 40, (12, 13, 24, 36), [(1, 90)], 0)
@settings(max_examples=40)
def test_a_ketamine_sheet_agrees_with_the_record(dose, zone, kind, length, hours, ahead, printed) -> None:
    ended = dose + timedelta(minutes=length) if kind.startswith("iv") else dose
    day = shown(dose, zone)[0]
    drive, alcohol, decisions, adult = hours
    chosen = SheetSettings(drive, alcohol, decisions, adult)
    visits = tuple(NextVisit(day + timedelta(days=days), minute) for days, minute in ahead)
    treated = source(
        kind,
        zone=zone,
        visit_day=day,
        last_dose_at=dose,
        infusion_ended_at=ended if kind.startswith("iv") else None,
        settings=chosen,
        next_visits=visits,
    )
    made = Made(ended + timedelta(minutes=printed), "MJ")
    words = read(render_pdf(compose_sheet(shipped_template(kind), compute_facts(treated), made)))

    until, time = later(ended, drive, zone)
    assert f"Not before {dated(until)}, {time}, and only after a full night’s sleep" in words
    counted = "Your infusion ended at" if kind.startswith("iv") else "Your last dose was at"
    assert f"{counted} {shown(ended, zone)[1]}." in words
    for said, number in (
        ("No alcohol, cannabis or street drugs until", alcohol),
        ("Sign no papers and make no big choices until", decisions),
        ("Have an adult with you until", adult),
    ):
        until, time = later(ended, number, zone)
        assert f"{said} {near(until)}, {time}." in words
    assert f"Visit: {dated(day)}" in words
    read_back(words, visits, made.at, zone)


@given(
    first=instants,
    zone=st.sampled_from(ZONES),
    devices=st.integers(1, 3),
    gap=st.integers(5, 20),
    ahead=st.lists(st.tuples(st.integers(1, 60), st.integers(0, 1439)), min_size=1, max_size=4, unique=True),
    printed=st.integers(0, 600),
)
@settings(max_examples=40)
def test_a_spravato_sheet_agrees_with_the_record(first, zone, devices, gap, ahead, printed) -> None:
    """The day after the last device, whatever the number of hours until then."""
    last = first + timedelta(minutes=gap * (devices - 1))
    day = shown(last, zone)[0]
    visits = tuple(NextVisit(day + timedelta(days=days), minute) for days, minute in ahead)
    treated = source("spravato", zone=zone, visit_day=day, last_dose_at=last, next_visits=visits)
    made = Made(last + timedelta(minutes=printed), "MJ")
    words = read(render_pdf(compose_sheet(shipped_template("spravato"), compute_facts(treated), made)))

    tomorrow = date.fromordinal(day.toordinal() + 1)
    assert f"Do not drive until tomorrow, {dated(tomorrow)}, after a full night’s sleep" in words
    until, time = later(last, 24, zone)
    assert f"No alcohol, cannabis or street drugs until {near(until)}, {time}." in words
    read_back(words, visits, made.at, zone)


def read_back(words: str, visits: tuple[NextVisit, ...], made: datetime, zone: str) -> None:
    """The next visits in their order, and when it was printed."""
    in_order = sorted(visits, key=lambda one: (one.day, one.minute))
    said = " ".join(f"{dated(one.day)}, {clock(*divmod(one.minute, 60))}" for one in in_order)
    assert f"Your next visit {said} Bring someone" in words
    local = made.astimezone(ZoneInfo(zone))
    on = f"{MONTHS[local.month - 1]} {local.day}, {local.year}"
    assert f"Printed {on}, {clock(local.hour, local.minute)}, by MJ." in words


@given(
    start=instants,
    zone=st.sampled_from(ZONES),
    lead=st.integers(1, 60),
    food=st.integers(1, 1440),
    drinks=st.integers(1, 1440),
    spray=st.integers(1, 240),
)
@settings(max_examples=40)
def test_a_preparation_sheet_agrees_with_the_visit(start, zone, lead, food, drinks, spray) -> None:
    start = start.replace(second=0)
    asks = {"food": food, "liquid": drinks, "spray": spray}
    to_come = visit_to_come(start, "prep-spravato", zone=zone, lead=lead, asks=asks, cancel_by=0)
    facts = compute_preparation(to_come)
    made = Made(start - timedelta(days=3), "MJ")
    words = read(render_pdf(compose_preparation(shipped_template("prep-spravato"), facts, made)))

    def back(minutes: int) -> str:
        day, time = shown(start - timedelta(minutes=minutes), zone)
        return f"{near(day)}, {time}"

    assert f"No food after {back(food)}." in words
    assert f"No drinks after {back(drinks)}." in words
    assert f"from {back(24 * 60)} on." in words
    assert back(spray) in words
    assert f"Your visit starts at {shown(start, zone)[1]}." in words
    assert f"Be here at {shown(start - timedelta(minutes=lead), zone)[1]} to check in." in words
