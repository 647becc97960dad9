"""That other nurses serve a visit than before, by name: nobody asked for that, so it is said."""

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.model import Setup, Visit, VisitType
from clinic_desktop.scheduling.moving import Move
from clinic_desktop.scheduling.needs import Serving, need_of
from clinic_desktop.ui.board.detail import PHASES
from clinic_desktop.ui.i18n import tr


def nurse_changes(setup: Setup, before: Visit, after: Visit | Move) -> list[str]:
    """ "Rosa Silva instead of Tunde Okoro for infusion, recovery, release": a sentence for each pair of them;
    without the phases where it is the whole visit."""
    kind = setup.type_by_id(before.type_id)
    parts = need_of(kind, setup.policies.iv_cover).served_by(Role.NURSE)
    names = {one.id: one.name for one in setup.staff}
    pairs: dict[tuple[str, str], list[Serving]] = {}
    for one in parts:
        new, old = (names.get(_nurse(who, one.phase_no) or 0, "") for who in (after, before))
        if new and old and new != old:
            pairs.setdefault((new, old), []).append(one)
    return [_sentence(kind, new, old, some, len(parts)) for (new, old), some in pairs.items()]


def with_nurses(said: str, setup: Setup, before: Visit | None, after: Move) -> str:
    """What is said of a move, with the nurses who changed by it."""
    return said if before is None else ", ".join((said, *nurse_changes(setup, before, after)))


def _nurse(visit: Visit | Move, phase_no: int) -> int | None:
    others = {(one.phase_no, one.role): one.staff_id for one in visit.phase_staff}
    return others.get((phase_no, Role.NURSE), visit.nurse_id)


def _sentence(kind: VisitType, new: str, old: str, parts: list[Serving], of: int) -> str:
    said = tr("{new} instead of {old}").format(new=new, old=old)
    if len(parts) == of:
        return said
    phases = dict.fromkeys(tr(PHASES[kind.phases[one.phase_no].kind]).lower() for one in parts)
    return tr("{new} instead of {old} for {phases}").format(new=new, old=old, phases=", ".join(phases))
