"""What must not be in the repository: an address in the lock, a place on somebody's machine."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.sources import PROJECT, text_files, where

APP, DEV = (
    (PROJECT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-dev.lock")
)


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", lock, re.MULTILINE))


LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?!\w+:)([^)#]+)\)")  # pictures come and go with the screens
HOME = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/\w+|[A-Z]:\\+Users\\+\w+")


def requirements() -> tuple[list[Requirement], list[Requirement]]:
    """What the program asks for, and what its tests do."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    return [Requirement(one) for one in asked[0]], [Requirement(one) for one in asked[1]]


@pytest.mark.parametrize("lock", [APP, DEV], ids=["app", "dev"])
def test_lock_holds_no_address(lock):
    assert "://" not in lock
    assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host|\bfile:", lock)


@pytest.mark.parametrize("lock", [APP, DEV], ids=["app", "dev"])
def test_every_locked_package_has_hashes(lock):
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert len(entries) == len(pins(lock))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_locks_agree_with_what_the_project_asks_for():
    program, tests = requirements()
    for lock, asked in ((APP, program), (DEV, program + tests)):
        for requirement in asked:
            pinned = pins(lock)[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(Version(pinned)), f"{requirement} but locked {pinned}"


def test_the_tests_run_with_just_the_versions_of_the_program():
    assert pins(APP).items() <= pins(DEV).items()


def test_nobody_who_runs_the_program_downloads_what_only_tests_need():
    _, tests = requirements()
    assert not pins(APP).keys() & {canonicalize_name(one.name) for one in tests}


def test_every_requirement_has_an_upper_bound_or_is_data():
    """Time zones and typing stubs carry dates for versions; everything else says where it stops."""
    program, tests = requirements()
    unbounded = [str(r) for r in program + tests if not any(s.operator in ("<", "==") for s in r.specifier)]
    assert all(name.startswith(("tzdata", "types-")) for name in unbounded), unbounded


def test_no_file_names_a_place_on_a_machine():
    found = [
        f"{where(path, number)} {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if HOME.search(line)
    ]
    assert not found


def test_a_place_on_a_machine_is_recognised():
    slash, backslash = "/", "\\"
    assert HOME.search(f"open({slash}home{slash}maria{slash}clinic.db)")
    assert HOME.search(f"C:{backslash}Users{backslash}maria")
    assert not HOME.search(f"docs{slash}home{slash}page, a workbook, ~{slash}Clinic Desktop")


def test_every_link_in_the_documentation_leads_somewhere():
    pages = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *(PROJECT / "docs").rglob("*.md")]
    links = [(page, link) for page in pages for link in LINK.findall(page.read_text(encoding="utf-8"))]
    assert len(links) > 1
    assert not [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()]
