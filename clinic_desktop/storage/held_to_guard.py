"""What a visit is held to as SQL for both databases: whether its treatment is under Spravato's programme, and
what its type asks for, stay as they are for whoever was booked by it, whatever program writes.

Else they could be switched off, somebody dosed or let go, and switched on again. The core changes no version
of a visit type that is there (:mod:`clinic_desktop.scheduling.set_up_writing`), nor what a visit type names
(:mod:`clinic_desktop.scheduling.set_up_modalities`).
"""

ASKS_LESS = "a visit keeps its type"

_NAMED = "EXISTS (SELECT 1 FROM visit_type t WHERE t.modality = OLD.code)"
_BOOKED = "EXISTS (SELECT 1 FROM visit v WHERE v.type_id = OLD.id)"


def modality_swapped() -> str:
    """A change of a way of treating (``NEW`` over ``OLD``) that a visit type names: of its code, or of
    whether it is under the programme."""
    return f"(NEW.rems <> OLD.rems OR NEW.code <> OLD.code) AND {_NAMED}"


def modality_gone() -> str:
    """A way of treating (``OLD``) that is taken away, and that a visit type names."""
    return _NAMED


def type_asks_otherwise(differs: str) -> str:
    """A change of a treatment's visit type that visits were booked as, by which they would be asked less.
    ``differs``: the database's word for "is another value"."""
    return " ".join(
        f"""OLD.modality <> '' AND (NEW.modality <> OLD.modality OR NEW.phases <> OLD.phases
        OR NEW.profile_id {differs} OLD.profile_id OR NEW.dose_mg {differs} OLD.dose_mg
        OR (OLD.sheet <> '' AND NEW.sheet <> OLD.sheet)
        OR (OLD.discharge_form <> '' AND NEW.discharge_form <> OLD.discharge_form)) AND {_BOOKED}""".split()
    )


def visit_asks_less(true: str, differs: str) -> str:
    """A visit that is made one of another type, which asks less of it. ``true``: the database's word."""
    rems = "EXISTS (SELECT 1 FROM modality m WHERE m.code = {}.modality AND m.rems = " + true + ")"
    return " ".join(
        f"""NEW.type_id <> OLD.type_id AND EXISTS (
            SELECT 1 FROM visit_type o JOIN visit_type n ON n.id = NEW.type_id
            WHERE o.id = OLD.type_id AND o.modality <> '' AND (n.modality = ''
                OR {rems.format("o")} AND NOT {rems.format("n")} OR n.profile_id {differs} o.profile_id
                OR o.sheet <> '' AND n.sheet = ''
                OR o.discharge_form <> '' AND n.discharge_form <> o.discharge_form))""".split()
    )
