"""Every text of a clinic in every language it has: what is handed out, and its other versions."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.aftercare.parse import read_head, shipped_texts
from clinic_desktop.aftercare.problems import TextRefused
from clinic_desktop.aftercare.sheet_text import ENGLISH, SheetText, TextStatus
from clinic_desktop.aftercare.texts import in_force, kinds_in_use, shipped_text
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.scheduling.ports import ScheduleRecords

Name = tuple[str, str]
"""Kind and language."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text. versions: the newest first, also the program's own before it is on record (its id is 0).

    used: whether a visit type of this clinic hands out its kind. in_force: what is handed out today.
    """

    kind: str
    language: str
    used: bool
    in_force: SheetText | None
    versions: tuple[SheetText, ...]

    @property
    def title(self) -> str:
        """Of the newest version whose head can be read."""
        for one in self.versions:
            try:
                return read_head(one.source, "text").title
            except TextRefused:
                continue
        return self.kind

    @property
    def draft(self) -> SheetText | None:
        """The clinic's own draft that is written on."""
        return next((one for one in self.versions if is_own_draft(one)), None)

    @property
    def asked(self) -> SheetText | None:
        """What lies before the prescribers."""
        return next((one for one in self.versions if one.status is TextStatus.ASKED), None)

    @property
    def brought(self) -> SheetText | None:
        """Newer words of the program than those in force, on which nobody has decided yet."""
        return next((one for one in self.versions if one.shipped and one.status is TextStatus.DRAFT), None)

    def to_come(self, today: date) -> SheetText | None:
        """What is approved already, for a day that is not there yet."""
        return next(
            (
                one
                for one in self.versions
                if one.status is TextStatus.APPROVED and one.effective_from and one.effective_from > today
            ),
            None,
        )


def is_own_draft(text: SheetText) -> bool:
    """Whether it can still be written on."""
    return text.status is TextStatus.DRAFT and not text.shipped


def can_be_asked(text: SheetText) -> bool:
    """Whether its approval can be asked for as it stands: a draft of the clinic's, or a translation that
    comes with the program. Its English words wait before the prescribers by themselves."""
    return text.status is TextStatus.DRAFT and (not text.shipped or text.language != ENGLISH)


def texts_here(records: ScheduleRecords, now: datetime) -> list[TextLine]:
    """Those that this clinic uses first, each kind with English before its translations."""
    setup = records.setup()
    today, used = local_day(now, setup.clinic.zone), kinds_in_use(setup)
    found: defaultdict[Name, list[SheetText]] = defaultdict(list)
    for one in records.find(SheetText):
        found[one.kind, one.language].append(one)
    for path in shipped_texts():
        own = shipped_text(records, path.stem, path.parent.name)
        if not own.id:
            found[own.kind, own.language].append(own)
    order = {kind: number for number, kind in enumerate(used)}

    def place(name: Name) -> tuple[int, str, bool, str]:
        return order.get(name[0], len(order)), name[0], name[1] != ENGLISH, name[1]

    return [_line(name, found[name], today, used=name[0] in order) for name in sorted(found, key=place)]


def _line(name: Name, versions: list[SheetText], today: date, *, used: bool) -> TextLine:
    newest_first = tuple(sorted(versions, key=lambda one: -one.number))
    return TextLine(*name, used, in_force(versions, today), newest_first)
