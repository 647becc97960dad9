"""What guards ask of a text and of a field of JSON text, in the words of both databases."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What the two databases say differently: ``number`` reads a field of JSON text, ``pair`` both numbers of
    one that has two.

    SQLite lets no trigger use its JSON functions while the schema is not trusted, which it never is here. So
    it cuts the text, as :func:`clinic_desktop.storage.columns.to_json` writes it; a number ends where its
    digits do.
    """

    true: str
    number: str
    pair: tuple[str, str]


_CUT = """substr({column}, instr({column}, '"{field}": ') + length('"{field}": '))"""
_SECOND = f"substr({_CUT}, instr({_CUT}, ',') + 1)"
_JSON = "CAST(CAST({{column}} AS json) #>> '{{{{{{field}}{}}}}}' AS INTEGER)"
SQLITE = Words(
    "1",
    f"CAST({_CUT} AS INTEGER)",
    (f"CAST(substr({_CUT}, 2) AS INTEGER)", f"CAST({_SECOND} AS INTEGER)"),
)
POSTGRES = Words("true", _JSON.format(""), (_JSON.format(",0"), _JSON.format(",1")))

# What shows nothing: trim() by itself takes away only the first of them.
_SHOW_NOTHING = (32, *range(9, 14), 133, 160, 5760, *range(8192, 8204), 8232, 8233, 8239, 8287, 12288, 65279)
_BLANKS = {
    SQLITE.true: f"char({', '.join(map(str, _SHOW_NOTHING))})",
    POSTGRES.true: " || ".join(f"chr({one})" for one in _SHOW_NOTHING),
}


def blank(text: str, true: str) -> str:
    """A text that is there, and in which nobody reads anything. ``true``: the database's word for it."""
    return f"trim({text}, {_BLANKS[true]}) = ''"
