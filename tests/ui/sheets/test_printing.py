"""Printing: through CUPS as it is and followed to its end, painted where there is none, or saved."""

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from clinic_desktop.foundation.errors import EnvironmentFailure, NotPrinted
from clinic_desktop.ui import cups, ipp, printers
from clinic_desktop.ui.ipp import Job, JobState
from clinic_desktop.ui.paint_pages import paint_pages
from tests.ui.sheets import private_cups


class Pauses:
    """Counts the waiting instead of doing it, unless a printer is really waited for."""

    def __init__(self, real: float = 0.0) -> None:
        self.count, self._real = 0, real
        self._never = threading.Event()

    def __call__(self, _seconds: float) -> None:
        self.count += 1
        self._never.wait(self._real)


# With a print server of our own.


def test_the_printer_gets_the_pdf_as_it_is(cups_server: str, paper: private_cups.Paper, pages: bytes) -> None:
    private_cups.add_queue(cups_server, "front", paper.port)
    assert cups.print_pdf("front", pages, "Aftercare", "Letter", Pauses(0.05)) is True
    assert paper.jobs[-1] == pages


def test_one_call_finds_the_printer_and_says_its_name(
    cups_server: str, paper: private_cups.Paper, pages: bytes
) -> None:
    private_cups.add_queue(cups_server, "desk", paper.port)
    subprocess.run(["lpadmin", "-h", cups_server, "-d", "desk"], check=True, capture_output=True)
    done = printers.print_pages(pages, "Aftercare", "sheet-1-1")
    assert (done.printer, done.file, done.sure) == ("desk", None, True)
    assert done.words == "Printed on desk."
    assert len(paper.jobs) == 1


def test_a_printer_that_is_not_there_is_told_and_the_job_is_taken_back(
    cups_server: str, pages: bytes
) -> None:
    # Nobody listens there, and nobody else is given the port: another's printer would get the job.
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        private_cups.add_queue(cups_server, "lost", closed.getsockname()[1])
        with pytest.raises(EnvironmentFailure, match="lost has not printed"):
            cups.print_pdf("lost", pages, "Aftercare", pause=Pauses(0.001))
    waiting = subprocess.run(["lpstat", "-o", "lost"], capture_output=True, text=True, check=True)
    assert waiting.stdout == ""


def test_a_queue_that_does_not_exist_is_told(cups_server: str, pages: bytes) -> None:
    with pytest.raises(EnvironmentFailure, match="nobody did not print"):
        cups.print_pdf("nobody", pages, "Aftercare")


def test_no_file_of_ours_holds_the_page_meanwhile(
    cups_server: str, paper: private_cups.Paper, pages: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    private_cups.add_queue(cups_server, "front", paper.port)
    cups.print_pdf("front", pages, "Aftercare", pause=Pauses(0.05))
    assert list(tmp_path.iterdir()) == []


# How a job's way is told, whatever the printer does.


class Told(list[Job]):
    """What the print server will answer, one after the other; the last one again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.commands: list[list[str]] = []

    def ask(self, _server: str, number: int) -> Job:
        assert number == 7
        return self.pop(0) if len(self) > 1 else self[0]

    def run(self, command: list[str], _data: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        self.commands.append(command)
        return subprocess.CompletedProcess(command, 0, b"request id is front-desk-7 (0 file(s))\n")


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Told:
    told = Told()
    monkeypatch.setattr(cups, "ask_job", told.ask)
    monkeypatch.setattr(cups, "ask_printer", lambda *_: None)
    monkeypatch.setattr(cups, "_run", told.run)
    return told


def test_it_waits_until_the_last_page_is_out(jobs: Told) -> None:
    jobs += [
        Job(JobState.PENDING),
        Job(JobState.PROCESSING),
        Job(JobState.PROCESSING),
        Job(JobState.COMPLETED),
    ]
    pause = Pauses()
    assert cups.print_pdf("front-desk", b"%PDF", "Aftercare", pause=pause)
    assert pause.count == 3


@pytest.mark.parametrize("state", [JobState.ABORTED, JobState.CANCELED])
def test_a_job_that_was_given_up_is_told(jobs: Told, state: JobState) -> None:
    jobs += [Job(JobState.PROCESSING), Job(state)]
    with pytest.raises(EnvironmentFailure, match="front-desk did not print"):
        cups.print_pdf("front-desk", b"%PDF", "Aftercare", pause=Pauses())


@pytest.mark.parametrize(
    ("job", "words", "why"),
    [
        (Job(JobState.PROCESSING, ("media-empty-error",)), "out of paper", "out of paper"),
        (Job(JobState.PROCESSING, ("job-printing", "media-jam-warning")), "jammed", "paper is jammed"),
        (Job(JobState.STOPPED), "paused", "paused"),
        (Job(JobState.PENDING, ("offline-report",)), "switched off", "switched off or not connected"),
        (
            Job(JobState.PROCESSING, ("spool-area-full",)),
            "has not printed",
            "nothing printed within a minute",
        ),
    ],
)
def test_what_the_printer_lacks_is_told_in_words(jobs: Told, job: Job, words: str, why: str) -> None:
    jobs.append(job)
    pause = Pauses()
    with pytest.raises(NotPrinted, match=words) as failed:
        cups.print_pdf("front-desk", b"%PDF", "Aftercare", pause=pause)
    assert failed.value.why == why
    known = words != "has not printed"
    assert pause.count == pytest.approx(
        (cups.TROUBLE_PATIENCE if known else cups.PATIENCE) / cups.EVERY, abs=2
    )
    assert jobs.commands[-1] == ["cancel", "front-desk-7"]


def test_paper_that_is_added_in_time_is_no_trouble(jobs: Told) -> None:
    jobs += [Job(JobState.PROCESSING, ("media-empty",)), Job(JobState.PROCESSING), Job(JobState.COMPLETED)]
    assert cups.print_pdf("front-desk", b"%PDF", "Aftercare", pause=Pauses())


def test_a_server_that_tells_nothing_is_not_taken_for_paper(
    jobs: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deaf(_server: str, _number: int) -> Job:
        raise OSError

    monkeypatch.setattr(cups, "ask_job", deaf)
    assert cups.print_pdf("front-desk", b"%PDF", "Aftercare", pause=Pauses()) is False
    assert printers.Printed("front-desk", sure=False).words == "Sent to front-desk. Look whether it came out."


# The protocol, against a server that answers what it is told to.


class _Answering(BaseHTTPRequestHandler):
    answer = b""
    status = 200

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def answering() -> Iterator[tuple[str, type[_Answering]]]:
    handler = type("Handler", (_Answering,), {})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"127.0.0.1:{server.server_port}", handler
    server.shutdown()
    thread.join()
    server.server_close()


def answer(*attributes: tuple[int, bytes, bytes]) -> bytes:
    body = b"\x02\x00\x00\x00\x00\x00\x00\x01\x02"
    for tag, name, value in attributes:
        body += bytes([tag]) + len(name).to_bytes(2) + name + len(value).to_bytes(2) + value
    return body + b"\x03"


def test_state_reasons_and_words_are_read(answering: tuple[str, type[_Answering]]) -> None:
    address, handler = answering
    handler.answer = answer(
        (0x23, b"job-state", (6).to_bytes(4)),
        (0x44, b"job-state-reasons", b"printer-stopped"),
        (0x41, b"job-printer-state-message", "Bitte Papier nachlegen – Fach 2".encode()),
        (0x44, b"job-printer-state-reasons", b"media-empty-error"),
        (0x44, b"", b"none"),
        (0x44, b"", b"media-needed"),
    )
    job = ipp.ask_job(address, 7)
    assert job == Job(
        JobState.STOPPED,
        ("printer-stopped", "media-empty-error", "media-needed"),
        "Bitte Papier nachlegen – Fach 2",
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Not here</html>",
        answer((0x44, b"job-state-reasons", b"none")),
        answer((0x23, b"job-state", (9).to_bytes(4)))[:-4],
        answer((0x23, b"job-state", b"\x09")),
        answer((0x23, b"job-state", (77).to_bytes(4))),
    ],
)
def test_an_answer_that_is_none_is_refused(answering: tuple[str, type[_Answering]], body: bytes) -> None:
    address, handler = answering
    handler.answer = body
    with pytest.raises(ValueError, match=r".+"):
        ipp.ask_job(address, 7)


def test_a_server_that_refuses_is_no_answer(answering: tuple[str, type[_Answering]]) -> None:
    address, handler = answering
    handler.status = 403
    with pytest.raises(ValueError, match="403"):
        ipp.ask_job(address, 7)


def test_a_door_that_is_closed_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r".+"):
        ipp.ask_job(str(tmp_path / "cups.sock"), 7)


def test_the_server_may_have_a_door_on_this_computer(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        body = answer((0x23, b"job-state", (9).to_bytes(4)))

        def serve() -> None:
            line, _ = door.accept()
            with line, line.makefile("rb") as asked:
                head = list(iter(asked.readline, b"\r\n"))
                length = next(
                    int(one.split()[1]) for one in head if one.lower().startswith(b"content-length")
                )
                asked.read(length)
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

        thread = threading.Thread(target=serve)
        thread.start()
        assert ipp.ask_job(path, 7).state is JobState.COMPLETED
        thread.join()


# Without CUPS.


@pytest.fixture
def no_cups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cups, "queue", str)


def test_painted_pages_are_as_large_as_the_paper_and_dark_where_the_words_are(
    qapp: object, pages: bytes, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "painted.pdf"))
    paint_pages(printer, pages, "Aftercare")
    with pypdfium2.PdfDocument(tmp_path / "painted.pdf") as painted, pypdfium2.PdfDocument(pages) as original:
        assert len(painted) == len(original) == 2
        for ours, theirs in zip(painted, original, strict=True):
            assert ours.get_size() == pytest.approx(theirs.get_size(), abs=1.0)
            ink = [_ink(page.render(scale=2).to_pil().convert("L")) for page in (ours, theirs)]
            assert ink[0] == pytest.approx(ink[1], rel=0.1)


def _ink(picture: object) -> float:
    """The share of black."""
    histogram = picture.histogram()  # type: ignore[attr-defined]  # a picture of PIL's
    return sum((255 - shade) * count for shade, count in enumerate(histogram)) / sum(histogram) / 255


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told(qapp: object, pages: bytes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "painted.pdf"))
    with pytest.raises(EnvironmentFailure, match="did not print"):
        paint_pages(printer, pages, "Aftercare")


def test_without_a_printer_the_pages_are_saved_for_this_person_alone(
    no_cups: None, pages: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(printers.QPrinterInfo, "availablePrinterNames", staticmethod(list))
    done = printers.print_pages(pages, "Aftercare", "sheet-1-1")
    assert done.file is not None
    assert done.file.read_bytes() == pages
    assert done.file.stat().st_mode & 0o077 == 0
    assert done.words == f"No printer here. Saved as {done.file}, where it stays for 14 days."


def test_what_was_saved_for_want_of_a_printer_is_cleared_after_two_weeks(
    no_cups: None, pages: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that somebody put there by another name is theirs."""
    monkeypatch.setenv("HOME", str(tmp_path))
    now = datetime(2026, 11, 29, 12, tzinfo=UTC)
    for name in ("sheet-1-1", "receipt-1-1", "day-2026-11-14", "rems-3", "My own notes", "sheet-1-2"):
        file = printers.save_pages(pages, name)
        age = timedelta(days=13, hours=23) if name == "sheet-1-2" else timedelta(days=14, hours=1)
        os.utime(file, ((now - age).timestamp(),) * 2)
    doubtful = (
        None,
        now + timedelta(minutes=1),  # the clock went back
        now - timedelta(days=1, minutes=1),  # it may be ahead
    )
    for last_written in doubtful:
        assert printers.clear_saved(now, last_written) == 0
    assert len(list(printers.saved_folder().iterdir())) == 6
    assert printers.clear_saved(now, now - timedelta(hours=20)) == 4
    assert {one.name for one in printers.saved_folder().iterdir()} == {"My own notes.pdf", "sheet-1-2.pdf"}


def test_where_nothing_was_saved_nothing_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    now = datetime(2026, 11, 29, tzinfo=UTC)
    assert printers.clear_saved(now, now) == 0


def test_sheets_are_saved_with_the_programs_own_files_where_these_are_elsewhere(
    clinic_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert printers.saved_folder() == clinic_home / "Clinic sheets"
    monkeypatch.delenv("CLINIC_DESKTOP_HOME")
    assert clinic_home not in printers.saved_folder().parents


def test_pages_that_cannot_be_written_are_told(pages: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFailure, match="could not be written"):
        printers.write_private(tmp_path / "file" / "sheet.pdf", pages)


def test_the_paper_is_that_of_the_pages(pages: bytes) -> None:
    assert printers.paper_of(pages) == "Letter"


def test_the_printing_system_is_told_no_password_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, str]] = []

    def runs(*_command: object, env: dict[str, str], **_more: object) -> "subprocess.CompletedProcess[bytes]":
        told.append(env)
        return subprocess.CompletedProcess([], 0, b"")

    monkeypatch.setenv("PGPASSWORD", "quiet brown hills")
    monkeypatch.setenv("CLINIC_DESKTOP_KEY_FILE", "/somewhere/key")
    monkeypatch.setenv("CUPS_SERVER", "printers.example")
    monkeypatch.setattr(cups.subprocess, "run", runs)
    cups._run(["lpstat", "-d"])
    (env,) = told
    assert (env["CUPS_SERVER"], env["LC_ALL"]) == ("printers.example", "C")
    assert not [name for name in env if name.startswith(("PG", "CLINIC_DESKTOP_"))]
