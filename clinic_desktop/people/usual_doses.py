"""The usual range of a dose by its route: what is above it is asked about, ten times the usual is a slip.

The figures are those of the clinical reference, with the keys of their sources.
"""

from dataclasses import dataclass

SLIP = 10  # an order of magnitude: a point or a nought in the wrong place
UNKNOWN_KG = 100.0  # reckoned with where the weight is not known [clinic choice]
MOST_KG = 200.0  # a weight above it is as likely a slip, and makes no dose usual [clinic choice]


@dataclass(frozen=True, slots=True)
class UsualDose:
    """``usual``: what is given as a rule. ``most``: the top of the usual range. ``ever``: the most that any
    source gives. All in mg, or in mg for each kg. ``source`` in the reference."""

    usual: float
    most: float
    ever: float
    per_kg: bool
    source: str

    def most_words(self, weight_kg: float | None) -> str:
        """ "52.5 mg (0.75 mg/kg at 70 kg)" or "84 mg"."""
        return self._words(self.most, weight_kg)

    def ever_words(self, weight_kg: float | None) -> str:
        """The same of the most that any source gives."""
        return self._words(self.ever, weight_kg)

    def usual_words(self, weight_kg: float | None) -> str:
        """ "0.5 mg/kg (35 mg at 70 kg)" or "84 mg": the figure that a point in the wrong place is of."""
        mg, kg = self._mg(self.usual, weight_kg), self._counted(weight_kg)
        return f"{self.usual:g} mg/kg ({round(mg, 1):g} mg at {kg:g} kg)" if self.per_kg else f"{mg:g} mg"

    def above(self, mg: float, weight_kg: float | None) -> bool:
        """More than is usual; part of a mg is rounding."""
        return mg >= self._mg(self.most, weight_kg) + 1

    def above_all(self, mg: float, weight_kg: float | None) -> bool:
        """More than any source gives."""
        return mg >= self._mg(self.ever, weight_kg) + 1

    def a_slip(self, mg: float, weight_kg: float | None) -> bool:
        return mg >= self._mg(self.usual, weight_kg) * SLIP

    def _words(self, figure: float, weight_kg: float | None) -> str:
        plain = f"{round(self._mg(figure, weight_kg), 1):g} mg"
        kg = self._counted(weight_kg)
        return f"{plain} ({figure:g} mg/kg at {kg:g} kg)" if self.per_kg else plain

    def _mg(self, figure: float, weight_kg: float | None) -> float:
        return figure * self._counted(weight_kg) if self.per_kg else figure

    @staticmethod
    def _counted(weight_kg: float | None) -> float:
        return min(weight_kg or UNKNOWN_KG, MOST_KG)


# 0.5 as a rule, to 0.75 [I1]; for pain 0.35 an hour over 4 hours [P1].
IV = UsualDose(0.5, 0.75, 1.4, True, "I1, P1")
# No source gives a dose for the muscle: the most that the reference has of a day's ketamine [clinic choice].
MUSCLE = UsualDose(1.4, 1.4, 1.4, True, "P1")
NASAL = UsualDose(84, 84, 84, False, "L3, L6, M1")

_BY_ROUTE = {
    "iv": IV,
    "intravenous": IV,
    "infusion": IV,
    "im": MUSCLE,
    "intramuscular": MUSCLE,
    "nasal": NASAL,
    "intranasal": NASAL,
}
_BY_MODALITY = {"iv": IV, "im": MUSCLE, "kap": MUSCLE, "spravato": NASAL}


def usual_dose(route: str, modality: str) -> UsualDose | None:
    """By the route as it was typed, else by the treatment; None where the reference has no figure."""
    typed = "".join(one for one in route.casefold() if one.isalpha())
    return _BY_ROUTE.get(typed) or _BY_MODALITY.get(modality)
