"""The 18 things a sheet can say after a visit, 11 before it; what is always said. [reference 5.2, 5.3]"""

from clinic_desktop.aftercare.values import AFTER_TREATMENT, BEFORE_TREATMENT, SheetKind
from clinic_desktop.scheduling.set_up_checks import SWITCHABLE_STATEMENTS

STATEMENTS: dict[int, str] = {
    1: "who takes you home",
    2: "driving and machines",
    3: "papers and big choices",
    4: "work and caring for others",
    5: "alcohol, cannabis and other drugs",
    6: "sleep, calming and pain medicines",
    7: "which medicines to take again and when",
    8: "food, drink and nausea",
    9: "what is normal today",
    10: "blood pressure signs",
    11: "allergy signs",
    12: "mood and thoughts of suicide, 988",
    13: "bladder signs",
    14: "care of the IV site",
    15: "rest and looking back",
    16: "who to call and when",
    17: "the next visit",
    18: "who gave the sheet to whom",
    21: "food and drink before the visit",
    22: "nasal spray before the visit",
    23: "which medicines to take before the visit",
    24: "alcohol, cannabis and other drugs before the visit",
    25: "being ill or pregnant",
    26: "who brings and collects you",
    27: "when to arrive",
    28: "what to bring",
    29: "comfort and a silent phone",
    30: "forms to fill in",
    31: "until when to cancel",
}

IV_SITE = 14
"""Only where a vein was used; the sheet of another treatment that may use one leaves it out otherwise."""

NASAL_SPRAY = 22
"""Only before Spravato."""

_OF_A_SHEET = frozenset(range(1, 18))
_BEFORE = frozenset(range(21, 32)) | {16}

ALWAYS_SAID = (_OF_A_SHEET | _BEFORE) - SWITCHABLE_STATEMENTS
"""A clinic cannot switch these off: driving, 911, 988, bladder, phones, next visit; before a visit food and
drink, nasal spray, illness and pregnancy, the ride, the time, phones."""

REQUIRED: dict[str, frozenset[int]] = {
    **dict.fromkeys((SheetKind.IV, SheetKind.IV_PAIN, SheetKind.KAP), _OF_A_SHEET),
    **dict.fromkeys((SheetKind.IM, SheetKind.SPRAVATO), _OF_A_SHEET - {IV_SITE}),
    SheetKind.RECEIPT: frozenset({18}),
    **dict.fromkeys(BEFORE_TREATMENT, _BEFORE - {NASAL_SPRAY}),
    SheetKind.PREP_SPRAVATO: _BEFORE,
    SheetKind.COURSE_CARD: frozenset({16, 17, 28, 31}),
    SheetKind.ESCORT: frozenset({1, 2, 3, 5, 8, 9, 10, 11, 12, 15, 16}),
}
"""What the text of each kind must say somewhere. The receipt is a slip of its own."""

_AFTER_ORDER = (2, 10, 11, 12, 5, 3, 4, 6, 1, 15, 8, 9, 7, 14, 17)
_BEFORE_ORDER = (21, 22, 24, 23, 26, 27, 28, 29, 30, 25, 31)
ORDER: dict[str, tuple[int, ...]] = {
    **dict.fromkeys((*AFTER_TREATMENT, SheetKind.ESCORT), _AFTER_ORDER),
    **dict.fromkeys(BEFORE_TREATMENT, _BEFORE_ORDER),
}
"""In which order a text says them: driving and the signs of danger, then what not to do until when, then the
rest. Of one said twice the first time counts; lines to fill in by hand stand where they are used."""
