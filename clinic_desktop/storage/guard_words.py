"""What the guards of both databases share: their words, and the rule of the way home as SQL."""

from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.rules import DRIVER
from clinic_desktop.scheduling.states import VisitState

CLAIM_TAKEN = "claim taken"
APPEND_ONLY = "append only"
KEPT = "kept for good"
NO_WAY_HOME = "no way home"
RELIED_ON = "visits rely on it"

_FREE_STATES = ", ".join(
    f"'{state}'"
    for state in (VisitState.HELD, VisitState.CANCELLED, VisitState.MISSED, VisitState.NOT_TREATED)
)
_ALONE = ", ".join(f"'{kind}'" for kind in TransportKind if not kind.has_person)

# {v} is a visit's row, {accepts} the JSON list of kinds that a profile accepts. replace() finds a word
# the same way on both databases, letter for letter; LIKE does not.
_PLAN_LACKS = f"""({{v}}.plan_kind IS NULL
    OR replace({{accepts}}, '"' || {{v}}.plan_kind || '"', '') = {{accepts}}
    OR ({{v}}.plan_kind NOT IN ({_ALONE})
        AND ({{v}}.plan_adult <> {{true}} OR trim({{v}}.plan_name) = '' OR trim({{v}}.plan_phone) = '')))"""
_BEYOND_HELD = f"""{{v}}.state NOT IN ({_FREE_STATES})
    AND NOT EXISTS (SELECT 1 FROM rule_override o WHERE o.visit_id = {{v}}.id AND o.rule = '{DRIVER.code}'
        AND (o.deviation = {{true}} OR o.day = {{v}}.day AND o.minute = {{v}}.minute))"""


def _filled(text: str, true: str, **names: str) -> str:
    return " ".join(text.format(true=true, **names).split())


def visit_lacks(visit: str, true: str) -> str:
    """A visit beyond held without the way home that its profile asks for, and without an override.

    ``visit`` is NEW in a trigger and a table's name in a query; ``true`` is the database's word for it.
    """
    return _filled(
        f"""EXISTS (SELECT 1 FROM visit_type t JOIN profile p ON p.id = t.profile_id
            WHERE t.id = {{v}}.type_id AND t.modality <> '' AND p.required = {{true}} AND {_PLAN_LACKS})
        AND {_BEYOND_HELD}""",
        true,
        v=visit,
        accepts="p.accepts",
    )


def profile_strands(true: str) -> str:
    """A change of a profile that would leave visits beyond held without what it then asks for."""
    return _filled(
        f"""NEW.required = {{true}} AND (OLD.required <> {{true}} OR NEW.accepts <> OLD.accepts)
        AND EXISTS (SELECT 1 FROM visit_type t JOIN visit v ON v.type_id = t.id
            WHERE t.profile_id = NEW.id AND t.modality <> '' AND {_PLAN_LACKS} AND {_BEYOND_HELD})""",
        true,
        v="v",
        accepts="NEW.accepts",
    )


def type_strands(true: str) -> str:
    """A change of a visit type that would leave visits beyond held without what it then asks for."""
    return _filled(
        f"""NEW.modality <> '' AND (OLD.modality = '' OR OLD.profile_id IS NULL
            OR NEW.profile_id <> OLD.profile_id)
        AND EXISTS (SELECT 1 FROM profile p JOIN visit v ON v.type_id = NEW.id
            WHERE p.id = NEW.profile_id AND p.required = {{true}} AND {_PLAN_LACKS} AND {_BEYOND_HELD})""",
        true,
        v="v",
        accepts="p.accepts",
    )
