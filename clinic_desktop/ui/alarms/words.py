"""What the banner of alarms says. Pure: what stands goes in, words come out."""

from collections.abc import Sequence

from clinic_desktop.people.model import Patient
from clinic_desktop.treatment.alarm_records import AlarmAnswer, AlarmKind, HelpCall
from clinic_desktop.treatment.calling import House, Standing
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.floor.words import at_clock
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone

ID = "alarm"
_WHAT = {
    AlarmKind.HELP: QT_TR_NOOP("help is called"),
    AlarmKind.EMERGENCY: QT_TR_NOOP("pressure {reading}, call the prescriber now"),
    AlarmKind.SEDATION: QT_TR_NOOP("sedation {reading}, call the prescriber now"),
    AlarmKind.OXYGEN: QT_TR_NOOP("oxygen {reading}, tell the prescriber"),
    AlarmKind.TELL: QT_TR_NOOP("pressure {reading}, tell the prescriber"),
    AlarmKind.FORTY: QT_TR_NOOP("the 40-minute pressure is late"),
    AlarmKind.CHECK: QT_TR_NOOP("a pressure is late"),
}
_TOLD = QT_TR_NOOP("pressure {reading}, the prescriber is to acknowledge it")
_SINCE = {
    AlarmKind.HELP: QT_TR_NOOP("Called at {time}."),
    AlarmKind.EMERGENCY: QT_TR_NOOP("Taken at {time}."),
    AlarmKind.SEDATION: QT_TR_NOOP("Scored at {time}."),
    AlarmKind.OXYGEN: QT_TR_NOOP("Taken at {time}."),
    AlarmKind.TELL: QT_TR_NOOP("Taken at {time}."),
    AlarmKind.FORTY: QT_TR_NOOP("Due at {time}."),
    AlarmKind.CHECK: QT_TR_NOOP("Due at {time}."),
}


def banner_of(there: Sequence[Standing], zone: str, *, named: bool) -> Banner:
    """The first, and where the others are. named: whether this screen may show who it is about; one that may
    not (locked, or seen by everybody) says the room and initials and nothing else."""
    first, *rest = there
    text = [_said(first, zone)] if named else []
    same = [one for one in rest if one.visit_id is not None and one.visit_id == first.visit_id]
    if named and same:  # one limit is never behind another
        text.append(tr("Also {what}.").format(what="; ".join(_what(one) for one in same)))
    others = dict.fromkeys(_where(one) for one in rest)
    others.pop(_where(first), None)
    if others:
        text.append(tr("Also: {rooms}.").format(rooms=", ".join(others)))
    tone = Tone.DANGER if any(not one.answered_by for one in there) else Tone.WARN
    title = line_of(first, named=named)
    return Banner(ID, title[:1].upper() + title[1:], " ".join(text), tone, icon="bell")


def line_of(one: Standing, *, named: bool) -> str:
    """ "Infusion 2, Okafor, Amara: pressure 168/104, tell the prescriber"; "Infusion 2, A. O." """
    where = ", ".join(part for part in (_where(one), _who(one.patient, named=named)) if part)
    if not named and one.alarm.kind is not AlarmKind.HELP:
        return where
    return tr("{where}: {what}").format(where=where, what=_what(one))


def _what(one: Standing) -> str:
    told = one.alarm.told is not None
    return tr(_TOLD if told else _WHAT[one.alarm.kind]).format(reading=one.alarm.reading)


def _where(one: Standing) -> str:
    if one.chair:
        return tr("waiting chair")
    if one.room:
        return one.room
    if one.alarm.kind is AlarmKind.HELP and one.alarm.desk:
        return tr("desk {name}").format(name=one.alarm.desk)
    return tr("no room")


def _who(patient: Patient | None, *, named: bool) -> str:
    if patient is None:
        return ""
    return patient.name if named else patient.initials


def _said(one: Standing, zone: str) -> str:
    parts = [tr(_SINCE[one.alarm.kind]).format(time=at_clock(one.alarm.since, zone))]
    if one.alarm.told is not None:
        parts.append(tr("Told at {time}.").format(time=at_clock(one.alarm.told, zone)))
    if one.answered_by and one.alarm.answer is not None and one.alarm.answer.at is not None:
        time = at_clock(one.alarm.answer.at, zone)
        parts.append(tr("{name} answered at {time}.").format(name=one.answered_by, time=time))
    return " ".join(parts)


def answered_words(call: HelpCall, answer: AlarmAnswer, house: House, zone: str) -> tuple[str, str]:
    """Where help was called, and who answered: the second names somebody."""
    where = house.rooms.get(call.room_id or 0, "") or tr("desk {name}").format(name=call.desk)
    said = tr("Called at {called}, {name} answered at {time}.").format(
        called=at_clock(call.at, zone) if call.at else "",
        name=house.staff.get(answer.by, ""),
        time=at_clock(answer.at, zone) if answer.at else "",
    )
    title = tr("{where}: the call for help is answered").format(where=where)
    return title[:1].upper() + title[1:], said


def actions_of(there: Sequence[Standing], go: BannerAction, answer: BannerAction) -> tuple[BannerAction, ...]:
    """Answering while something is not answered; going where there is somebody to go to."""
    unanswered = any(not one.answered_by for one in there)
    visits = any(one.visit_id is not None for one in there)
    return (*((answer,) if unanswered else ()), *((go,) if visits else ()))
