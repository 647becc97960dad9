"""Makes the scene of a page and hands it to whoever shows it: board, list, bar, and the panel beside."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.papers import day_sheet_stale
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.cell_walk import Cell, visit_at
from clinic_desktop.ui.board.counts import counts_of, to_repair
from clinic_desktop.ui.board.cover import NO_COVER, Cover, cover_of
from clinic_desktop.ui.board.day_glance import expected, wanting
from clinic_desktop.ui.board.day_ground import DayGround
from clinic_desktop.ui.board.day_list import Row
from clinic_desktop.ui.board.gone import SHOWN, cell_sentence
from clinic_desktop.ui.board.hover_words import HoverWords, hover_words
from clinic_desktop.ui.board.inspector import Inspector
from clinic_desktop.ui.board.page import Page
from clinic_desktop.ui.board.room_scene import rooms_scene, week_scene
from clinic_desktop.ui.board.scene import Scene, Subject, ViewKind, unread
from clinic_desktop.ui.board.shown import closed_why, day_words, spoken_days
from clinic_desktop.ui.board.staff_scene import staff_scene
from clinic_desktop.ui.board.steps import Now, Step, next_step
from clinic_desktop.ui.board.troubles import Trouble, late_of, troubles_of
from clinic_desktop.ui.board.turner import Turner
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.wording import worded

_SCENES: dict[ViewKind, Callable[[Subject, Sequence[Block]], Scene]] = {
    ViewKind.ROOMS: rooms_scene,
    ViewKind.STAFF: staff_scene,
    ViewKind.WEEK: week_scene,
    ViewKind.LIST: rooms_scene,  # the board behind the list stays ready
}


class Presenter(QObject):
    """Shows what was read; ``ended``: whether cancelled and missed visits are shown too."""

    def __init__(
        self,
        desk: Desk,
        turner: Turner,
        page: Page,
        inspector: Inspector,
        settings: SettingsStore | None = None,
    ) -> None:
        super().__init__(page)
        self._desk, self._turner, self._page, self._inspector = desk, turner, page, inspector
        self._settings = settings
        self.ended = settings is not None and settings.get(SHOWN)
        self.blocks: dict[int, Block] = {}  # by time
        self.troubled: list[int] = []  # visits that want somebody, the gravest first
        self._repairs = 0
        self._cover: Cover = NO_COVER
        self._grounds: dict[date, DayGround] = {}

    def show(self) -> bool:
        """Show the page as it was read; False when it is not here yet."""
        subject = self._subject()
        if subject is None:
            return False
        blocks = subject.blocks()
        self.blocks = {one.id: one for one in blocks}
        self._grounds.clear()
        self._cover = self._covered(subject)
        kind = self._turner.shown.kind
        self._page.board.set_scene(_SCENES[kind](subject, blocks), self._rooms())
        self._page.list.show_rows([Row(one, self.room_of(one)) for one in blocks])
        self._page.bar.views.set_current(kind)
        self._show_counts(blocks)
        if kind is ViewKind.LIST:
            self._page.show_list()
        else:
            self._page.show_board()
        self._show_empty(subject)
        self._show_glance(subject)
        return True

    def show_ended(self, shown: bool) -> None:
        """Show cancelled and missed visits, or leave them out; it stays so the next time."""
        self.ended = shown
        if self._settings is not None:
            self._settings.set(SHOWN, shown)

    def show_repairs(self, number: int) -> None:
        """How many visits of all days stand on the repair list."""
        self._repairs = number
        if self._turner.rows() is not None:
            self._show_counts(list(self.blocks.values()))

    def _show_counts(self, blocks: Sequence[Block]) -> None:
        self._page.bar.chips.set_counts([*counts_of(blocks, self._cover), *to_repair(self._repairs)])

    def show_blank(self) -> None:
        """The page while its visits are read: nothing is said of them, and nothing of the last page stays."""
        days, kind = self._turner.days, self._turner.shown.kind
        subject = Subject(self._desk.setup, (), days, self._desk.today(), instant_minute(self._desk.now()))
        self.blocks, self.troubled = {}, []
        self._page.empty.leave()
        self._page.bar.chips.set_counts(to_repair(self._repairs))
        self._page.board.set_scene(unread(_SCENES[kind](subject, ())), self._rooms())
        self._page.list.show_rows([])
        self._inspector.day.show_unread(spoken_days(days))

    def _subject(self) -> Subject | None:
        reads = self._turner.rows()
        if reads is None:
            return None
        rows = tuple(row for one in reads for row in one.visits)
        now = instant_minute(self._desk.now())
        return Subject(self._desk.setup, rows, self._turner.days, self._desk.today(), now, self.ended)

    def _covered(self, subject: Subject) -> Cover:
        visits = [row.visit for row in subject.rows]
        covers = [cover_of(subject.setup, day, visits, subject.now) for day in subject.days]
        if len(covers) == 1:
            return covers[0]
        return Cover(gaps=tuple(gap for one in covers for gap in one.gaps))

    def _rooms(self) -> dict[int | None, str]:
        return {one.id: one.name for one in self._desk.setup.rooms}

    def room_of(self, block: Block) -> str:
        """The name of a visit's room; empty for one without."""
        return self._rooms().get(block.room_id, "")

    def _show_empty(self, subject: Subject) -> None:
        kind, day = self._turner.shown.kind, subject.days[0]
        if self.blocks or kind in (ViewKind.WEEK, ViewKind.LIST):
            self._page.empty.leave()
            return
        why = closed_why(day, subject.setup)
        said = spoken_days(subject.days)
        title = tr("No visits on {day} yet") if why is None else tr("Closed on {day}")
        past = day < subject.today
        if past and why is None:
            title = tr("No visits on {day}")
        words = day_words(day, subject.setup)
        self._page.empty.show_words(title.format(day=said), words, can_book=why is None and not past)

    def _show_glance(self, subject: Subject) -> None:
        panel = self._inspector.day
        lines: list[str] = []
        stale: list[str] = []
        if len(subject.days) == 1:
            lines = [day_words(subject.days[0], subject.setup), *self._cover.lacking]
            stale = self._sheet(subject)
        panel.show_day(spoken_days(subject.days), "\n".join(lines), "\n".join(stale))
        todays = [one for one in self.blocks.values() if one.day == subject.today]
        troubled = wanting(list(self.blocks.values()), self._cover)
        self.troubled = [one.visit_id for one in troubled]
        panel.show_visits(troubled, expected(todays, subject.now_minute))

    def _sheet(self, subject: Subject) -> list[str]:
        """Where the day's own paper is not true any more; of a day that is over nobody looks at it."""
        reads = self._turner.rows() or ()
        stale = [
            day_sheet_stale(one.sheet, [row.visit for row in one.visits], self._desk.zone)
            for one in reads
            if one.sheet is not None and one.day >= subject.today
        ]
        return [worded(one) for one in stale if one is not None]

    # The panel beside.

    def now(self) -> Now:
        """The moment and the person, for what comes next."""
        may_record = may(self._desk.actor, Right.RECORD)
        return Now(self._desk.today(), self._desk.minute_now(), may_record)

    def step_of(self, block: Block) -> Step:
        return next_step(block, self.now())

    def show_selected(self, visit_id: int | None) -> None:
        """The panel of the visit in the hand, on whatever day; else of the selected one, or of the day."""
        carried = self._page.board.carrying.carried
        block = carried.block if carried is not None else None
        block = self.blocks.get(block.id if block else visit_id or 0, block)
        if block is None:
            self._inspector.show_day()
            return
        room = self.room_of(block)
        troubles = [*troubles_of(block, self._cover, room), *self._made_late(block)]
        today = self._desk.today()
        self._inspector.visit.show_visit(block, room, troubles, self.step_of(block), today)
        self._inspector.show_visit(block.id, block.version, self._desk.setup)

    def _made_late(self, block: Block) -> list[Trouble]:
        visit, reads = self.visit(block.id), self._turner.book.rows([block.day])
        if visit is None or reads is None:
            return []
        return late_of(visit, reads[0].visits, self._desk.setup)

    def show_cell(self, cell: Cell | None) -> None:
        """What the cursor stands on, in the day's panel."""
        scene = self._page.board.scene
        unknown = scene is None or not scene.read or self._page.lists
        if cell is None or scene is None or unknown or visit_at(scene, cell) >= 0:
            self._inspector.day.show_cell("")
            return
        self._inspector.day.show_cell(cell_sentence(scene, cell))

    def hover(self, visit_id: int) -> HoverWords | None:
        """What is said of a visit while the pointer rests on it."""
        block, visit = self.blocks.get(visit_id), self.visit(visit_id)
        if block is None or visit is None:
            return None
        return hover_words(block, visit, self.room_of(block), self._desk.setup)

    # For a move.

    def visit(self, visit_id: int) -> Visit | None:
        """The visit as it was read."""
        reads = self._turner.rows() or ()
        found = (row.visit for one in reads for row in one.visits if row.visit.id == visit_id)
        return next(found, None)

    def ground(self, day: date) -> DayGround | None:
        """A loaded day as the rules look at it; None while it is not here."""
        if day not in self._grounds:
            reads = self._turner.book.rows([day])
            if reads is None:
                return None
            now = instant_minute(self._desk.now())
            self._grounds[day] = DayGround(self._desk.setup, day, reads[0].visits, now)
        return self._grounds[day]
