"""What the guards of both databases share: their words, and the rule of the way home as SQL."""

from collections.abc import Iterable

from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.rules import DRIVER
from clinic_desktop.scheduling.states import DOSED, VisitState
from clinic_desktop.storage.guard_sql import blank
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.session import ENDS, GIVEN

CLAIM_TAKEN = "claim taken"
APPEND_ONLY = "append only"
KEPT = "kept for good"
NO_WAY_HOME = "no way home"
RELIED_ON = "visits rely on it"
NO_NUMBER = "a number begins at 1"
AHEAD = "a number ahead of those that were given"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_FREE_STATES = _listed([
    VisitState.HELD, VisitState.CANCELLED, VisitState.MISSED, VisitState.NOT_TREATED,
])  # fmt: skip
# What a deviation answers for: somebody was dosed or taken away, and that stands on record.
_HAPPENED_STATES = _listed(sorted(DOSED | {VisitState.LEFT, VisitState.LEFT_EARLY, VisitState.TRANSFERRED}))
_HAPPENED = _listed(sorted({*GIVEN, *ENDS} - {StampKind.NOT_TREATED}))
_ALONE = _listed(kind for kind in TransportKind if not kind.has_person)

# {v} is a visit's row, {accepts} the JSON list of kinds that a profile accepts. replace() finds a word
# the same way on both databases, letter for letter; LIKE does not.
_PLAN_LACKS = f"""({{v}}.plan_kind IS NULL
    OR replace({{accepts}}, '"' || {{v}}.plan_kind || '"', '') = {{accepts}}
    OR ({{v}}.plan_kind NOT IN ({_ALONE})
        AND ({{v}}.plan_adult <> {{true}} OR {{no_name}} OR {{no_phone}})))"""
# A permission answers for every state of the visit at the time that it was given for; a deviation only for
# what has happened and is not struck out.
# Where the profile asks for it only before the start, the patient may say yes to the time without it.
_ASKED_BY_NOW = f"NOT ({{v}}.state = '{VisitState.CONFIRMED}' AND {{demanded}} = 'start')"
_BEYOND_HELD = f"""{{v}}.state NOT IN ({_FREE_STATES})
    AND NOT EXISTS (SELECT 1 FROM rule_override o WHERE o.visit_id = {{v}}.id AND o.rule = '{DRIVER.code}'
        AND ((o.deviation <> {{true}} AND o.day = {{v}}.day AND o.minute = {{v}}.minute)
            OR (o.deviation = {{true}} AND {{v}}.state IN ({_HAPPENED_STATES})
            AND EXISTS (SELECT 1 FROM stamp s WHERE s.visit_id = {{v}}.id AND s.kind IN ({_HAPPENED})
                AND NOT EXISTS (SELECT 1 FROM stamp c
                    WHERE c.visit_id = s.visit_id AND c.corrects = s.id)))))"""


def _filled(text: str, true: str, **names: str) -> str:
    no_name, no_phone = (blank(f"{names['v']}.{one}", true) for one in ("plan_name", "plan_phone"))
    return " ".join(text.format(true=true, no_name=no_name, no_phone=no_phone, **names).split())


def visit_lacks(visit: str, true: str) -> str:
    """A visit beyond held without the way home that its profile asks for, and without an override.

    ``visit`` is NEW in a trigger and a table's name in a query; ``true`` is the database's word for it.
    """
    return _filled(
        f"""EXISTS (SELECT 1 FROM visit_type t JOIN profile p ON p.id = t.profile_id
            WHERE t.id = {{v}}.type_id AND t.modality <> '' AND p.required = {{true}} AND {_PLAN_LACKS}
                AND {_ASKED_BY_NOW})
        AND {_BEYOND_HELD}""",
        true,
        v=visit,
        accepts="p.accepts",
        demanded="p.demanded",
    )


def profile_strands(true: str) -> str:
    """A change of a profile that would leave visits beyond held without what it then asks for."""
    return _filled(
        f"""NEW.required = {{true}} AND (OLD.required <> {{true}} OR NEW.accepts <> OLD.accepts
            OR NEW.demanded <> OLD.demanded)
        AND EXISTS (SELECT 1 FROM visit_type t JOIN visit v ON v.type_id = t.id
            WHERE t.profile_id = NEW.id AND t.modality <> '' AND {_PLAN_LACKS} AND {_ASKED_BY_NOW}
                AND {_BEYOND_HELD})""",
        true,
        v="v",
        accepts="NEW.accepts",
        demanded="NEW.demanded",
    )


def type_strands(true: str) -> str:
    """A change of a visit type that would leave visits beyond held without what it then asks for."""
    return _filled(
        f"""NEW.modality <> '' AND (OLD.modality = '' OR OLD.profile_id IS NULL
            OR NEW.profile_id <> OLD.profile_id)
        AND EXISTS (SELECT 1 FROM profile p JOIN visit v ON v.type_id = NEW.id
            WHERE p.id = NEW.profile_id AND p.required = {{true}} AND {_PLAN_LACKS} AND {_ASKED_BY_NOW}
                AND {_BEYOND_HELD})""",
        true,
        v="v",
        accepts="p.accepts",
        demanded="p.demanded",
    )
