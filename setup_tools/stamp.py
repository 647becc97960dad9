"""The stamp that says a virtual environment is finished, for which lock and which Python."""

import hashlib
import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from setup_tools.layout import Layout

Stamp = Mapping[str, object]
_FORMAT = 1  # raise it when what set-up does changes


def wanted(layout: Layout) -> dict[str, object]:
    """What the stamp must say: the lock's content and the Python that runs this."""
    major, minor = layout.python_version
    return {
        "format": _FORMAT,
        "lock": hashlib.sha256(layout.lock.read_bytes()).hexdigest(),
        "python": f"{platform.python_implementation()} {major}.{minor} in {sys.base_prefix}",
    }


def distributions(site_packages: Path) -> list[str]:
    """Names with versions of the installed packages; not the tools that came with the environment."""
    names = (folder.name for folder in site_packages.glob("*.dist-info"))
    return sorted(name for name in names if not name.startswith(("pip-", "setuptools-")))


def write(layout: Layout) -> None:
    """Declare the environment finished. The last act of set-up: without it everything is done again."""
    content = wanted(layout) | {"packages": distributions(layout.site_packages)}
    layout.stamp.write_text(json.dumps(content, indent=1), encoding="utf-8")


def read(layout: Layout) -> Stamp:
    """The stamp's content; empty when there is none that can be read."""
    try:
        content = json.loads(layout.stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def is_ready(layout: Layout) -> bool:
    """Whether the environment is finished, for this lock and Python, each package still as installed."""
    stamp = read(layout)
    larger = replace(layout, development=True)  # serves the program as well
    if not (_fits(stamp, layout) or _fits(stamp, larger)):
        return False
    packages = stamp.get("packages")
    if not isinstance(packages, list) or not layout.python.exists() or not layout.path_file.exists():
        return False
    return set(packages) <= set(distributions(layout.site_packages))


def _fits(stamp: Stamp, layout: Layout) -> bool:
    return layout.lock.exists() and all(stamp.get(key) == value for key, value in wanted(layout).items())
