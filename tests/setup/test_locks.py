"""What is installed is what was looked at: one version of each package, by its hashes, from no address."""

import re
import tomllib

import pytest

from tests.architecture.sources import PROJECT

# Time zones come by the year; the newest one is always right.
_ANY = {"tzdata"}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_a_version_and_hashes(lock):
    text = (PROJECT / lock).read_text(encoding="utf-8")
    packages = text.replace("\\\n", " ").strip().splitlines()
    assert len(packages) > 20
    for one in packages:
        assert re.match(r"[a-z0-9.-]+(\[[a-z]+\])?==[\w.]+ ", one), one
        assert re.search(r"--hash=sha256:[0-9a-f]{64}(?: |$)", one), one
    assert "://" not in text
    assert "--index" not in text


def test_every_package_that_is_asked_for_has_an_upper_bound():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for one in (wanted.partition(";")[0] for wanted in asked):
        assert "<" in one or one.partition(">")[0] in _ANY, one
        assert "@" not in one, one
