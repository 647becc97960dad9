"""The forms by which a clinic may score that a patient is fit to go: modified Aldrete [S1] [S2], PADSS [S3]
and modified PADSS [S4]. Each item is scored 0 to 2, and nine tenths of all points are enough.

A clinic may leave items out that say nothing after ketamine; the rest is then counted by itself.
"""

from collections.abc import Mapping

MOST_OF_AN_ITEM = 2
FORMS: Mapping[str, tuple[str, ...]] = {
    "aldrete": ("activity", "respiration", "circulation", "consciousness", "oxygen"),
    "padss": ("vital signs", "walking", "pain and nausea", "bleeding", "intake and output"),
    "mpadss": ("vital signs", "walking", "nausea", "pain", "bleeding"),
}
FORM_NAMES: Mapping[str, str] = {
    "aldrete": "Modified Aldrete",
    "padss": "PADSS",
    "mpadss": "Modified PADSS",
}
# Noise after ketamine: a clinic may leave it out.
DROPPABLE = frozenset({"padss.bleeding", "padss.intake and output", "mpadss.bleeding", "mpadss.pain"})


def kept_items(form: str, off: frozenset[str]) -> tuple[str, ...]:
    """The items of a form that a clinic asks."""
    return tuple(one for one in FORMS.get(form, ()) if f"{form}.{one}" not in off & DROPPABLE)


def most_of(items: int) -> int:
    """All the points of so many items."""
    return MOST_OF_AN_ITEM * items


def least_of(items: int) -> int:
    """The points from which somebody is fit to go: 9 of 10, and as much of fewer."""
    return -(-9 * most_of(items) // 10)
