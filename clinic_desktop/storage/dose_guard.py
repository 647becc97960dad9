"""The site's certification as SQL, for both databases: the first Spravato dose of a visit outside of its
dates is on record only as the deviation that it is, whatever program writes.

It says in the database what :mod:`clinic_desktop.scheduling.certification` says in words. A dose that was
given is never refused: its stamp carries the rule's code, and so it is found, counted and answered for. Of a
correction of one that stands nothing is asked: it says how it was.
"""

from clinic_desktop.scheduling.certification import DOSE_CERTIFIED, DOSE_CERTIFIED_FROM
from clinic_desktop.storage.guard_sql import Words
from clinic_desktop.storage.release_guard import recorded_first, stamps_of
from clinic_desktop.treatment.dose_facts import GIVES
from clinic_desktop.treatment.session import GIVEN

NOT_CERTIFIED = "not certified"


def dose_uncertified(words: Words) -> str:
    """A new dose (``NEW`` a stamp) that says nothing of a certification which did not hold on the day."""
    kinds = ", ".join(f"'{kind}'" for kind in GIVES)
    ran_out = f"(k.certified_until < v.day AND {_unmarked(DOSE_CERTIFIED.code)})"
    not_yet = f"(k.certified_on > v.day AND {_unmarked(DOSE_CERTIFIED_FROM.code)})"
    # Whose last day has passed has run out, whatever its first day says: the core names one of the two.
    not_yet = f"(coalesce(k.certified_until >= v.day, {words.true} = {words.true}) AND {not_yet})"
    return " ".join(
        f"""NEW.kind IN ({kinds}) AND {recorded_first()} AND EXISTS (
            SELECT 1 FROM visit v JOIN visit_type t ON t.id = v.type_id
                JOIN modality m ON m.code = t.modality JOIN clinic k ON k.id = 1
            WHERE v.id = NEW.visit_id AND m.rems = {words.true} AND ({ran_out} OR {not_yet}))
        AND NOT EXISTS (SELECT 1 {stamps_of(*GIVEN, more="s.at / 60 <= NEW.at / 60")})""".split()
    )


def _unmarked(code: str) -> str:
    return f"""replace(NEW.deviations, '"{code}"', '') = NEW.deviations"""
