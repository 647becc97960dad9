"""Why something is done: one of a short list, or a line of one's own."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.choice_list import Choice, ChoiceList
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.rows import Row


class ReasonPicker(QWidget):
    """``reasons`` are (code, words marked for translation), at most six; none where each has to be written.
    ``picked`` carries code and words.

    The words go on record as they are, and ``ui.wording.reason_worded`` translates them for whoever reads
    them: two desks may speak two languages. A line of one's own has the code "other". None stands chosen
    at first, unless ``begin``: a reason that nobody chose is none. ``changed`` comes with every other choice.
    """

    picked = Signal(str, str)
    changed = Signal()

    def __init__(
        self, reasons: Sequence[tuple[str, str]], parent: QWidget | None = None, *, begin: bool = False
    ) -> None:
        super().__init__(parent)
        self._texts = dict(reasons)
        choices = [Choice(code, Row(tr(text))) for code, text in reasons]
        self.list = ChoiceList(choices, tr("Reasons"), self, begin=begin)
        self.own = QLineEdit()
        self.own.setMaxLength(200)
        self._row = FieldRow(tr("Another reason") if reasons else tr("Reason"), self.own)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addWidget(self._row)
        self.list.setVisible(bool(reasons))
        self.setFocusProxy(self.list if reasons else self.own)
        self.list.picked.connect(self._listed)
        self.list.current_changed.connect(self.changed)
        self.own.returnPressed.connect(self._typed)
        self.own.textChanged.connect(self.changed)

    @property
    def current(self) -> tuple[str, str]:
        """What Enter or the dialog's button would take now; two empty texts when nothing."""
        own = self.own.text().strip()
        if own:
            return "other", own
        code = self.list.current
        return code, self._texts.get(code, "")

    def _listed(self, code: str) -> None:
        self.picked.emit(code, self._texts[code])

    def _typed(self) -> None:
        code, text = self.current
        if code:
            self.picked.emit(code, text)
