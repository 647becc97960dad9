"""Which kind of trouble a database's refusal is: by its words, which are said in one place each."""

import re

from clinic_desktop.foundation.errors import AWAY, ClinicProblem
from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.security import key_slots
from clinic_desktop.storage import failures, known_backup, look, moved, store

_WORDS = (
    (look.DAMAGED, Trouble.DAMAGED),
    (failures.DAMAGED, Trouble.DAMAGED),
    (look.WRONG_KEY, Trouble.DAMAGED),
    (look.LOST_SLOTS, Trouble.NO_KEYS),
    (key_slots.LOST, Trouble.NO_KEYS),
    (key_slots.BROKEN, Trouble.NO_KEYS),
    (look.UNGUARDED, Trouble.UNGUARDED),
    (look.FOREIGN, Trouble.FOREIGN),
    (look.NEWER, Trouble.NEWER),
    (look.UNREADABLE, Trouble.UNREADABLE),
    (store.NO_CLINIC, Trouble.GONE),
    (look.EMPTY, Trouble.EMPTY),
    (moved.WENT, Trouble.MOVED),
    (known_backup.IS_BACKUP, Trouble.BACKUP),
    (failures.READ_ONLY, Trouble.READ_ONLY),
    (failures.FULL, Trouble.FULL),
    (failures.DISK, Trouble.DISK),
    (failures.BUSY, Trouble.BUSY),
    (AWAY, Trouble.AWAY),
    (failures.AWAY_TO_READ, Trouble.AWAY),
    (failures.NOT_LET_IN, Trouble.NOT_LET_IN),
    (failures.NO_RIGHT, Trouble.NOT_LET_IN),
)
_SIGNS = tuple(
    (re.compile(".+".join(re.escape(part) for part in re.split(r"\{\w+\}", words)), re.DOTALL), trouble)
    for words, trouble in _WORDS
)


def trouble_of(problem: ClinicProblem) -> Trouble:
    said = str(problem)
    return next((trouble for sign, trouble in _SIGNS if sign.fullmatch(said)), Trouble.OTHER)
