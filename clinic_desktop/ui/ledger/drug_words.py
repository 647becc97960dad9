"""The drug log in words: pure, so that it can be read in a test."""

from collections.abc import Sequence
from datetime import date

from clinic_desktop.foundation.words import plain_date, short_date
from clinic_desktop.people.model import Drug
from clinic_desktop.reports.stock_days import Names
from clinic_desktop.treatment.stock import Entry, Line, Lot
from clinic_desktop.treatment.stock_need import Need
from clinic_desktop.treatment.stocking import SOON_DAYS
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.rows import Row

NOT_DEA = QT_TR_NOOP(
    "A log with running counts, kept for good: at least the 2 years that the DEA asks for. It is not a DEA "
    "perpetual inventory."
)
DRUGS = {Drug.SPRAVATO: QT_TR_NOOP("Spravato, 28 mg devices"), Drug.KETAMINE: QT_TR_NOOP("Ketamine vials")}
_DID = {
    Entry.RECEIVED: QT_TR_NOOP("{amount} received"),
    Entry.USED: QT_TR_NOOP("{amount} used"),
    Entry.DRAWN: QT_TR_NOOP("{amount} drawn"),
    Entry.WASTED: QT_TR_NOOP("{amount} wasted"),
    Entry.SENT: QT_TR_NOOP("{amount} returned or transferred"),
    Entry.TAKEN_BACK: QT_TR_NOOP("{amount} taken back: it was a slip"),
    Entry.COUNTED: QT_TR_NOOP("{amount} counted"),
}
_ICONS = {
    Entry.RECEIVED: "plus",
    Entry.USED: "medicine",
    Entry.DRAWN: "medicine",
    Entry.WASTED: "minus",
    Entry.SENT: "right",
    Entry.TAKEN_BACK: "undo",
    Entry.COUNTED: "check",
}


def drug_words(lot: Lot) -> str:
    """ "Spravato, 28 mg devices" or "Ketamine vials, 50 mg/mL, 10 mL"."""
    words = [tr(DRUGS[lot.drug])]
    if lot.strength and lot.ml:
        words.append(tr("{strength} mg/mL, {ml} mL").format(strength=f"{lot.strength:g}", ml=f"{lot.ml:g}"))
    return ", ".join(words)


def lot_row(lot: Lot, names: Names, today: date) -> Row:
    """One lot with what is here of it."""
    owners = {names.patients.get(line.patient_id or 0, "") for line in lot.lines} - {""}
    whose = tr("for {patient}").format(patient=", ".join(sorted(owners))) if owners else ""
    expires = tr("expires {day}").format(day=plain_date(lot.expires)) if lot.expires else ""
    detail = "; ".join(part for part in (drug_words(lot), expires, whose) if part)
    badge, tone = _badge(lot, today)
    name = lot.lot or tr("No lot written")
    return Row(name, detail, right=tr("{here} here").format(here=lot.words()), badge=badge, tone=tone)


def _badge(lot: Lot, today: date) -> tuple[str, Tone]:
    if lot.here < 0:
        return tr("Below zero"), Tone.DANGER
    if not lot.came:
        return tr("Never came"), Tone.WARN
    if lot.left and lot.expired(today):
        return tr("Expired"), Tone.DANGER
    if lot.left and lot.expires is not None and (lot.expires - today).days <= SOON_DAYS:
        return tr("Expires soon"), Tone.WARN
    return "", Tone.NEUTRAL


def line_row(lot: Lot, line: Line, names: Names, *, with_lot: bool = True) -> Row:
    """One movement: what, of which lot, for whom, by whom, and what the log said then."""
    counted = line.what is Entry.COUNTED
    text = tr(_DID[line.what]).format(amount=_amount(lot, line.here if counted else abs(line.change)))
    if with_lot:
        text = tr("{what}, lot {lot}").format(what=text, lot=lot.lot or "?")
    if counted and line.change:
        text = tr("{what}, {difference} against the log").format(
            what=text, difference=f"{'+' if line.change > 0 else '−'}{_amount(lot, abs(line.change))}"
        )
    detail = "; ".join(part for part in (names.of(line), _who(line, names), line.note) if part)
    when = names.time(line) if with_lot else f"{short_date(line.day)}, {names.time(line)}"
    return Row(text, f"{when}; {detail}" if detail else when, right=_after(lot, line), icon=_ICONS[line.what])


def _amount(lot: Lot, amount: float) -> str:
    if lot.drug is Drug.SPRAVATO:
        return tr("%n device(s)", "", int(amount))
    return lot.words(amount)


def _after(lot: Lot, line: Line) -> str:
    return tr("{here} after it").format(here=lot.words(line.here))


def _who(line: Line, names: Names) -> str:
    by, seen = names.person(line.by), names.person(line.seen_by)
    if not seen:
        return by
    pattern = tr("{by}, with {other}") if line.what is Entry.COUNTED else tr("{by}, witness {other}")
    return pattern.format(by=by, other=seen)


def needs_words(needs: Sequence[Need]) -> str:
    """ "Devices: 47 here, 32 needed until Wed, Nov 25. Vials: ..."."""
    patterns = {
        Drug.SPRAVATO: tr("Devices: {here} here, {needed} needed until {day}."),
        Drug.KETAMINE: tr("Vials: {here} here, {needed} needed until {day}."),
    }
    return " ".join(
        patterns[one.drug].format(here=one.here, needed=one.needed, day=short_date(one.until))
        for one in needs
    )
