"""Reads the project's own text for the rules that are proved on it."""

import ast
import gc
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "clinic_desktop"
OWN_FOLDERS = ("clinic_desktop", "setup_tools", "benchmarks", "tests", "docs", "resources", ".ci")
TEXT = {".py", ".md", ".toml", ".lock", ".txt", ".json", ".ts", ".qss", ".svg", ".csv", ".cfg", ".ini", ""}


def python_files(*folders: str, saying: tuple[str, ...] = ()) -> list[Path]:
    """All Python files under the named folders of the project (files may be named too).

    ``saying``: only those in whose text one of these stands: reading all the others as Python takes seconds.
    """
    places = [PROJECT / folder for folder in folders]
    nested = [sorted(place.rglob("*.py")) if place.is_dir() else [place] for place in places]
    found = [path for group in nested for path in group]
    return [path for path in found if any(word in source(path) for word in saying)] if saying else found


@cache
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def text_files() -> list[Path]:
    """Every file of ours that holds text: what a clone would bring."""
    nested = [p for folder in OWN_FOLDERS for p in (PROJECT / folder).rglob("*")]
    ours = [*PROJECT.iterdir(), *nested]
    return [p for p in ours if p.is_file() and p.suffix in TEXT and "__pycache__" not in p.parts]


@cache
def tree(path: Path) -> ast.Module:
    """A million objects in all, which stay to the end: no collection need look through them."""
    gc.disable()
    try:
        return ast.parse(source(path), str(path))
    finally:
        gc.freeze()
        gc.enable()


@cache
def calls(path: Path) -> tuple[ast.Call, ...]:
    return tuple(node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def dotted(node: ast.expr) -> str:
    """datetime.now as text; empty for what is not a plain chain of names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (front := dotted(node.value)):
        return f"{front}.{node.attr}"
    return ""


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Line number and text of each comment (strings that look like comments are not comments)."""
    lines = io.StringIO(source(path))
    for token in tokenize.generate_tokens(lines.readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(PROJECT)}:{line}"


_SILENCER = re.compile(r"#\s*(noqa|type:\s*ignore)(:?\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[\w, -]+\])?")


def silenced_without_reason(path: Path) -> list[int]:
    """Lines that silence a finding with no words beside them: on the line, or in a comment right above."""
    said = dict(comments(path))
    bare = {line for line, text in said.items() if _SILENCER.search(text) and not has_words(text)}
    return [line for line in sorted(bare) if not _explained_above(line, said, bare)]


def _explained_above(line: int, said: dict[int, str], bare: set[int]) -> bool:
    while line in bare:
        line -= 1
    return has_words(said.get(line, ""))


def has_words(comment: str) -> bool:
    """Whether a comment says anything beyond the codes that it silences."""
    return bool(re.search(r"[A-Za-z]{3,}", _SILENCER.sub("", comment)))
