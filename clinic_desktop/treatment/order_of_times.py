"""Times in an order that a day seldom has: a typed time is asked about once, never refused. So is what is
measured now in somebody who was dosed and is recorded as gone: of whoever has gone no alarm stands.

Which comes before which stands in one small table. Each line is asked of the first of its entries, so that
what is repeated (a second device, another pressure) calls nothing in question.
"""

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.rulebook import Finding, Word
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import after, same_minute
from clinic_desktop.treatment.session import ENDS, SCALES, Session, when
from clinic_desktop.treatment.slip_rules import UNLIKELY_ORDER

K = StampKind
_Kinds = tuple[StampKind, ...]
_GIVEN: _Kinds = (K.DOSE, K.INFUSION_START)
_AFTER_DOSE: _Kinds = (
    K.RATE, K.INFUSION_STOP, K.DOSING_ENDED, K.FORTY_MISSED, K.CHECK_MISSED, K.SETTLED, K.WALKS, K.LINE_OUT,
    K.DISCHARGE_FORM, K.READY, K.WAITING,
)  # fmt: skip
_IN_THE_HOUSE: _Kinds = (
    K.IN_ROOM, K.MOVED_ROOM, K.CONSENT, K.ANSWERED, K.VITALS, K.PRESSURE_ACCEPTED, *SCALES, *_GIVEN,
    *_AFTER_DOSE,
    K.SHEET_HANDED,
)  # fmt: skip
_MEASURED: _Kinds = (K.VITALS, *SCALES)
_USUALLY: tuple[tuple[_Kinds, _Kinds], ...] = (
    ((K.ARRIVED,), (*_IN_THE_HOUSE, *ENDS)),
    ((K.IN_ROOM,), (K.MOVED_ROOM, *_GIVEN)),
    ((K.CONSENT,), _GIVEN),
    (_GIVEN, _AFTER_DOSE),
    ((K.INFUSION_START,), (K.INFUSION_STOP,)),
)


def unlikely(care: Care, whole: Session, stamp: Stamp) -> list[Finding]:
    """Everything that a typed time seems to come too early or too late for. ``stamp`` has its time;
    ``whole`` is the record with it.

    A correction that leaves the time as it was is not asked about it.
    """
    if stamp.kind is K.STRUCK or leaves_its_time(care, stamp):
        return []
    return [_asks(care, *pair) for pair in _turned_round(whole, stamp)]


def measured_gone(care: Care, stamp: Stamp) -> bool:
    """Whether it is measured in somebody who was dosed and has gone, by the record."""
    gone = care.whole.dosed and care.whole.ended_at is not None
    return gone and stamp.kind in _MEASURED and stamp.corrects is None


def leaves_its_time(care: Care, stamp: Stamp) -> bool:
    """Whether it corrects something else than the time."""
    old = next((one for one in care.whole.stamps if one.id == stamp.corrects), None)
    return old is not None and same_minute(old.at, stamp.at)


def _turned_round(whole: Session, stamp: Stamp) -> list[tuple[Stamp, Stamp]]:
    """Each entry that stands before another which usually comes first, and that other one."""
    pairs = [(whole.first(*earlier), whole.first(*later)) for earlier, later in _USUALLY]
    if stamp.kind in _IN_THE_HOUSE:
        pairs.append((stamp, whole.last(*ENDS)))
    elif stamp.kind in ENDS:
        pairs.append((whole.last(*_IN_THE_HOUSE), stamp))
    out: list[tuple[Stamp, Stamp]] = []
    for first, then in pairs:
        if first is None or then is None or stamp not in (first, then):
            continue
        if after(when(first), when(then)) and (then, first) not in out:
            out.append((then, first))
    return out


def _asks(care: Care, early: Stamp, late: Stamp) -> Finding:
    return Finding(
        UNLIKELY_ORDER,
        {
            "entry": Word(early.kind),
            "time": _clock(care, early),
            "other": Word(late.kind),
            "other_time": _clock(care, late),
        },
    )


def _clock(care: Care, stamp: Stamp) -> str:
    return clock_time(local_time(when(stamp), care.visit.zone).minute)
