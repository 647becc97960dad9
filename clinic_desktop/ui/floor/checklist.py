"""What must be settled before the dose or before release, item by item, with the key that settles each."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.states import ENDED
from clinic_desktop.treatment import rules as r
from clinic_desktop.treatment.asking import against_answers
from clinic_desktop.treatment.asking_rules import DOSE_NOT_ASKED
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.dosing import asked_before_dose, before_dose
from clinic_desktop.treatment.leaving import before_release, forty_closed
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui.floor.check_lines import BEFORE_DOSE, BEFORE_RELEASE, CheckLine
from clinic_desktop.ui.floor.entries import BY_KIND
from clinic_desktop.ui.floor.steps import first_dose_kind
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.wording import worded

K = StampKind
_TO_SIGN = frozenset({r.PRESSURE_UNSIGNED.code, r.DOSE_PRESSURE_HIGH.code, r.PRESSURE_UNACKNOWLEDGED.code})
_WANTED_LOT = "-"  # a lot stands in: it is typed with the device


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to settle. detail: what was recorded, or what is known of what is missing; sentence: the
    rule's own words. key: what is pressed or typed for it, empty where nothing but time helps. kind: what is
    recorded, where the line is opened for it. line: the text of its line, as it is written in the lists.
    """

    text: str
    done: bool
    detail: str = ""
    sentence: str = ""
    key: str = ""
    kind: StampKind | None = None
    line: str = ""

    @property
    def spoken(self) -> str:
        state = tr("done") if self.done else tr("missing")
        parts = (self.text, state, (self.sentence or self.detail).rstrip("."), self.key)
        return ". ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class CheckList:
    """The list that counts now. ``missing``: how many items are not settled."""

    title: str
    items: tuple[Item, ...] = ()

    @property
    def missing(self) -> int:
        return sum(not one.done for one in self.items)


def checklist_of(care: Care) -> CheckList:
    """Before the first dose what a dose asks for, after it what a release asks for."""
    over = care.session.ended_at is not None or care.visit.state in ENDED
    if over or not care.type.is_treatment:
        return CheckList("")
    if care.session.dosed:
        return CheckList(tr("Before release"), _items(care, BEFORE_RELEASE, before_release(care)))
    dose = Stamp(kind=first_dose_kind(care), lot=_WANTED_LOT)
    findings = [*before_dose(care, dose), *asked_before_dose(care, dose), *against_answers(care, dose)]
    return CheckList(tr("Before the dose"), _items(care, BEFORE_DOSE, findings))


def _items(care: Care, lines: Sequence[CheckLine], findings: Sequence[Finding]) -> tuple[Item, ...]:
    out = []
    for line in lines:
        against = [one for one in findings if one.code in line.codes]
        if against or (line.applies(care) and not line.quiet):
            out.append(_item(care, line, against))
    known = {code for line in lines for code in line.codes} | {DOSE_NOT_ASKED.code}  # said line by line
    return (*out, *(_unknown(one) for one in findings if one.code not in known))


def _unknown(finding: Finding) -> Item:
    return Item(worded(finding), done=False, sentence=worded(finding))


def _item(care: Care, line: CheckLine, against: Sequence[Finding]) -> Item:
    if not against:
        if line.known(care):
            return Item(tr(line.text), done=True, detail=line.done(care), line=line.text)
        key = _key(line, line.kind)
        return Item(tr(line.text), False, line.missing(care), key=key, kind=line.kind, line=line.text)
    kind = _settling(care, line, against[0].code)
    key = _key(line, kind)
    sentence = " ".join(worded(one) for one in against)
    return Item(tr(line.text), False, line.missing(care), sentence, key, kind, line.text)


def _key(line: CheckLine, kind: StampKind | None) -> str:
    """What settles an item: a key of its own, or what a line of its kind begins with."""
    return line.key or (BY_KIND[kind].begins if kind else "")


def _settling(care: Care, line: CheckLine, code: str) -> StampKind | None:
    """What is recorded next for an item: a signature where the reading is there, the reason where the window
    has closed."""
    if code in _TO_SIGN:
        return K.PRESSURE_ACCEPTED
    if code == r.PRESSURE_FORTY.code and forty_closed(care.session, care.at):
        return K.FORTY_MISSED
    return line.kind
