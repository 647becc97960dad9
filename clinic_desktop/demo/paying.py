"""Who pays in the demo clinic: some courses have a payer or a package, and devices where they are Spravato's;
some of those that run today run out of it.
"""

from datetime import timedelta

from clinic_desktop.demo.diary import Running
from clinic_desktop.demo.hand import Hand
from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Authorization, DrugMovement, Package
from clinic_desktop.scheduling.paying import keep_authorization, keep_package
from clinic_desktop.treatment.stocking import move_drugs

_EVERY = {"IV6": 4, "SP8": 2}  # of how many courses of a template one has anything
_SHORT = 2  # and of how many of those that run today one runs out
_WEEK = timedelta(days=7)
_GOOD_FOR = timedelta(days=540)
_PAYERS = ("Prairie Health Plan", "Lakes Mutual", "Statewide Care")
_DEVICES = {"SP84": 3}  # of 28 mg; two for the others
_USUAL_DEVICES = 2


def settle_paying(hand: Hand, running: Running) -> None:
    """Written in the week before the course began; the clock stands there afterwards."""
    number, left = divmod(running.patient.id, _EVERY[running.template])
    if left:
        return
    begins = min(running.days[0], hand.today)
    hand.goes_to(hand.at(begins - _WEEK, 11 * 60))
    there = [day for day in running.days if day <= hand.today]
    runs_now = 0 < len(there) < len(running.days)
    enough = len(there) if runs_now and number % _SHORT == 0 else len(running.days)
    if running.template == "IV6":
        _package(hand, running, enough)
    else:
        _authorized(hand, running, enough, by_devices=number // _SHORT % 2 == 0)


def _package(hand: Hand, running: Running, paid: int) -> None:
    one = Package(
        patient_id=running.patient.id, modality="iv", name="6 infusions", visits=len(running.days), paid=paid
    )
    keep_package(hand.store, hand.actors[Role.RECEPTIONIST][0], one)


def _authorized(hand: Hand, running: Running, enough: int, *, by_devices: bool) -> None:
    """Agreed to, and the devices are there; ``enough`` visits of one of them."""
    number, desk = running.patient.id, hand.actors[Role.RECEPTIONIST][0]
    agreed = len(running.days) if by_devices else enough
    keep_authorization(
        hand.store,
        desk,
        Authorization(
            patient_id=number,
            modality="spravato",
            payer=_PAYERS[number % len(_PAYERS)],
            number=f"A-{2026000 + number}",
            visits=agreed,
            valid_from=running.days[0] - _WEEK,
            valid_to=running.days[-1] + 4 * _WEEK,
        ),
    )
    codes = running.type_codes[: enough if by_devices else len(running.days)]
    devices = sum(_DEVICES.get(code, _USUAL_DEVICES) for code in codes)
    came = min(running.days[0], hand.today) - _WEEK
    line = DrugMovement(
        patient_id=number,
        on=came,
        devices=devices,
        lot=f"{number:05d}A",
        expires=came + _GOOD_FOR,
    )
    move_drugs(hand.store, desk, line)
    hand.own_lots[number] = line.lot
