"""The words after the program's name: what they mean, and one line for what they cannot mean."""

from datetime import date

import pytest

from clinic_desktop.arguments import parse
from tests.cli.conftest import Run


def test_no_command_opens_the_window() -> None:
    options = parse(["--demo", "--data", "clinic.sqlite"])
    assert (options.command, options.demo, options.data) == (None, True, "clinic.sqlite")


@pytest.mark.parametrize("words", [["--data", "x", "check", "--json"], ["check", "--json", "--data", "x"]])
def test_the_clinic_may_be_named_before_the_command_or_behind_it(words: list[str]) -> None:
    options = parse(words)
    assert (options.command, options.data, options.json) == ("check", "x", True)


@pytest.mark.parametrize(
    "words",
    [
        ["list.csv", "--map", "Name=family_name", "A=B=ignore"],
        ["--map", "Name=family_name", "A=B=ignore", "list.csv"],
        ["--map", "Name=family_name", "--map", "A=B=ignore", "list.csv"],
        ["list.csv", "--map", "Name=family_name", "--map", "A=B=ignore"],
    ],
)
def test_columns_are_mapped_by_one_option_or_by_many(words: list[str]) -> None:
    options = parse(["import-patients", *words])
    assert options.file == "list.csv"
    assert options.map == [("Name", "family_name"), ("A=B", "ignore")]


def test_days_are_dates() -> None:
    options = parse(["usage", "--from", "2026-11-01", "--to", "2026-11-30"])
    assert (options.first, options.last) == (date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("fly", "fly"),
        ("day", "DATE"),
        ("day tomorrow", "tomorrow is not a date"),
        ("usage --from 2026-11-01", "--to"),
        ("usage --from 2026-13-01 --to 2026-13-02", "2026-13-01 is not a date"),
        ("usage --fr 2026-11-01 --to 2026-11-02", "--from"),
        ("sheet", "VISIT"),
        ("sheet 12 ", "--out"),
        ("sheet twelve --out a.pdf", "twelve is not the number of a visit"),
        ("sheet -1 --out a.pdf", "VISIT"),
        ("import-patients", "FILE"),
        ("import-patients --map A=given_name", "FILE"),
        ("import-patients a.csv --map given_name", "COLUMN=FIELD"),
        ("import-patients a.csv --map =given_name", "COLUMN=FIELD"),
        ("init", "PATH"),
        ("check --quick", "--quick"),
        ("--data mysql://desk@host/clinic check", "postgresql://"),
        ("--data", "--data"),
    ],
)
def test_bad_arguments_are_told_in_one_line(run: Run, words: str, said: str) -> None:
    answer = run(*words.split())
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert answer.err.startswith("clinic-desktop")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://desk:hush-hush@host/clinic",
        "postgresql://desk:@host/clinic",
        "postgresql+psycopg://desk:hush-hush@host/clinic",
        "postgresql://desk@host/clinic?password=hush-hush",
        "postgresql://desk@host/clinic?sslmode=require&Password=hush-hush",
        "postgresql://desk@host/clinic?sslpassword=hush-hush",
        "postgresql://desk@[host/clinic?password=hush-hush",
    ],
)
@pytest.mark.parametrize("words", [("--data", "check"), ("check", "--data"), ("init",)])
def test_an_address_with_a_password_is_refused_and_not_repeated(
    run: Run, address: str, words: tuple[str, ...]
) -> None:
    where = words.index("--data") + 1 if "--data" in words else len(words)
    answer = run(*words[:where], address, *words[where:])
    assert (answer.status, answer.out) == (2, "")
    assert "hush" not in answer.err
    assert answer.err.count("\n") == 1


def test_help_is_no_failure(run: Run) -> None:
    answer = run("--help")
    assert (answer.status, answer.err) == (0, "")
    assert all(
        command in answer.out
        for command in ("import-patients", "day", "usage", "sheet", "check", "init", "encrypt")
    )
