"""Whatever can be left on record as a deviation or an override has words for people."""

from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.scheduling import rules as scheduling
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment import rules as treatment
from clinic_desktop.treatment.decision_rules import TOLD_DENIED
from clinic_desktop.ui.rule_words import rule_words


def test_every_code_that_stays_on_record_is_worded() -> None:
    booked = [one for one in vars(scheduling).values() if isinstance(one, scheduling.Rule)]
    codes = [
        *(one.code for one in treatment.RULES if one.severity in (Severity.HARD, Severity.LOCKED)),
        *(one.code for one in booked if one.severity is Severity.HARD),
        treatment.DRIVER_AT_DOSING,
        treatment.DRIVER_AT_RELEASE,
        TOLD_DENIED.code,
        VisitState.LEFT_EARLY.value,
        VisitState.TRANSFERRED.value,
    ]
    assert [code for code in codes if rule_words([code]) == code] == []


def test_several_are_listed() -> None:
    assert rule_words(["dose-rest", "dose-lot"]) == (
        "Less than 5 minutes between two devices; A device without its lot number"
    )


def test_what_no_list_knows_is_named_by_its_code() -> None:
    assert rule_words(["of-old"]) == "of-old"
