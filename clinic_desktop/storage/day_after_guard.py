"""What a check-in call brought up, as SQL for both databases: a red answer is on record only with its request
to the prescriber; what was asked stays as it was asked, and only a prescriber's word answers it. Whoever was
reached was asked something, or it is said why not; and a call is closed once it was tried often enough.

It says in the database what :mod:`clinic_desktop.treatment.day_after_calling` does in one transaction. A
request is never deleted: its table is one of those that are kept for good.
"""

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.day_after import RED
from clinic_desktop.storage.guard_sql import Words, blank
from clinic_desktop.treatment.day_after import TRIES, AfterOutcome

NOT_ASKED = "red answer without its request"
NO_PRESCRIBER = "answered by no prescriber"
NOTHING_SAID = "reached, and nothing asked"
CLOSED_EARLY = "closed before it was tried often enough"

_ASKED = ("visit_id", "items", "note", "asked_at", "asked_by")
_ANSWER = ("answer", "answered_at", "answered_by", "told_by", "due_on")
_SIGNED = ("signed_at", "signed_by", "agreed")


def unasked(call: str = "NEW") -> str:
    """A call (``NEW`` in a trigger, a table's name in a query) with a red answer that no request carries."""
    return " OR ".join(f"({_yes(code, call)} AND {_no_request(code, call)})" for code in RED)


def nothing_said(true: str) -> str:
    """A call (``NEW``) that reached the patient, with neither an answer nor a word why not. ``true``: the
    database's word for it."""
    return " ".join(
        f"""NEW.outcome = '{AfterOutcome.REACHED}' AND NEW."yes" = '[]' AND NEW."no" = '[]'
        AND {blank("NEW.note", true)}""".split()
    )


def closed_early(words: Words) -> str:
    """A call (``NEW``) that ends as not reached, after fewer tries that stand than the clinic asks for. The
    one that it corrects is none."""
    most = words.number.format(column="k.policies", field="after_tries")
    counted = ", ".join(f"'{one}'" for one in sorted(TRIES))
    return " ".join(
        f"""NEW.outcome = '{AfterOutcome.CLOSED}' AND EXISTS (SELECT 1 FROM clinic k WHERE {most} >
        (SELECT count(*) FROM after_call t WHERE t.visit_id = NEW.visit_id AND t.outcome IN ({counted})
            AND (NEW.corrects IS NULL OR t.id <> NEW.corrects)
            AND NOT EXISTS (SELECT 1 FROM after_call c WHERE c.corrects = t.id)))""".split()
    )


def _yes(code: str, call: str) -> str:
    return f'''replace({call}."yes", '"{code}"', \'\') <> {call}."yes" '''.strip()


def _no_request(code: str, call: str) -> str:
    return " ".join(
        f"""NOT EXISTS (SELECT 1 FROM after_flag f WHERE f.id = {call}.flag_id
            AND f.visit_id = {call}.visit_id AND replace(f.items, '"{code}"', '') <> f.items)""".split()
    )


def flag_rewritten(differs: str) -> str:
    """A change of what was asked, of an answer that is there, or of a signature. ``differs``: the database's
    word for "is another value"."""
    return " ".join(
        f"""{_changed(_ASKED, differs)} OR OLD.answered_at IS NOT NULL AND {_changed(_ANSWER, differs)}
        OR OLD.signed_at IS NOT NULL AND {_changed(_SIGNED, differs)}""".split()
    )


def answered_by_nobody(true: str) -> str:
    """A request (``NEW``) that is answered, and by the word of no prescriber. ``true``: the database's word
    for it."""
    return " ".join(
        f"""NEW.answered_at IS NOT NULL AND ({blank("NEW.answer", true)} OR NOT EXISTS (
            SELECT 1 FROM staff w WHERE w.id = coalesce(NEW.told_by, NEW.answered_by)
                AND replace(w.roles, '"{Role.PRESCRIBER}"', '') <> w.roles))""".split()
    )


def now_answered_by_nobody(true: str) -> str:
    """The same where it was open so far (``OLD``). Who answered may prescribe no more when somebody signs."""
    return f"OLD.answered_at IS NULL AND {answered_by_nobody(true)}"


def _changed(columns: tuple[str, ...], differs: str) -> str:
    return "(" + " OR ".join(f'NEW."{one}" {differs} OLD."{one}"' for one in columns) + ")"
