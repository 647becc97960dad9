"""What may be asked of a patient before the dose: a visit type says which of it. And what ships."""

from dataclasses import dataclass

FOOD, LIQUID, SPRAY = "food", "liquid", "spray"
PREGNANCY, OXIMETER, CONSENT = "pregnancy", "oximeter", "consent"
# As the form of Spravato's programme divides them [R3] [R4].
BENZODIAZEPINES, HYPNOTICS = "benzodiazepines", "hypnotics"
MEDICINES = (BENZODIAZEPINES, HYPNOTICS, "opioids", "stimulants", "maoi")
SINCE = (FOOD, LIQUID, SPRAY)  # answered by when it was
LONGEST_SINCE = 24 * 60

NAMES: dict[str, str] = {
    FOOD: "food",
    LIQUID: "liquids",
    SPRAY: "nasal spray",
    PREGNANCY: "pregnancy",
    BENZODIAZEPINES: "benzodiazepines",
    HYPNOTICS: "other sedatives",
    "opioids": "opioids",
    "stimulants": "stimulants",
    "maoi": "MAOIs",
    OXIMETER: "pulse oximeter",
    CONSENT: "consent",
}
"""In the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked. minutes: that are to lie between it and the dose; 0 where it is yes or no."""

    code: str
    minutes: int = 0


ALWAYS = tuple(Ask(code) for code in (PREGNANCY, *MEDICINES, OXIMETER, CONSENT))
BEFORE_SPRAVATO = (Ask(FOOD, 120), Ask(LIQUID, 30), Ask(SPRAY, 60), *ALWAYS)  # [M1] [L9] [A8] [A9]
# Most clinics: nothing to eat for 6 hours, clear liquids until 2 [C18] [C19] [C22] [C23] [F1].
BEFORE_INFUSION = (Ask(FOOD, 360), Ask(LIQUID, 120), *ALWAYS)
