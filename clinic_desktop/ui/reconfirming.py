"""That a visit is not confirmed any more: said in the window by whoever changed the plan, in one place."""

from collections.abc import Sequence

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.reconfirming import NO_LONGER_CONFIRMED
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.wording import worded

_MOST = 3  # that a notice tells one by one


def tell_to_confirm_again(frame: Frame, warnings: Sequence[Finding]) -> list[Finding]:
    """Say which visits are to be confirmed again, and why; the warnings of other things are returned."""
    lost = [one for one in warnings if one.rule is NO_LONGER_CONFIRMED]
    if lost:
        more = len(lost) - _MOST
        said = [worded(one) for one in lost[:_MOST]] + ([tr("%n more.", "", more)] if more > 0 else [])
        frame.notice(tr("To confirm again"), " ".join(said), Tone.WARN)
    return [one for one in warnings if one.rule is not NO_LONGER_CONFIRMED]
