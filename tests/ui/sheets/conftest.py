"""Printing systems of the tests' own: started once, when the first test asks, for all of a process."""

from collections.abc import Iterator

import pytest

from benchmarks.one_sheet import one_sheet, text_of_sheet
from clinic_desktop.ui import printer_choice
from tests.ui.sheets import ipp_printer, private_cups
from tests.ui.sheets.ipp_printer import IppPrinter


@pytest.fixture(scope="session")
def pages() -> bytes:
    return one_sheet(0, text_of_sheet()).data


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with private_cups.running() as address:
        yield address


@pytest.fixture
def cups_server(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("CUPS_SERVER", server)
    return server


@pytest.fixture(scope="session")
def driverless(
    server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[IppPrinter, IppPrinter]]:
    """Two printers without a driver, as queues "duplex" and "simplex" of the print server."""
    folder = tmp_path_factory.mktemp("ipp")
    with (
        ipp_printer.bus(folder) as environment,
        ipp_printer.printer(folder / "duplex", environment, ["-2"]) as duplex,
        ipp_printer.printer(folder / "simplex", environment) as simplex,
    ):
        ipp_printer.add_queue(server, "duplex", duplex)
        ipp_printer.add_queue(server, "simplex", simplex)
        yield duplex, simplex


@pytest.fixture
def paper() -> Iterator[private_cups.Paper]:
    made = private_cups.Paper()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def choice() -> Iterator[None]:
    """What this computer remembers of its printer ends with the test."""
    yield
    printer_choice.keep_in(None)
    printer_choice.choose(printer_choice.PrinterChoice())
