"""The phases of a visit type as a grid."""

from dataclasses import replace

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.model import Cover, Phase, PhaseKind
from clinic_desktop.scheduling.set_up_types import REMS_PHASES
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.grid_model import Column
from clinic_desktop.ui.set_up.words import COVERS, PHASES, ROLES

_HANDS = (
    (),
    (Role.NURSE,),
    (Role.PRESCRIBER,),
    (Role.THERAPIST,),
    (Role.NURSE, Role.PRESCRIBER),
    (Role.NURSE, Role.THERAPIST),
    (Role.NURSE, Role.PRESCRIBER, Role.THERAPIST),
)


def new_phase() -> Phase:
    return Phase(PhaseKind.SESSION, 30)


def phase_columns(*, rems: bool) -> list[Column[Phase]]:
    """``rems``: under Spravato's programme, so that the cover of dosing and watching is locked."""
    minutes = tr("Type minutes, in steps of 5.")
    return [
        Column(
            "kind", tr("Phase"), lambda p: p.kind.value, _put_kind,
            choices=tuple((kind.value, tr(words)) for kind, words in PHASES.items()),
        ),
        Column("minutes", tr("Minutes"), lambda p: str(p.minutes), _put_minutes, width=84, hint=minutes),
        Column("may_stretch", tr("Up to"), _stretch, _put_stretch, width=66, hint=minutes),
        Column("room", tr("Room"), lambda p: p.room, _put_room, width=58, tick=True),
        Column(
            "hands", tr("Hands of"), lambda p: _hands_value(p.hands), _put_hands, width=132,
            choices=tuple((_hands_value(frozenset(roles)), _hands_words(roles)) for roles in _HANDS),
        ),
        Column("watch", tr("Watched"), lambda p: p.watch is not None, _put_watch, width=88, tick=True),
        Column(
            "cover", tr("On site"), lambda p: p.cover.value, _put_cover, width=124,
            choices=tuple((cover.value, tr(words)) for cover, words in COVERS.items()),
            locked=_locked_cover if rems else None,
        ),
    ]  # fmt: skip


def _locked_cover(phase: Phase) -> str:
    if phase.kind in REMS_PHASES and phase.cover is Cover.PRESCRIBER:
        return tr("Locked: a prescriber is on site while Spravato is given and watched.")
    return ""


def _put_kind(phase: Phase, value: str | bool) -> Phase:
    """Another kind brings what that kind always has."""
    kind = PhaseKind(str(value))
    turnover = kind is PhaseKind.TURNOVER
    changed = replace(phase, kind=kind, patient=not turnover)
    if turnover:
        return replace(changed, hands=frozenset(), watch=None, cover=Cover.NOBODY, room=True)
    return replace(changed, room=False) if kind is PhaseKind.CHECK_IN else changed


def _whole(typed: str | bool) -> int | None:
    text = str(typed)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _put_minutes(phase: Phase, typed: str | bool) -> Phase | None:
    minutes = _whole(typed)
    return None if minutes is None else replace(phase, minutes=minutes)


def _stretch(phase: Phase) -> str:
    return "" if phase.may_stretch is None else str(phase.may_stretch)


def _put_stretch(phase: Phase, typed: str | bool) -> Phase | None:
    if not str(typed):
        return replace(phase, may_stretch=None)
    minutes = _whole(typed)
    return None if minutes is None else replace(phase, may_stretch=minutes)


def _put_room(phase: Phase, on: str | bool) -> Phase:
    return replace(phase, room=bool(on))


def _hands_value(roles: frozenset[Role]) -> str:
    return ",".join(sorted(roles))


def _hands_words(roles: tuple[Role, ...]) -> str:
    return tr(" and ").join(tr(ROLES[role]).lower() for role in roles) or tr("nobody")


def _put_hands(phase: Phase, value: str | bool) -> Phase:
    return replace(phase, hands=frozenset(Role(one) for one in str(value).split(",") if one))


def _put_watch(phase: Phase, on: str | bool) -> Phase:
    return replace(phase, watch=Role.NURSE if on else None)


def _put_cover(phase: Phase, value: str | bool) -> Phase:
    return replace(phase, cover=Cover(str(value)))
