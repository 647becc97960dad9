"""Of papers in patients' hands, as SQL for both databases: words that were used stay as they were, a sheet
says what it said, and only words that may be handed out are on a sheet, whatever program writes.

``differs`` is the database's word for "is another value", of which nothing and nothing are the same.
"""

from collections.abc import Callable, Iterable

from clinic_desktop.aftercare.sheet_text import ENGLISH, TextStatus
from clinic_desktop.aftercare.values import SheetKind
from clinic_desktop.treatment.printed import PrintState

NOT_HANDED_OUT = "text not handed out"
WORDS_STAY = "words stay"

_TEXT_IS = ("kind", "language", "number", "shipped")
_WORDS = ("source", "changed", "written_by", "written_at")
_DECISION = ("decided_by", "decided_name", "decided_at", "effective_from")
_SHEET_SAYS = (
    "visit_id",
    "kind",
    "language",
    "text_id",
    "escort_text_id",
    "template_version",
    "draft",
    "facts",
    "made_at",
    "made_by",
    "made_name",
    "copy_number",
)
_PREPARATION_SAYS = tuple(one for one in _SHEET_SAYS if one not in ("escort_text_id", "template_version"))
_PAPER_SAYS = ("day", "named", "text_id", "facts", "made_at", "made_by")  # whose it is, a merge may change
_SENT = ("sheet_id", "preparation_id", "visit_id", "what", "pages", "copies", "printer", "at", "by")


def _changed(columns: Iterable[str], differs: str) -> str:
    return "(" + " OR ".join(f'NEW."{one}" {differs} OLD."{one}"' for one in columns) + ")"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def not_handed_out() -> str:
    """A new sheet whose text is not approved: only English of the program is handed out as a draft."""
    page = _no_such_text("NEW.escort_text_id", f"t.kind = '{SheetKind.ESCORT}'")
    return f"{no_preparation()} OR NEW.escort_text_id IS NOT NULL AND {page}"


def no_preparation() -> str:
    """The same of what is read before a visit."""
    return _no_such_text("NEW.text_id", "t.kind = NEW.kind AND t.language = NEW.language")


def no_card() -> str:
    """The same of a course card, which is on record once it is out: its words may be withdrawn by then."""
    card = f"t.kind = '{SheetKind.COURSE_CARD}'"
    withdrawn = f"t.id = NEW.text_id AND {card} AND t.status = '{TextStatus.WITHDRAWN}'"
    was_approved = f"EXISTS (SELECT 1 FROM sheet_text t WHERE {withdrawn})"
    return f"NEW.text_id IS NOT NULL AND {_no_such_text('NEW.text_id', card)} AND NOT {was_approved}"


def _no_such_text(text_id: str, what: str) -> str:
    may_go = f"(t.status = '{TextStatus.APPROVED}' OR t.language = '{ENGLISH}' AND t.shipped <> '')"
    return f"NOT EXISTS (SELECT 1 FROM sheet_text t WHERE t.id = {text_id} AND {what} AND {may_go})"


def _text_rewritten(differs: str) -> str:
    """A text is written on while it is the clinic's own draft; what was decided is only ever withdrawn."""
    return _one_line(f"""{_changed(_TEXT_IS, differs)}
        OR (OLD.status <> '{TextStatus.DRAFT}' OR OLD.shipped <> '') AND {_changed(_WORDS, differs)}
        OR OLD.status IN ('{TextStatus.REFUSED}', '{TextStatus.WITHDRAWN}')
        OR OLD.status = '{TextStatus.APPROVED}' AND (NEW.status <> '{TextStatus.WITHDRAWN}'
            OR {_changed(_DECISION, differs)})""")


def no_own_draft() -> str:
    """A text (``OLD``) that is not deleted: all but a draft that the clinic writes on."""
    return f"OLD.status <> '{TextStatus.DRAFT}' OR OLD.shipped <> ''"


def _sheet_rewritten(differs: str) -> str:
    return _changed(_SHEET_SAYS, differs)


def _print_rewritten(differs: str) -> str:
    """What became of a job is said once, and so is its number."""
    renumbered = f"OLD.job IS NOT NULL AND {_changed(('job',), differs)}"
    return f"OLD.state <> '{PrintState.SENT}' OR {renumbered} OR {_changed(_SENT, differs)}"


# Table -> the change of a row that is refused, given the database's ``differs``.
REWRITTEN: dict[str, Callable[[str], str]] = {
    "sheet_text": _text_rewritten,
    "sheet": _sheet_rewritten,
    "preparation": lambda differs: _changed(_PREPARATION_SAYS, differs),
    "paper": lambda differs: _changed(_PAPER_SAYS, differs),
    "sheet_print": _print_rewritten,
}
