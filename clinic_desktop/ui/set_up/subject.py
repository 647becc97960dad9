"""What a part of the set-up is about: its rows, its values, and what saving one of them writes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from clinic_desktop.foundation.both_changed import Joined, joined
from clinic_desktop.foundation.rulebook import Problems
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.set_up import Edit, Saved, problems, proposed
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.widgets.rows import Row

V = TypeVar("V")

NEW = "new"  # the key of a value that is not saved yet
ONLY = "only"  # the key where there is one value and no list


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list; ``key`` is the record's id as text."""

    key: str
    row: Row


class Subject(Generic[V]):
    """One part of the set-up. Texts are marked with QT_TR_NOOP.

    add: what its button says, empty where nothing can be added; new: the name of a new row.
    """

    id = ""
    title = ""
    icon = "setup"
    lead = ""
    add = ""
    new = ""
    has_list = True
    parts: tuple[str, ...] = ()  # of a value, whose own fields two desks may change at once

    def rows(self, setup: Setup) -> Sequence[Entry]:  # noqa: ARG002 - for those with a list
        return ()

    def value(self, setup: Setup, key: str) -> V:
        """The value as it is saved; KeyError when it is gone."""
        raise NotImplementedError

    def fresh(self, setup: Setup) -> V:
        """A new value with good defaults."""
        raise NotImplementedError

    def edit(self, setup: Setup, before: V | None, value: V) -> Edit:
        """What saving writes; ``before`` is None for a new one."""
        raise NotImplementedError

    def problems(self, setup: Setup, before: V | None, value: V) -> Problems:
        """Field -> what to do, for the form."""
        edit = self.edit(setup, before, value)
        return problems(edit, proposed(setup, edit))

    def name(self, value: V) -> str:
        """What the status bar calls it: "Infusion 1"."""
        raise NotImplementedError

    def typed_on(self, sent: V, typed: V, saved: V) -> V:  # noqa: ARG002 - for values of several records
        """What was typed while ``sent`` was saved, on top of what stands now."""
        return on_top(typed, saved)

    def joined(self, base: V, typed: V, now: V) -> Joined[V]:
        """What was typed on ``base``, and what another desk made of that meanwhile, brought together."""
        kept = ("id", "version", *(f"{part}.{one}" for part in self.parts for one in ("id", "version")))
        return joined(base, typed, now, keeps=kept, into=self.parts)

    def record(self, value: V) -> object | None:
        """The record with a version that stands for a value; None where it is several, or a part of one."""
        return value if hasattr(value, "version") else None

    def key_after(self, key: str, saved: Saved) -> str:
        """The row to stand on after saving."""
        record = saved.records[0] if saved.records else None
        return key if record is None or key == ONLY else str(record.id)

    def removal(self, before: V) -> Edit | None:  # noqa: ARG002 - most are only taken out of use
        """What taking it away writes; None where it cannot be taken away."""
        return None

    def removal_with(self, setup: Setup, before: V) -> tuple[str, Edit] | None:  # noqa: ARG002 - closures repeat
        """What could be taken away together with it, in words and as written; None where nothing could."""
        return None

    def kind(self, key: str) -> str:  # noqa: ARG002 - for those with several
        """Which of its editors a row needs."""
        return ""

    def editor(self, desk: Desk, kind: str) -> Editor[Any]:
        """The editor for a kind of row."""
        raise NotImplementedError


def on_top(typed: V, saved: V) -> V:
    """A record as it is typed, to be written over the one that stands; other values stand alone."""
    versioned = {name: getattr(saved, name) for name in ("id", "version") if hasattr(saved, name)}
    return replace(typed, **versioned) if versioned else typed  # type: ignore[type-var]  # records are dataclasses
