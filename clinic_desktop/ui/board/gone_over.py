"""What somebody with the right went over for a visit as it stands: which rule, why, when and who, said as the
patient's history says it.
"""

from collections.abc import Sequence
from datetime import datetime

from clinic_desktop.scheduling.model import Override, Setup, Visit
from clinic_desktop.ui.board.troubles import Trouble
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.history_words import HistoryLine, why_words
from clinic_desktop.ui.rule_words import rule_words


def gone_over_words(given: Sequence[Override], visit: Visit, setup: Setup) -> list[Trouble]:
    """ "Allowed: A second treatment on one day", with the reason, when and by whom; what was gone over with
    one reason is said at once."""
    words = History(visit.patient_id, setup, visit.day)
    said: dict[tuple[datetime | None, int, str], list[str]] = {}
    for one in given:
        said.setdefault((one.at, one.by, one.reason), []).append(one.rule)
    out = []
    for (at, by, reason), codes in said.items():
        title = tr("Allowed: {rules}").format(rules=rule_words(dict.fromkeys(codes)))
        head = HistoryLine(0, words.when(at), words.who(by), ()).head if at is not None else words.who(by)
        out.append(Trouble(title, "\n".join((why_words(reason), head)), Tone.NEUTRAL))
    return out
