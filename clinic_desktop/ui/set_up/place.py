"""The Set-up place: its parts at the left, the part that is open at the right."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QComboBox, QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.scheduling.before_first import offered_modalities
from clinic_desktop.ui.backups.keeping import Keeping
from clinic_desktop.ui.backups.section import BackupsView
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.encryption.keys import PART as ENCRYPTION_PART
from clinic_desktop.ui.encryption.keys import ClinicKeys
from clinic_desktop.ui.encryption.section import COMMANDS as ENCRYPTING
from clinic_desktop.ui.encryption.section import EncryptionView
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.set_up.account_notes import AccountNotes
from clinic_desktop.ui.set_up.clinic import ClinicSubject
from clinic_desktop.ui.set_up.courses import CoursesSubject
from clinic_desktop.ui.set_up.fields import combo
from clinic_desktop.ui.set_up.going_home import GoingHomeSubject
from clinic_desktop.ui.set_up.hours import HoursSubject
from clinic_desktop.ui.set_up.parts_list import PartsList
from clinic_desktop.ui.set_up.policies import PoliciesEditor, PoliciesSubject
from clinic_desktop.ui.set_up.repairs import PROPOSE, SHOW_ON_BOARD, RepairView
from clinic_desktop.ui.set_up.rooms import RoomsSubject
from clinic_desktop.ui.set_up.section import SectionView
from clinic_desktop.ui.set_up.staff import StaffEditor, StaffSubject
from clinic_desktop.ui.set_up.subject import Subject
from clinic_desktop.ui.set_up.treatments import TreatmentsSubject
from clinic_desktop.ui.set_up.visit_types import VisitTypesSubject
from clinic_desktop.ui.several_pcs.section import SeveralView
from clinic_desktop.ui.several_pcs.work import PART as SEVERAL_PART
from clinic_desktop.ui.several_pcs.work import SEVERAL, SeveralPcs
from clinic_desktop.ui.sign_in.account_box import COMMANDS as OF_ACCOUNTS
from clinic_desktop.ui.sign_in.account_box import AccountBox
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Panel

ID = "set-up"
REPAIRS = "repairs"
BACKUPS_PART = "backups"  # its key works everywhere, and belongs to the window, as that of several PCs
NARROW = 900  # of the place itself: below it the parts are picked from a box above

_SAVE = Command("set-up.save", QT_TR_NOOP("Save"), ("Ctrl+S",), ID, icon="save", hint=QT_TR_NOOP("save"))
_ADD = Command("set-up.add", QT_TR_NOOP("Add"), ("Ctrl+N",), ID, icon="plus", hint=QT_TR_NOOP("add"))
_PUT_BACK = Command(
    "set-up.put-back",
    QT_TR_NOOP("Put back what was saved"),
    ("Ctrl+U",),
    ID,
    icon="undo",
    hint=QT_TR_NOOP("put back"),
)

_REMOVE = Command("set-up.remove", QT_TR_NOOP("Remove"), ("Ctrl+Shift+Del",), ID, icon="close")
_OF_FORMS = frozenset(one.id for one in (_SAVE, _ADD, _PUT_BACK, _REMOVE))


def _subjects(desk: Desk) -> tuple[Subject[Any], ...]:
    return (
        ClinicSubject(),
        HoursSubject(desk),
        RoomsSubject(),
        StaffSubject(desk),
        TreatmentsSubject(desk),
        VisitTypesSubject(),
        CoursesSubject(),
        GoingHomeSubject(),
        PoliciesSubject(),
    )


class _Layout(Panel):
    """List or box for the parts, and the open part."""

    def __init__(self, parts: PartsList, box: QComboBox, stack: QStackedWidget) -> None:
        super().__init__("surface")
        self._parts, self._stack = parts, stack
        self._top = Panel("canvas", ("bottom",))
        top = QVBoxLayout(self._top)
        top.setContentsMargins(12, 6, 12, 6)
        top.addWidget(box)
        for child in (self._top, parts, stack):
            child.setParent(self)
        self.narrow = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        self.narrow = self.width() < theme().px(NARROW)
        self._top.setVisible(self.narrow)
        self._parts.setVisible(not self.narrow)
        left = 0 if self.narrow else self._parts.width_wanted()
        top = self._top.sizeHint().height() if self.narrow else 0
        self._top.setGeometry(0, 0, self.width(), top)
        self._parts.setGeometry(0, 0, left, self.height())
        self._stack.setGeometry(left, top, self.width() - left, self.height() - top)
        for number in range(self._stack.count()):
            view = self._stack.widget(number)
            if isinstance(view, SectionView):
                view.list.set_narrow(self.narrow)


class _IntoPart(QObject):
    """Tab from the list or the box of the parts goes into the part that is open. It was made later than what
    stands around the place, so that by itself Tab would come to that first."""

    def __init__(self, parts: QWidget, box: QWidget, enter: Callable[[], object]) -> None:
        super().__init__(parts)
        self._enter = enter
        for one in (parts, box):
            one.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Tab and not event.modifiers():  # type: ignore[attr-defined]  # a key's
            self._enter()
            return QApplication.focusWidget() is not watched
        return super().eventFilter(watched, event)


class SetUpPlace(Place):
    """Made from a desk and the window; ``show_part`` shows a part by its id."""

    title = ""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        self.title = tr("Set-up")
        self._desk, self._frame = desk, frame
        self._subjects = _subjects(desk)
        self._views: dict[str, QWidget] = {}
        names = [(one.id, tr(one.title), one.icon) for one in self._subjects]
        names.append((REPAIRS, tr("Repair list"), "warning"))
        self._keeping = getattr(frame, "backups", None)
        if isinstance(self._keeping, Keeping):
            names.append((BACKUPS_PART, tr("Backups"), "database"))
        self._keys = getattr(frame, "clinic_keys", None)
        if isinstance(self._keys, ClinicKeys):
            names.append((ENCRYPTION_PART, tr("Encryption"), "lock"))
        self._several = getattr(frame, "several", None)
        if isinstance(self._several, SeveralPcs):
            names.append((SEVERAL_PART, tr(SEVERAL.text), SEVERAL.icon))
        self.parts = PartsList(names)
        self._box = combo([(part, words) for part, words, _ in names])
        self._box.setAccessibleName(tr("Part of the set-up"))
        self._stack = QStackedWidget()
        self._widget = _Layout(self.parts, self._box, self._stack)
        self._heading = label(self.title, TextRole.NAME)
        self.parts.chosen.connect(self.show_part)
        self.parts.opened.connect(self.focus_part)
        self._box.currentIndexChanged.connect(self._box_turned)
        self._into = _IntoPart(self.parts.view, self._box, self.focus_part)
        self._turn_to(self._subjects[0].id)

    @property
    def current(self) -> str:
        return self.parts.current

    def show_part(self, part: str) -> None:
        """Open a part; it is made when it is first shown."""
        self._turn_to(part)
        self._frame.renew_keys()

    def _turn_to(self, part: str) -> None:
        if part not in self._views:
            self._views[part] = self._make(part)
            self._stack.addWidget(self._views[part])
        view = self._views[part]
        self._stack.setCurrentWidget(view)
        self.parts.set_current(part)
        self._box.setCurrentIndex(self._box.findData(part))
        self._widget.arrange()
        if isinstance(view, RepairView | BackupsView | EncryptionView | SeveralView):
            view.read()

    def _make(self, part: str) -> QWidget:
        if part == REPAIRS:
            return RepairView(self._desk, self._frame)
        if part == BACKUPS_PART and isinstance(self._keeping, Keeping):
            return BackupsView(self._keeping)
        if part == ENCRYPTION_PART and isinstance(self._keys, ClinicKeys):
            return EncryptionView(self._keys)
        if part == SEVERAL_PART and isinstance(self._several, SeveralPcs):
            return SeveralView(self._several)
        subject = next(one for one in self._subjects if one.id == part)
        view = SectionView(self._desk, self._frame, subject)
        if isinstance(view.editor, StaffEditor):
            view.editor.account.said.connect(self._frame.say)
        if isinstance(subject, StaffSubject):
            notes = AccountNotes(view, self._desk)
            subject.note = notes.note
            notes.changed.connect(view.show_rows)
        return view

    def shown(self) -> QWidget | None:
        """The view of the part that is open."""
        return self._stack.currentWidget()

    def section(self, part: str) -> SectionView[Any]:
        """The view of a part with a form, opened if it was not yet."""
        self.show_part(part)
        view = self._views[part]
        if not isinstance(view, SectionView):
            raise TypeError(part)
        return view

    def _box_turned(self) -> None:
        part = str(self._box.currentData() or "")
        if part and part != self.current:
            self.show_part(part)

    def _open_view(self) -> SectionView[Any] | None:
        view = self._stack.currentWidget()
        return view if isinstance(view, SectionView) else None

    def focus_part(self) -> None:
        """From the parts into the part that is open."""
        view = self._stack.currentWidget()
        if isinstance(view, SectionView | EncryptionView | BackupsView):
            view.take_focus()
        elif view is not None:
            view.setFocus()

    # What the window asks

    def widget(self) -> QWidget:
        return self._widget

    def activated(self) -> None:
        view = self._stack.currentWidget()
        if isinstance(view, RepairView | BackupsView | EncryptionView | SeveralView):
            view.read()

    def commands(self) -> Sequence[Bound]:
        parts = [
            Bound(
                Command(f"set-up.part.{part}", words, (f"Ctrl+{number % 10}",), ID, icon=icon, opens=True),
                partial(self.open_part, part),
            )
            for number, (part, words, icon) in enumerate(self._part_words(), start=1)
        ]
        return [
            Bound(_SAVE, self._run(SectionView.save)),
            Bound(_ADD, self._run(SectionView.add)),
            Bound(_PUT_BACK, self._run(SectionView.put_back)),
            Bound(_REMOVE, self._run(SectionView.remove)),
            Bound(SHOW_ON_BOARD, self._repairs(RepairView.show_on_board), self._has_visit),
            Bound(PROPOSE, self._repairs(RepairView.repair_day), self._has_visit),
            *(Bound(one, partial(self._do, one), partial(self._offers, one)) for one in ENCRYPTING),
            *(
                Bound(
                    one,
                    partial(self._do, one),
                    partial(self._offers, one),
                    otherwise=partial(self._say_why_not, one),
                )
                for one in OF_ACCOUNTS
            ),
            *parts,
        ]

    def _doer(self, command: Command) -> EncryptionView | AccountBox | None:
        """The part of the open view that a command belongs to."""
        view = self._stack.currentWidget()
        if command in ENCRYPTING:
            return view if isinstance(view, EncryptionView) else None
        editor = view.editor if isinstance(view, SectionView) else None
        return editor.account if isinstance(editor, StaffEditor) else None

    def _offers(self, command: Command) -> bool:
        doer = self._doer(command)
        return doer is not None and doer.offers(command)

    def _say_why_not(self, command: Command) -> None:
        doer = self._doer(command)
        why = doer.why_not(command) if isinstance(doer, AccountBox) else ""
        if why:
            self._frame.notice(tr(command.text), why)
        else:
            self._frame.commands.impossible.emit(command)

    def _do(self, command: Command) -> None:
        if (doer := self._doer(command)) is not None:
            doer.do(command)

    def names_key(self, command_id: str) -> bool:
        """Not those of a form where the part that is open has none."""
        return self._open_view() is not None or command_id not in _OF_FORMS

    def _part_words(self) -> list[tuple[str, str, str]]:
        words = [(one.id, one.title, one.icon) for one in self._subjects]
        return [*words, (REPAIRS, QT_TR_NOOP("Repair list"), "warning")]

    def open_part(self, part: str) -> None:
        """Open a part, and go to what is in it."""
        self.show_part(part)
        self.focus_part()

    def open_limits(self) -> None:
        """To the first pressure limits that a treatment of this clinic still waits for."""
        self.open_part("policies")
        codes = [one.code for one in offered_modalities(self._desk.setup)]
        view = self.section("policies")
        editor = view.editor
        field = editor.limits.first_unset(codes) if isinstance(editor, PoliciesEditor) else None
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)

    def _has_visit(self) -> bool:
        view = self._stack.currentWidget()
        return isinstance(view, RepairView) and view.list.current_visit is not None

    def _repairs(self, action: Callable[[RepairView], None]) -> Callable[[], None]:
        def run() -> None:
            view = self._stack.currentWidget()
            if isinstance(view, RepairView):
                action(view)

        return run

    def _run(self, action: Callable[[SectionView[Any]], None]) -> Callable[[], None]:
        def run() -> None:
            view = self._open_view()
            if view is not None:
                action(view)

        return run

    def top_bar_widget(self) -> QWidget | None:
        return self._heading

    def panes(self) -> Sequence[QWidget]:
        return (self.parts, self._stack)

    def focus_work(self) -> None:
        if self._widget.narrow:
            self._box.setFocus()  # into a form, what is typed next would be in it
        else:
            self.parts.setFocus()

    def forget(self) -> None:
        """As it opens first: no part, no row, nothing typed stays of whoever was here before."""
        for view in self._views.values():
            if isinstance(view, SectionView):
                view.forget()
        self._turn_to(self._subjects[0].id)

    def escape(self) -> bool:
        view = self._open_view()
        if view is not None and view.escape():
            return True
        if self.parts.isVisible() and not self.parts.hasFocus():
            self.parts.setFocus()
            return True
        return False


def set_up_spec(desk: Desk, key: str = "Alt+9") -> PlaceSpec:
    """The place for the rail."""
    return PlaceSpec(ID, QT_TR_NOOP("Set-up"), "setup", key, partial(SetUpPlace, desk), at_bottom=True)
