"""The visit types that ship: reference section 9, with the decisions page winning where they differ.

Prep, dosing and release take a nurse's hands. An infusion takes them for its first 15 minutes and a
watching place after that. Monitoring and recovery take a watching place. Check-in takes the patient
alone; turnover keeps the room, not the people.
"""

from dataclasses import dataclass

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.instruments import PAIN, PHQ9
from clinic_desktop.scheduling.asks import ALWAYS, BEFORE_INFUSION, BEFORE_SPRAVATO
from clinic_desktop.scheduling.day_after import AFTER_NEEDLE, AFTER_SPRAY
from clinic_desktop.scheduling.model import Cover, Phase, PhaseKind, VisitType

HANDS_ON_INFUSION = 15  # minutes a nurse stays at the chair when an infusion begins

# Asked before each treatment [C19] [C30]; which questionnaire is the clinic's choice.
_MOOD, _PAIN = frozenset({PHQ9.code}), frozenset({PAIN.code})
_NURSE = frozenset({Role.NURSE})
_PRESCRIBER = frozenset({Role.PRESCRIBER})
_THERAPIST = frozenset({Role.THERAPIST})


def check_in(minutes: int) -> Phase:
    """The patient is here and fills in forms: nobody's hands, no room."""
    return Phase(PhaseKind.CHECK_IN, minutes, room=False)


def turnover(minutes: int) -> Phase:
    return Phase(PhaseKind.TURNOVER, minutes, patient=False)


def _hands(kind: PhaseKind, minutes: int, cover: Cover = Cover.NOBODY) -> Phase:
    return Phase(kind, minutes, hands=_NURSE, cover=cover)


def _watched(kind: PhaseKind, minutes: int, cover: Cover, stretch: int | None = None) -> Phase:
    return Phase(kind, minutes, watch=Role.NURSE, cover=cover, may_stretch=stretch)


@dataclass(frozen=True, slots=True)
class _Infusion:
    """Minutes of an infusion visit. ``longest`` bounds the infusion, ``longest_recovery`` the recovery."""

    minutes: int
    recovery: int
    longest: int | None = None
    longest_recovery: int | None = None

    def phases(self) -> tuple[Phase, ...]:
        longest = None if self.longest is None else self.longest - HANDS_ON_INFUSION
        cover = Cover.CLINICIAN
        return (
            check_in(15),
            _hands(PhaseKind.PREP, 15),
            _hands(PhaseKind.INFUSION, HANDS_ON_INFUSION, cover),
            _watched(PhaseKind.INFUSION, self.minutes - HANDS_ON_INFUSION, cover, longest),
            _watched(PhaseKind.RECOVERY, self.recovery, cover, self.longest_recovery),
            _hands(PhaseKind.RELEASE, 5),
            turnover(15),
        )


def _spravato(prep: int, dosing: int) -> tuple[Phase, ...]:
    """Two devices take 5 minutes, three take 10; 120 minutes are planned after the last [R1] [R4]. Who needs
    longer may be watched for three hours."""
    return (
        check_in(15),
        _hands(PhaseKind.PREP, prep),
        _hands(PhaseKind.DOSING, dosing, Cover.PRESCRIBER),
        _watched(PhaseKind.MONITORING, 120, Cover.PRESCRIBER, 180),
        _hands(PhaseKind.RELEASE, 10),
        turnover(15),
    )


_INTRAMUSCULAR = (
    check_in(15),
    _hands(PhaseKind.PREP, 10),
    _hands(PhaseKind.DOSING, 5, Cover.CLINICIAN),
    _watched(PhaseKind.RECOVERY, 90, Cover.CLINICIAN, 120),  # 60 in session and 30 after it [C31] [C32]
    _hands(PhaseKind.RELEASE, 5),
    turnover(15),
)
_WITH_THERAPY = (
    check_in(15),
    _hands(PhaseKind.PREP, 15),
    Phase(PhaseKind.DOSING, 15, hands=_NURSE | _THERAPIST, cover=Cover.CLINICIAN),
    Phase(PhaseKind.SESSION, 165, hands=_THERAPIST, watch=Role.NURSE, cover=Cover.CLINICIAN),
    _hands(PhaseKind.RELEASE, 10),
    turnover(15),
)


def _talk(minutes: int, hands: frozenset[Role], after: int) -> tuple[Phase, ...]:
    return Phase(PhaseKind.SESSION, minutes, hands=hands), turnover(after)


def _infused(
    code: str,
    name: str,
    plan: _Infusion,
    *,
    clear: int = 1,
    gap: int | None = None,
    scores: frozenset[str] = _MOOD,
    sheet: str = "iv",
) -> VisitType:
    return VisitType(
        code=code, name=name, family="iv", modality="iv", needs_fit="iv", sheet=sheet,
        phases=plan.phases(), min_clear_days=clear, max_gap_days=gap, scores=scores,
        asks=BEFORE_INFUSION, day_after=AFTER_NEEDLE,
    )  # fmt: skip


def _sprayed(code: str, name: str, dose: int, phases: tuple[Phase, ...], gap: int | None) -> VisitType:
    return VisitType(
        code=code, name=name, family="sp", modality="spravato", needs_fit="spravato", sheet="spravato",
        phases=phases, dose_mg=dose, min_clear_days=1, max_gap_days=gap, scores=_MOOD,
        asks=BEFORE_SPRAVATO, day_after=AFTER_SPRAY,
    )  # fmt: skip


CONSULTATIONS = (
    VisitType(
        code="CON", name="First consultation", family="co", needs_fit="consult", gives_clearance=True,
        phases=(check_in(10), *_talk(60, _PRESCRIBER, 5)),
    ),
    VisitType(  # the front desk calls: nobody's hands are kept for it
        code="CONF", name="Phone intake", family="co",
        phases=(Phase(PhaseKind.SESSION, 20, room=False),),
    ),
    VisitType(
        code="FUP", name="Follow-up", family="co", needs_fit="consult", gives_clearance=True,
        phases=_talk(30, _PRESCRIBER, 5),
    ),
)  # fmt: skip

INFUSIONS = (
    _infused("IVM", "IV ketamine", _Infusion(40, 30, longest=60, longest_recovery=60), gap=7),
    # Four to six weeks after the infusion before it [C9].
    _infused(
        "IVB", "IV ketamine booster", _Infusion(40, 30, longest=60, longest_recovery=60), clear=27, gap=42
    ),
    _infused("IVMG", "IV ketamine for migraine", _Infusion(90, 40, longest_recovery=60), scores=_PAIN),
    _infused(
        "IVP",
        "IV ketamine for pain, 4 hours",
        _Infusion(240, 60, longest_recovery=120),
        clear=0,
        scores=_PAIN,
        sheet="iv-pain",
    ),
)

SPRAVATO = (
    _sprayed("SP1", "Spravato first 56 mg", 56, _spravato(20, 5), gap=None),
    _sprayed("SP56", "Spravato 56 mg", 56, _spravato(10, 5), gap=14),
    _sprayed("SP84", "Spravato 84 mg", 84, _spravato(10, 10), gap=14),
)

OTHER_TREATMENTS = (
    VisitType(
        code="IMK", name="Intramuscular ketamine", family="im", modality="im", needs_fit="im", sheet="im",
        phases=_INTRAMUSCULAR, min_clear_days=1, scores=_MOOD, asks=ALWAYS, day_after=AFTER_NEEDLE,
    ),
    VisitType(
        code="KAP", name="Ketamine with therapy", family="therapy", modality="kap", needs_fit="therapy",
        sheet="kap", phases=_WITH_THERAPY, min_clear_days=1, scores=_MOOD, asks=ALWAYS,
        day_after=AFTER_NEEDLE,
    ),
)  # fmt: skip

THERAPY = (
    VisitType(
        code="PREP", name="Therapy preparation", family="therapy", needs_fit="therapy",
        phases=_talk(50, _THERAPIST, 10),
    ),
    VisitType(
        code="INT", name="Integration", family="therapy", needs_fit="therapy",
        phases=_talk(50, _THERAPIST, 10),
    ),
)  # fmt: skip

VISIT_TYPES = (*CONSULTATIONS, *INFUSIONS, *SPRAVATO, *OTHER_TREATMENTS, *THERAPY)
