"""That a visit is not confirmed any more: said in the window by whoever changed the plan, in one place."""

from collections.abc import Sequence

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.reconfirming import CONFIRMED_AGAIN, NO_LONGER_CONFIRMED
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.wording import worded

_MOST = 3  # that a notice tells one by one


def tell_to_confirm_again(frame: Frame, warnings: Sequence[Finding]) -> list[Finding]:
    """Say which visits are to be confirmed again, and why, and which are as they were, after an undo; the
    warnings of other things are returned."""
    for rule, title, tone in (
        (NO_LONGER_CONFIRMED, tr("To confirm again"), Tone.WARN),
        (CONFIRMED_AGAIN, tr("Confirmed again"), Tone.INFO),
    ):
        found = [one for one in warnings if one.rule is rule]
        more = len(found) - _MOST
        said = [worded(one) for one in found[:_MOST]] + ([tr("%n more.", "", more)] if more > 0 else [])
        if said:
            frame.notice(title, " ".join(said), tone)
    return [one for one in warnings if one.rule not in (NO_LONGER_CONFIRMED, CONFIRMED_AGAIN)]
