"""The one calm message about a bug: what it means, and details to copy. The program goes on."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.failure import FailureReport
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.button import Kind


class FailureWindow(Dialog):
    """Shown once; later failures add their details to it while it is open."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            tr("The program could not finish that"),
            tr(
                "The fault is in the program. Look whether your last change is there before you repeat it; "
                "everything else goes on. The details hold no patient data: copy them for whoever looks "
                "after this program."
            ),
            "warning",
        )
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(tr("Details"))
        self.details.setFixedHeight(theme().px(120))
        self.body.addWidget(self.details)
        self.copy = self.add_button(tr("Copy details"))
        self.copy.fired.connect(self._copy)
        leave = self.add_button(tr("Go on"), Kind.PRIMARY, key="Escape")
        leave.fired.connect(self.reject)
        leave.setFocus()

    def add(self, report: FailureReport) -> None:
        """Add a failure's details."""
        self.details.appendPlainText(f"#{report.count}\n{report.detail}\n")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())


class FailureDesk:
    """Shows reports in one non-modal window over ``parent``; hand ``show`` to the FailureHandler."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._window: FailureWindow | None = None

    @property
    def window(self) -> FailureWindow | None:
        return self._window

    def show(self, report: FailureReport) -> None:
        if self._window is None:
            self._window = FailureWindow(self._parent)
            self._window.finished.connect(self._closed)
            self._window.show()
        self._window.add(report)

    def _closed(self) -> None:
        self._window = None
