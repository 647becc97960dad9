"""The reasons for which a visit is cancelled, in words."""

from clinic_desktop.scheduling.cancelling import CancelReason
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

REASONS = {
    CancelReason.PATIENT: QT_TR_NOOP("Patient asked"),
    CancelReason.NO_DRIVER: QT_TR_NOOP("No driver"),
    CancelReason.UNWELL: QT_TR_NOOP("Unwell"),
    CancelReason.COST: QT_TR_NOOP("Cost or insurance"),
    CancelReason.CLINIC: QT_TR_NOOP("The clinic cannot"),
    CancelReason.MISTAKE: QT_TR_NOOP("Booked by mistake"),
}


def reason_words(kept: str) -> tuple[str, str]:
    """What a visit keeps, as the reason and the note behind it; all of it is note where no reason leads."""
    for reason, words in REASONS.items():
        if kept == reason or kept.startswith(f"{reason} "):
            return tr(words), kept.removeprefix(reason).strip()
    return "", kept
