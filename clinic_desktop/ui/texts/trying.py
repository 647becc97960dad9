"""Tries the words off the GUI thread while they are typed: soon after a key, and only the newest of them."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desktop.aftercare.sample_facts import Sample
from clinic_desktop.aftercare.text_trial import Length, Trial, length_of, try_text
from clinic_desktop.foundation.document import PageSize
from clinic_desktop.ui.decisions.answering import renderer
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import LatestReader

SOON_MS = 10  # after a key: its letter is painted first, and a quick next one is taken along
LATE_MS = 60  # after the first of many quick keys: the page follows while somebody writes
REST_MS = 700  # after the last key: the longest sheet is set too, in both sizes


class Trying(QObject):
    """``tried`` carries what was found, ``measured`` how long the longest sheet is."""

    tried = Signal(object)  # Trial
    measured = Signal(object)  # Length

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._source, self._sample = desk, "", Sample.USUAL
        self._newest: Trial | None = None
        self._trials: LatestReader[Trial] = LatestReader(self, self._came)
        self._lengths: LatestReader[Length] = LatestReader(self, self.measured.emit)
        self._soon, self._late, self._rest = QTimer(self), QTimer(self), QTimer(self)
        for timer, wait, then in (
            (self._soon, SOON_MS, self._try),
            (self._late, LATE_MS, self._try),
            (self._rest, REST_MS, self._measure),
        ):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(then)

    @property
    def busy(self) -> bool:
        """Whether anything is still to come of what was typed."""
        waiting = self._soon.isActive() or self._late.isActive() or self._rest.isActive()
        return waiting or self._trials.busy or self._lengths.busy

    def take(self, source: str, sample: Sample, *, at_once: bool = False) -> None:
        """These are the words now."""
        self._source, self._sample = source, sample
        self._rest.start()
        if at_once:
            self._try()
            return
        self._soon.start()
        if not self._late.isActive():
            self._late.start()

    def stop(self) -> None:
        """Nobody looks any more."""
        for timer in (self._soon, self._late, self._rest):
            timer.stop()
        self._trials.cancel()
        self._lengths.cancel()

    def _page_size(self) -> PageSize:
        return PageSize(self._desk.setup.policies.sheet_page)

    def _try(self) -> None:
        self._soon.stop()
        self._late.stop()
        work = partial(try_text, self._source, self._page_size(), self._sample, renderer(self._desk))
        self._trials.read(work)

    def _came(self, trial: Trial) -> None:
        self._newest = trial
        self.tried.emit(trial)

    def _measure(self) -> None:
        if self._trials.busy:
            self._rest.start()
            return
        trial = self._newest
        if trial is not None and trial.pages is not None and trial.template is not None:
            self._lengths.read(partial(length_of, trial.template, self._page_size(), renderer(self._desk)))
