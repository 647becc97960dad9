"""What happened in a patient's visits, in words: what was given, the ends, the rules that were gone over."""

from collections.abc import Iterator

from clinic_desktop.scheduling.model import Override
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import when
from clinic_desktop.ui.floor.log import words_of
from clinic_desktop.ui.floor.words import at_day_clock
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.history_plan import visit_named
from clinic_desktop.ui.rule_words import rule_words


def stamp_said(history: History, _before: Stamp | None, after: Stamp | None) -> Iterator[str]:
    """ "IV ketamine, Tue, Nov 17, 10:00 AM: Infusion started, 36 mg, 10:07 AM". Never changed."""
    visit = history.visits.get(after.visit_id) if after else None
    if after is None or visit is None:
        return
    named, old = visit_named(history, visit), history.stamps.get(after.corrects or 0)

    def told(stamp: Stamp) -> str:
        return f"{words_of(stamp, visit.zone, visit.day)}, {at_day_clock(when(stamp), visit.zone, visit.day)}"

    if after.kind is StampKind.STRUCK:
        yield tr("{visit}: struck out: {what}").format(visit=named, what=told(old or after))
        return
    if old is None:
        yield tr("{visit}: {what}").format(visit=named, what=told(after))
    else:
        pattern = tr("{visit}: corrected: {was} → {now}")
        yield pattern.format(visit=named, was=told(old), now=told(after))
    if after.deviations:
        yield tr("Past a rule: {rules}").format(rules=rule_words(after.deviations))


def override_said(history: History, _before: Override | None, after: Override | None) -> Iterator[str]:
    visit = history.visits.get(after.visit_id) if after else None
    if after is None or visit is None:
        return
    pattern = tr("{visit}: past a rule: {rules}") if after.deviation else tr("{visit}: allowed: {rules}")
    yield pattern.format(visit=visit_named(history, visit), rules=rule_words([after.rule]))
