"""Whether a visit could go somewhere else, before anybody lets go of it: the same rules as the move
itself, asked about the day as it was loaded. What it says is a forecast; the move asks again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime, from_utc_minute, to_utc_minute
from clinic_desktop.foundation.rulebook import Finding, Severity, blocking
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.choices import Choice, best_choice
from clinic_desktop.scheduling.claims import roles_needed, timed
from clinic_desktop.scheduling.course_rules import LAPSE
from clinic_desktop.scheduling.coverage import uncovered
from clinic_desktop.scheduling.driver_hours import driver_away
from clinic_desktop.scheduling.looking_regardless import regardless
from clinic_desktop.scheduling.masks import bits
from clinic_desktop.scheduling.model import Cover, Visit
from clinic_desktop.scheduling.moving import Move, to
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.scheduling.presence import absent
from clinic_desktop.scheduling.reasons import (
    ALL_BUSY,
    CLOSED,
    LAST_START,
    NO_COVER,
    NO_ROOM,
    ROOM_SHUT,
    ROOM_TAKEN,
    STAFF_BUSY,
    STAFF_OFF,
    TOO_FEW,
    why_not,
)
from clinic_desktop.scheduling.rules import (
    CLINIC_CLOSED,
    COVER_CLINICIAN,
    COVER_PRESCRIBER,
    COVER_TWO,
    GAP_LONG,
    GAP_SHORT,
    ORDER_INTERVAL,
    ROOM_CLOSED,
    ROOM_UNFIT,
    STAFF_AWAY,
    STAFF_BREAK,
    Case,
    findings,
    not_begun,
)
from clinic_desktop.scheduling.safe_start import late_start
from clinic_desktop.scheduling.stagger import close_starts
from clinic_desktop.scheduling.stretching import stretched
from clinic_desktop.scheduling.under_orders import used
from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.board.day_ground import DayGround
from clinic_desktop.ui.board.forecast import Fit, Known, Mark, Said, Target, Verdict
from clinic_desktop.ui.board.nurse_words import nurse_changes
from clinic_desktop.ui.board.stretch_words import nearest_end, phase_lines, refusal
from clinic_desktop.ui.board.swap import other_of, without_room_of
from clinic_desktop.ui.board.verdict_lines import kind_words, to_tell
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.who_may import over_rule_words
from clinic_desktop.ui.wording import worded

MOST_LINES = 6
# What another visit has, which whoever may go over a rule can share with it on purpose.
_SHARED = frozenset(one.code for one in (ROOM_TAKEN, STAFF_BUSY, ALL_BUSY))
# What a reason can go over besides.
_ASKABLE = frozenset(one.code for one in (CLOSED, NO_ROOM, ROOM_SHUT, STAFF_OFF, TOO_FEW, LAST_START))
_SPACING = frozenset((GAP_SHORT.code, GAP_LONG.code, ORDER_INTERVAL.code, LAPSE.code))
# What the search for free time says first, the rules of booking say once more in other words.
_SAID_BY = {
    CLINIC_CLOSED.code: {CLOSED.code},
    ROOM_CLOSED.code: {CLOSED.code, ROOM_SHUT.code},
    ROOM_UNFIT.code: {NO_ROOM.code},
    STAFF_AWAY.code: {STAFF_OFF.code},
    STAFF_BREAK.code: {STAFF_OFF.code},
    COVER_PRESCRIBER.code: {NO_COVER.code},
    COVER_CLINICIAN.code: {NO_COVER.code},
    COVER_TWO.code: {TOO_FEW.code},
}


def verdict(
    ground: DayGround, visit: Visit, target: Target, known: Known | None, *, may_override: bool = False
) -> Verdict:
    """What would happen if the visit were let go at the target."""
    said = _Look(ground, visit, target, known, may_override=may_override).verdict()
    if said.fit is Fit.NOT and not may_override:
        asks = _Look(ground, visit, target, known, may_override=True).asks()
        return _with_who(said) if asks else said
    return said


def _with_who(said: Verdict) -> Verdict:
    """Who else could go over it; the nearest time stays last."""
    last = said.lines[-1:] if said.nearest is not None else ()
    first = said.lines[: len(said.lines) - len(last)][: MOST_LINES - len(last) - 1]
    return replace(said, lines=(*first, Said(Mark.WARN, over_rule_words()), *last))


class _Look:
    """One visit held over one place."""

    def __init__(
        self, ground: DayGround, visit: Visit, target: Target, known: Known | None, *, may_override: bool
    ) -> None:
        self._ground, self._visit, self._target, self._known = ground, visit, target, known
        self._may_override = may_override
        self._type = ground.type_of(visit)
        self._wanted = visit if self._refused_length() else stretched(visit, self._type, target.longer)
        self._start = to_utc_minute(WallTime(target.day, target.minute), ground.zone)
        self._options = Options(
            patient_id=visit.patient_id,
            without=frozenset({visit.id}),
            rooms=None if self._room is None else frozenset({self._room}),
            staff=self._wanted_staff(),
            wish_room=self._room,
            wish_nurse=visit.nurse_id,
            wish_after=frozenset(one.staff_id for one in visit.phase_staff),
            minutes=self._wanted.phase_minutes,
        )

    @property
    def _room(self) -> int | None:
        """In a person's column the room stays what it is."""
        return self._target.room_id if self._target.staff_id is None else self._visit.room_id

    def _refused_length(self) -> str:
        """Why its end stays where it is, when that is what is in the hand."""
        return "" if self._target.longer is None else refusal(self._ground, self._visit)

    def verdict(self) -> Verdict:
        wrong = self._wrong_place()
        if wrong:
            return Verdict(Fit.NOT, self._title(), (Said(Mark.NO, wrong),))
        why = why_not(self._ground.free, self._type, self._start, self._options)
        return self._swapped(why) or self._judged(self._choice(why), why)

    def asks(self) -> bool:
        """Whether a reason would be asked for."""
        if self._wrong_place():
            return False
        why = why_not(self._ground.free, self._type, self._start, self._options)
        choice = self._choice(why)
        return self._fit(why, blocking(self._ruled(self._moved(choice))), choice) is Fit.ASKS

    def _swapped(self, why: Sequence[Finding]) -> Verdict | None:
        """The verdict where the visit that has the room would take this one's, and both fit."""
        ground, visit = self._ground, self._visit
        if self._target.longer is not None:
            return None
        other = other_of(ground, visit, self._target, self._start, why)
        if other is None:
            return None
        choice = best_choice(without_room_of(ground, other), self._type, self._start, self._options)
        said = self._judged(choice, ())
        if said.fit is not Fit.FITS:
            return None
        name = ground.names.get(other.id, "")
        words = tr("{name}, {time}, takes {room} instead")
        line = words.format(name=name, time=ground.clock(other.start), room=self._room_name(visit.room_id))
        return replace(
            said,
            fit=Fit.SWAPS,
            lines=(Said(Mark.WARN, line), *said.lines)[:MOST_LINES],
            other=to(other, room_id=visit.room_id),
            with_whom=name,
        )

    def _choice(self, why: Sequence[Finding]) -> Choice | None:
        """Room and people there; those that nobody else has, where only what a reason can go over speaks
        against it."""
        if not why:
            return best_choice(self._ground.free, self._type, self._start, self._options)
        share = self._may_override
        if not all(_askable(one) or (share and one.code in _SHARED) for one in why):
            return None
        ground = self._ground
        return regardless(ground.setup, ground.claims, self._type, self._start, self._options, overlap=share)

    def _judged(self, choice: Choice | None, why: Sequence[Finding]) -> Verdict:
        moved = self._moved(choice)
        ruled = self._ruled(moved)
        codes = {one.code for one in why}
        more = [one for one in blocking(ruled) if codes.isdisjoint(_SAID_BY.get(one.code, ()))]
        against = _distinct([*why, *more])
        fit = self._fit(why, blocking(ruled), choice)
        said = [Said(Mark.WARN if fit is Fit.ASKS else Mark.NO, worded(one)) for one in against]
        if fit is Fit.FITS:
            said += phase_lines(self._ground, moved) if self._target.longer is not None else []
            well_spaced = _SPACING.isdisjoint(one.code for one in ruled) and self._target.longer is None
            said += kind_words(self._ground, moved, self._known if well_spaced else None)
        nurses = nurse_changes(self._ground.setup, self._visit, moved)
        said += [Said(Mark.WARN, one) for one in nurses]
        said += [Said(Mark.WARN, worded(one)) for one in ruled if one.severity is Severity.WARNING]
        said += to_tell(self._ground, self._visit, moved)
        if fit is Fit.NOT:
            return self._refused(said)
        warned = [one for one in ruled if one.severity is Severity.WARNING]
        rules = (*map(worded, [*blocking(ruled), *warned]), *(f"{one}." for one in nurses))
        return Verdict(fit, self._title(), _foremost(said), self._move(moved), rules=rules)

    def _move(self, moved: Visit) -> Move:
        return replace(to(moved), longer=self._target.longer)

    def _refused(self, said: Sequence[Said]) -> Verdict:
        nearest = self._nearest()
        if nearest is None:
            return Verdict(Fit.NOT, self._title(), tuple(said[:MOST_LINES]))
        words = tr("Nearest: {time}") if self._target.longer is None else tr("At most until {time}")
        line = Said(Mark.OK, words.format(time=short_clock(nearest)))
        return Verdict(Fit.NOT, self._title(), (*said[: MOST_LINES - 1], line), nearest=nearest)

    def _fit(self, why: Sequence[Finding], against: Sequence[Finding], choice: Choice | None) -> Fit:
        if choice is None:
            return Fit.NOT
        if not why and not against:
            return Fit.FITS
        hard = all(one.severity is Severity.HARD for one in against)
        return Fit.ASKS if hard and self._may_override else Fit.NOT

    def _wrong_place(self) -> str:
        """What no reason can mend: a visit that has begun, or a column that is not for it."""
        if refused_length := self._refused_length():
            return refused_length
        refused = not_begun(self._visit, "moved")
        if refused is not None:
            return worded(refused)
        person = self._target.staff_id
        if person is not None:
            roles = next((one.roles for one in self._ground.setup.staff if one.id == person), frozenset())
            needed = bool(roles & roles_needed(self._type))
            return "" if needed else tr("{type} does not need this person.").format(type=self._type.name)
        if (self._target.room_id is None) == (not self._type.needs_fit):
            return ""
        words = tr("{type} needs a room.") if self._type.needs_fit else tr("{type} takes no room.")
        return words.format(type=self._type.name)

    def _wanted_staff(self) -> frozenset[int] | None:
        """In a person's column only that person serves in their roles."""
        person, roster = self._target.staff_id, self._ground.roster
        if person is None:
            return None
        mine = [role for role in Role if person in roster.with_role(role)]
        others = {one for role in mine for one in roster.with_role(role)} - {person}
        return frozenset(roster.everybody()) - others

    def _moved(self, choice: Choice | None) -> Visit:
        target = self._target
        moved = replace(
            self._wanted, day=target.day, minute=target.minute, fold=0, room_id=self._room, displaced=False
        )
        if choice is not None:
            moved = replace(
                moved,
                nurse_id=choice.nurse_id,
                prescriber_id=choice.prescriber_id,
                therapist_id=choice.therapist_id,
                phase_staff=choice.phase_staff,
            )
        return timed(moved, self._type)

    def _ruled(self, moved: Visit) -> list[Finding]:
        """What the rules say about the visit there, and do not say about it where it is. Of the days between
        the visits something is said in any case: that they are as usual, or that they are not."""
        before = {one.sentence() for one in self._rules(self._visit) if one.code not in _SPACING}
        there = [*self._rules(moved), *self._presence(moved)]
        return [one for one in _distinct(there) if one.sentence() not in before]

    def _rules(self, visit: Visit) -> list[Finding]:
        known = self._known
        if known is None:
            return []
        others = [one for one in known.others if one.id != visit.id]
        return findings(
            Case(
                visit=visit,
                type=self._type,
                patient=known.patient,
                setup=self._ground.setup,
                now_minute=self._ground.now,
                before=self._visit,
                clearances=known.clearances,
                screening=known.screening,
                others=others,
                given=used(others),
                types={one.id: one for one in self._ground.setup.types},
                orders=known.orders,
            )
        )

    def _presence(self, moved: Visit) -> Iterator[Finding]:
        ground = self._ground
        yield from absent(moved, self._type, ground.setup)
        yield from uncovered(moved, self._type, ground.house, ground.now)
        if late := late_start(moved, self._type, ground.roster):
            yield late
        if self._known is not None and (away := self._driver_away(moved, self._known)):
            yield away
        yield from close_starts(moved, ground.others(moved), ground.setup)

    def _driver_away(self, moved: Visit, known: Known) -> Finding | None:
        return driver_away(moved, self._type, known.patient, self._ground.setup, self._visit)

    def _nearest(self) -> int | None:
        """The nearest start in that column that fits, as minute of the day; or the nearest end."""
        if self._target.longer is not None:
            return nearest_end(self._ground, self._visit, self._wanted, self._start, self._options)
        line = self._ground.line
        starts = [line.minute(one) for one in bits(self._ground.free.starts(self._type, self._options))]
        ahead = [one for one in starts if one >= self._ground.now]
        best = min(ahead, key=lambda one: abs(one - self._start), default=None)
        return None if best is None else from_utc_minute(best, self._ground.zone).minute

    def _title(self) -> str:
        """ "Infusion 2  10:15-12:05"."""
        where = self._room_name(self._room)
        need = need_of(self._type, self._ground.setup.policies.iv_cover, self._wanted.phase_minutes)
        times = f"{self._ground.clock(self._start)}\N{EN DASH}{self._ground.clock(self._start + need.stay)}"
        return f"{where}  {times}"

    def _room_name(self, room_id: int | None) -> str:
        return next((one.name for one in self._ground.setup.rooms if one.id == room_id), tr("No room"))


def _askable(finding: Finding) -> bool:
    """Whether a reason can go over it; a prescriber's cover is locked, a clinician's is not."""
    clinicians = finding.code == NO_COVER.code and finding.params.get("who") == Cover.CLINICIAN
    return clinicians or finding.code in _ASKABLE


def _foremost(said: Sequence[Said]) -> tuple[Said, ...]:
    """As many lines as the card holds: what simply fits gives way to what is to be known or done."""
    pressing = sum(one.mark is not Mark.OK for one in said)
    room = max(0, MOST_LINES - pressing)
    simple = [one for one in said if one.mark is Mark.OK][:room]
    return tuple(one for one in said if one.mark is not Mark.OK or one in simple)[:MOST_LINES]


def _distinct(found: Sequence[Finding]) -> list[Finding]:
    return list({one.sentence(): one for one in found}.values())
