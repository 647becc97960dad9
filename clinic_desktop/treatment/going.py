"""Who goes out of turn with an infusion or a line: what is said to it. Pure.

That they have gone is recorded whatever is open; what is open is said, and asked for.
"""

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.going_rules import GONE_INFUSED, GONE_LINE
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import Session


def line_in(session: Session) -> bool:
    """Whether nobody recorded that the line of an infusion is out."""
    return session.infused and not session.since_dose(StampKind.LINE_OUT)


def open_behind(care: Care, end: Stamp) -> list[Finding]:
    """What an end out of turn leaves open. Where it says itself that the line is in, that is known."""
    if care.session.left_open:
        return [care.says(GONE_INFUSED)]
    return [care.says(GONE_LINE)] if line_in(care.session) and not says_line_in(end) else []


LINE_IN = "line still in"


def says_line_in(end: Stamp) -> bool:
    return LINE_IN in end.note
