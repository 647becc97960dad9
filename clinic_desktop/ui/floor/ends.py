"""The ends of a visit that are always possible, each with its reason."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from clinic_desktop.treatment.going import LINE_IN, line_in
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import Session
from clinic_desktop.ui.dialogs import ChoiceDialog, ReasonDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.rows import Row

K = StampKind
NOT_TREATED = (
    ("pressure", QT_TR_NOOP("Pressure too high")),
    ("fasting", QT_TR_NOOP("Not fasted")),
    ("driver", QT_TR_NOOP("No driver")),
    ("unwell", QT_TR_NOOP("Unwell")),
    ("mind", QT_TR_NOOP("Changed their mind")),
)
LEFT_EARLY = (
    ("walked", QT_TR_NOOP("Walked out")),
    ("insisted", QT_TR_NOOP("Insisted on leaving")),
    ("fetched", QT_TR_NOOP("Was fetched early")),
)
TRANSFERRED = (
    ("breathing", QT_TR_NOOP("Breathing or oxygen")),
    ("pressure", QT_TR_NOOP("Blood pressure")),
    ("consciousness", QT_TR_NOOP("Consciousness")),
    ("harm", QT_TR_NOOP("Danger to self or others")),
)
_WORDS = {
    K.NOT_TREATED: (QT_TR_NOOP("Not treated: why?"), QT_TR_NOOP("Record: not treated"), NOT_TREATED),
    K.LEFT_EARLY: (QT_TR_NOOP("Left before release: why?"), QT_TR_NOOP("Record: left early"), LEFT_EARLY),
    K.TRANSFERRED: (QT_TR_NOOP("Transferred (911): why?"), QT_TR_NOOP("Record: transferred"), TRANSFERRED),
}
OUT_OF_TURN = (K.LEFT_EARLY, K.TRANSFERRED)
_CHOICES = {
    K.NOT_TREATED: (
        QT_TR_NOOP("Arrived, not treated"),
        QT_TR_NOOP("Before the first dose; the room is free at once"),
    ),
    K.LEFT_EARLY: (
        QT_TR_NOOP("Left before release"),
        QT_TR_NOOP("Opens an incident; the REMS form keeps the true minutes"),
    ),
    K.TRANSFERRED: (QT_TR_NOOP("Transferred (911)"), QT_TR_NOOP("Opens an incident")),
}
_WITHOUT_FORM = {K.LEFT_EARLY: (QT_TR_NOOP("Left before release"), QT_TR_NOOP("Opens an incident"))}

# What claims nothing stands first: the first is chosen, and Enter takes it.
_OPEN_ENDS = {
    "unknown": QT_TR_NOOP("Not known yet"),
    "out": QT_TR_NOOP("Infusion stopped, line out"),
    "in": QT_TR_NOOP("Infusion stopped, line still in"),
}
_LINE_ENDS = {
    "unknown": QT_TR_NOOP("Not known yet"),
    "out": QT_TR_NOOP("Line out, site checked"),
    "in": QT_TR_NOOP("Line still in"),
}

OnEnd = Callable[[StampKind, str], object]


def ask_end(parent: QWidget, *, dosed: bool, rems: bool, over: bool, on_end: OnEnd) -> ChoiceDialog:
    """Which end, then why. ``on_end`` gets the kind and the reason in words. rems: a form follows.
    over: its day is, so that the time is still to be asked for."""
    kinds = (K.LEFT_EARLY, K.TRANSFERRED) if dosed else (K.NOT_TREATED, K.TRANSFERRED)
    words = _CHOICES if rems else _CHOICES | _WITHOUT_FORM
    choices = [Choice(str(kind), Row(tr(words[kind][0]), tr(words[kind][1]))) for kind in kinds]

    def chosen(kind: str) -> None:
        ask_why(parent, StampKind(kind), on_end)

    title = tr("How did this visit end?") if over else tr("How does this visit end?")
    when = (
        tr("The time is asked next.") if over else tr("The time is now. Another time is typed in the line.")
    )
    return ChoiceDialog.ask(parent, title, when, choices, chosen)


def ask_why(parent: QWidget, kind: StampKind, on_end: OnEnd) -> ReasonDialog:
    """The reason for an end out of turn."""
    title, verb, reasons = _WORDS[kind]

    def picked(_code: str, text: str) -> None:
        on_end(kind, text)

    return ReasonDialog.ask(parent, tr(title), "", reasons, tr(verb), picked)


def ask_open_ends(
    parent: QWidget, end: Stamp, session: Session, on_ended: Callable[[tuple[Stamp, ...]], object]
) -> None:
    """Who goes in an infusion: is it stopped, is the line out? Asked only where that is not on record, and
    only of what is known; ``on_ended`` gets everything that happened, in order."""
    running = session.left_open
    if not (running or line_in(session)):
        on_ended((end,))
        return
    words = _OPEN_ENDS if running else _LINE_ENDS
    choices = [Choice(code, Row(tr(text), _later(code))) for code, text in words.items()]

    def chosen(code: str) -> None:
        stop = (Stamp(kind=K.INFUSION_STOP),) if running and code != "unknown" else ()
        out = (Stamp(kind=K.LINE_OUT),) if code == "out" else ()
        note = f"{end.note}, {LINE_IN}" if code == "in" else end.note
        on_ended((*stop, *out, replace(end, note=note)))

    title = tr("Infusion stopped? Line out?") if running else tr("Is the line out?")
    ChoiceDialog.ask(parent, title, tr("It is recorded with the end, now."), choices, chosen)


def _later(code: str) -> str:
    return tr("The end is recorded; this is asked for until it is on record") if code == "unknown" else ""
