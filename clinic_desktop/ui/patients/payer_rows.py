"""Authorizations, packages and devices as rows of the patient's page."""

from clinic_desktop.people.model import Authorization, Package
from clinic_desktop.scheduling.allowances import Use, devices_here, uses
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.page_facts import PageFacts
from clinic_desktop.ui.patients.page_rows import Line
from clinic_desktop.ui.patients.wording import day_words
from clinic_desktop.ui.widgets.rows import Row

DEVICES = "devices"  # the payload of the line of devices


def payer_lines(facts: PageFacts) -> list[Line]:
    """The payload is the record; of the devices, which are never changed, ``DEVICES``."""
    types = {one.id: one for one in facts.setup.types}
    agreed = uses(facts.authorizations, facts.visits, types)
    packed = uses(facts.packages, facts.visits, types)
    lines = [Line(_authorization(facts, one, agreed[one.id]), one) for one in reversed(facts.authorizations)]
    lines += [Line(_package(facts, one, packed[one.id]), one) for one in reversed(facts.packages)]
    return [*lines, *([Line(_devices(facts), DEVICES)] if facts.movements else [])]


def _authorization(facts: PageFacts, one: Authorization, use: Use) -> Row:
    until = tr("to {day}").format(day=day_words(one.valid_to)) if one.valid_to else tr("no end")
    ended = one.valid_to is not None and one.valid_to < facts.today
    title = f"{facts.modality(one.modality)}, {one.payer} {one.number}"
    return _row(title, [use_words(use, one.visits), until, one.note], one.visits, use, ended=ended)


def _package(facts: PageFacts, one: Package, use: Use) -> Row:
    paid = tr("{paid} of {visits} paid").format(paid=one.paid, visits=one.visits)
    title = f"{facts.modality(one.modality)}, {one.name}"
    return _row(title, [paid, use_words(use, one.visits), one.note], one.visits, use)


def _row(title: str, details: list[str], visits: int | None, use: Use, *, ended: bool = False) -> Row:
    badge, tone = tr("In force"), Tone.OK
    if visits is not None and use.all >= visits:
        badge, tone = tr("Used up"), Tone.WARN
    if ended:
        badge, tone = tr("Ended"), Tone.NEUTRAL
    return Row(title, ", ".join(one for one in details if one), badge=badge, tone=tone)


def use_words(use: Use, visits: int | None) -> str:
    """ "3 used and 2 booked of 6"."""
    pattern = tr("{given} used and {booked} booked")
    if visits is not None:
        pattern = tr("{given} used and {booked} booked of {visits}")
    return pattern.format(given=use.given, booked=use.booked, visits=visits)


def _devices(facts: PageFacts) -> Row:
    last = facts.movements[-1]
    here = devices_here(facts.movements, facts.visits)
    said = tr("last: {devices} on {day}").format(devices=f"{last.devices:+}", day=day_words(last.on))
    details = ", ".join(one for one in (said, last.lot, last.note) if one)
    badge, tone = (tr("None left"), Tone.WARN) if here <= 0 else ("", Tone.NEUTRAL)
    return Row(tr("%n device(s) here", "", here), details, badge=badge, tone=tone)
