"""Coming in while the server is away: by the password, through what this computer keeps sealed.

Wrong tries wait as they do with the server, counted on this computer. What happened at the door meanwhile,
whose record was looked at, and which paper was looked at or went out, goes into the trail once the server is
back, with its own time beside the one at which it was written.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any, cast

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.private_file import write_private
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.store import Store
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import account_rules as rules
from clinic_desktop.security.account import Account
from clinic_desktop.security.audit import Asked, TrailStore, View, view_of
from clinic_desktop.security.hashing import same
from clinic_desktop.security.lock_out import still_to_wait
from clinic_desktop.security.outage_key import outage_key
from clinic_desktop.security.paper_place import KIND as PAPER
from clinic_desktop.security.paper_place import paper_of
from clinic_desktop.security.ports import AccountStore, Person
from clinic_desktop.security.sealed_files import Journal
from clinic_desktop.security.tries import KIND, NotLetIn, needs_factor, waiting
from clinic_desktop.security.vault import Known, Vault, WrongPassword

_log = logging.getLogger(__name__)
_TRIES, _DEEDS = "tries.json", "kept deeds"
_MOST = 500  # tries of one person that are told later; more of them say nothing new
_one_by_one = Lock()  # two tries at once are counted both


@dataclass(frozen=True, slots=True)
class KeptDeed:
    """Something at the door while the server was away, a look at a patient, or at the paper for a day without
    the program, or that this went out. actor: as whom it goes into the trail. record_id: whom of the staff or
    the patients it is about. where: what of a patient was seen, or to which printer the paper went. day: the
    paper's."""

    deed: Deed
    actor: Actor
    record_id: int
    at: datetime
    where: str = ""
    day: date | None = None

    @property
    def kind(self) -> str:
        if self.day is not None:
            return PAPER
        return "patient" if self.deed is Deed.VIEWED else KIND

    @property
    def about(self) -> dict[str, object]:
        """What the trail says of it."""
        said: dict[str, object] = {"happened": self.at.isoformat(), "meanwhile": "the server was away"}
        if self.day is not None:
            printer = {"printer": self.where} if self.where else {}
            return paper_of(self.day, self.at) | printer | said
        if self.deed is Deed.VIEWED:
            return view_of(self.where, self.at) | said
        if self.deed in (Deed.SIGNED_IN, Deed.NOT_LET_IN):
            said["by"] = "password"
        return said

    def is_in(self, after: str | None) -> bool:
        """Whether a row of the trail with this image is it: what is no matter of the door may be there as it
        is without an outage, where the server went away while it was written."""
        said = json.loads(after or "{}")
        if self.day is not None:
            return bool(paper_of(self.day, self.at).items() <= said.items())
        if self.deed is Deed.VIEWED:
            return bool(view_of(self.where, self.at).items() <= said.items())
        return bool(said.get("happened") == self.at.isoformat())


class AwayDoor:
    """The door of one clinic on one computer; its folder is the journal's. Nothing here is for the GUI
    thread: a password takes half a second."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._vault = Vault(folder)
        self._tries = folder / _TRIES

    def people(self) -> list[Known]:
        """Who can come in without the server."""
        return self._vault.people()

    # With the server.

    def admit(self, store: AccountStore, actor: Actor, password: str) -> None:
        """Somebody was let in by this password: it opens this computer's copy from now on, with the roles
        they have. For nobody who may no longer sign in, or has another password by now."""
        person, account, by_code = _who(store, actor.person_id)
        other = account is None or not same(password, account.password)  # changed at another desk since
        if person is None or account is None or other or account.given or by_code:
            # A password of somebody else's choice opens nothing, here as with the server; and nobody can ask
            # here for a phone's code that a thief of the disk would need.
            self._vault.forget(actor.person_id)
            return
        key = outage_key(cast("Store", store), PROGRAM)  # each store keeps the clinic's key
        mark = _mark(person, account)
        came_by = account.password.digest
        self._vault.admit(person.id, person.name, person.roles, password, key, mark, came_by)
        with _one_by_one:
            self._write(self._read() | {str(person.id): {"missed": self._missed(person.id)}})

    def look_again(self, store: AccountStore) -> None:
        """Forget who left, whose password or roles are others now, and who has a second factor or is to have
        one: they come in with the server once."""
        for staff_id, mark in self._vault.marks().items():
            person, account, by_code = _who(store, staff_id)
            if person is None or account is None or by_code or _mark(person, account) != mark:
                self._vault.forget(staff_id)

    def give_back(self, store: AccountStore, key: bytes) -> None:
        """Put into the trail what happened at the door. What the server did not take stays; so does what
        nobody can open, under another name."""
        journal, told = self._journal(key), list[bytes]()
        try:
            for one in _opened(journal):
                _tell(store, _from_bytes(one))
                told.append(one)
        finally:  # what another program has kept meanwhile stays
            journal.strike_out(lambda there: [one for one in there if one not in told])
        self._give_back_tries(store)

    def _give_back_tries(self, store: AccountStore) -> None:
        with _one_by_one:
            all_tries = self._read()
        for who, one in all_tries.items():
            for at, desk in one.get("missed", []):
                nobody = Actor(0, frozenset(), desk)
                _tell(store, KeptDeed(Deed.NOT_LET_IN, nobody, int(who), datetime.fromisoformat(at)))
            with _one_by_one:
                there = self._read()
                told = len(one.get("missed", []))
                there[who]["missed"] = there[who].get("missed", [])[told:]
                self._write(there)

    # Without it.

    def enter(self, staff_id: int, password: str, desk: str, now: datetime) -> tuple[Actor, bytes]:
        """Let somebody in, with the roles that were sealed there, and the clinic's key.

        Raises :class:`NotLetIn` for a wrong password and while a try has to wait, and
        :class:`EnvironmentFailure` for somebody who never signed in here.
        """
        with _one_by_one:
            failures, last = self._counted(staff_id, now)
            if wait := still_to_wait(failures, last, now):
                raise NotLetIn(waiting(wait), wait)
            # Counted before it is judged: whoever ends the program meanwhile has had the try all the same.
            before = self._read()
            self._count(staff_id, failures + 1, now, desk)
        try:
            opened = self._vault.open(staff_id, password)
        except WrongPassword as wrong:
            wait = still_to_wait(failures + 1, now, now)
            raise NotLetIn(waiting(wait) if wait else Finding(rules.NOT_RIGHT), wait) from wrong
        except EnvironmentFailure:
            with _one_by_one:  # it was no try: there is nothing that it could open
                mine = {who: one for who, one in before.items() if who == str(staff_id)}
                others = {who: one for who, one in self._read().items() if who != str(staff_id)}
                self._write(others | mine)
            raise
        with _one_by_one:
            missed = before.get(str(staff_id), {}).get("missed", [])
            self._write(self._read() | {str(staff_id): {"missed": missed}})
        actor = Actor(staff_id, opened.roles, desk, came_by=opened.came_by)
        self.keep(KeptDeed(Deed.SIGNED_IN, actor, staff_id, now), opened.key)
        return actor, opened.key

    def keep(self, deed: KeptDeed, key: bytes) -> None:
        """To be told later; it is on the disk then. Raises :class:`EnvironmentFailure`."""
        journal = self._journal(key)
        try:
            try:
                journal.add(_as_bytes(deed))
            except EnvironmentFailure:  # damaged: that keeps nobody out while the server is away
                _log.warning("what was kept of the door cannot be opened, and is set aside")
                journal.set_aside()
                journal.add(_as_bytes(deed))
        except OSError as failure:
            raise EnvironmentFailure(f"This computer could not keep it ({failure.strerror}).") from failure

    def keep_views(self, key: bytes, views: Sequence[View]) -> None:
        """Who looked at which patient, each as :meth:`keep` keeps it."""
        for one in views:
            self.keep(KeptDeed(Deed.VIEWED, one.actor, one.patient_id, one.at, one.where), key)

    def _journal(self, key: bytes) -> Journal:
        return Journal(self.folder / _DEEDS, key, _DEEDS)

    def _counted(self, staff_id: int, now: datetime) -> tuple[int, datetime | None]:
        one = self._read().get(str(staff_id), {})
        last = datetime.fromisoformat(one["last"]) if one.get("last") else None
        if last is not None and last > now:
            last = now  # the clock was set back: the wait begins anew, once
            self._write(self._read() | {str(staff_id): one | {"last": now.isoformat()}})
        return int(one.get("failures", 0)), last

    def _count(self, staff_id: int, failures: int, now: datetime, desk: str) -> None:
        missed = [*self._missed(staff_id), [now.isoformat(), desk]][-_MOST:]
        new = {"failures": failures, "last": now.isoformat(), "missed": missed}
        self._write(self._read() | {str(staff_id): new})

    def _missed(self, staff_id: int) -> list[Any]:
        return list(self._read().get(str(staff_id), {}).get("missed", []))

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            found = json.loads(self._tries.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as failure:
            raise EnvironmentFailure(_DAMAGED) from failure
        if not isinstance(found, dict):
            raise EnvironmentFailure(_DAMAGED)
        return found

    def _write(self, tries: dict[str, dict[str, Any]]) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_private(self._tries, json.dumps(tries).encode(), on_disk=True)
        except OSError as failure:  # what cannot be counted is not tried
            raise EnvironmentFailure(f"This computer could not write ({failure.strerror}).") from failure


_DAMAGED = (
    "The list of who tried to come in here is damaged, so nobody is let in without the server. Whoever looks "
    "after the computer can help; the paper for the day is not touched by it."
)


def _opened(journal: Journal) -> list[bytes]:
    try:
        return journal.entries()
    except EnvironmentFailure as problem:
        _log.warning("what was kept of the door cannot be opened, and is set aside")
        try:
            journal.set_aside()
        except OSError:
            raise problem from None
        return journal.entries()


def _who(store: AccountStore, staff_id: int) -> tuple[Person | None, Account | None, bool]:
    """And whether a phone's code is asked of them beside the password, or is to be from now on."""
    with store.read() as records:
        person = next((one for one in records.setup().staff if one.id == staff_id and one.active), None)
        account = next(iter(records.find(Account, staff_id=staff_id, active=True)), None)
        by_code = bool(account and account.factor) or needs_factor(records, staff_id)
    return person, account, by_code


def _mark(person: Person, account: Account) -> str:
    """Other with another password and with other roles; it tells neither (the hash of a password has a
    random part that only the server knows)."""
    known = f"{account.password.value} {sorted(person.roles)}"
    return hashlib.sha256(known.encode()).hexdigest()


def _tell(store: AccountStore, one: KeptDeed) -> None:
    with store.write(one.actor) as unit:
        unit.lock_all_days()  # another program of this computer may be telling the same
        if _is_told(store, one):
            return
        unit.witness(one.deed, one.kind, one.record_id, one.about)
        unit.commit()


def _is_told(store: AccountStore, one: KeptDeed) -> bool:
    """Whether the trail has it: a program that ended while it told them tells them again."""
    asked = Asked(person_id=one.actor.person_id, actions=(one.deed.value,))
    with cast("TrailStore", store).read() as records:  # each store that keeps accounts keeps the trail
        there = records.trail_lines(asked, most=_MOST)
    return any(
        (line.kind, line.record_id) == (one.kind, one.record_id)
        and line.desk == one.actor.desk
        and one.is_in(line.after)
        for line in there
    )


def _as_bytes(one: KeptDeed) -> bytes:
    actor = [one.actor.person_id, sorted(one.actor.roles), one.actor.desk]
    day = one.day.isoformat() if one.day is not None else ""
    return json.dumps([one.deed, actor, one.record_id, one.at.isoformat(), one.where, day]).encode()


def _from_bytes(data: bytes) -> KeptDeed:
    deed, (person_id, roles, desk), record_id, at, *more = json.loads(data)  # the first versions kept no more
    where, day = (*more, "", "")[:2]
    actor, on = Actor(person_id, frozenset(map(Role, roles)), desk), date.fromisoformat(day) if day else None
    return KeptDeed(Deed(deed), actor, record_id, datetime.fromisoformat(at), where, on)
