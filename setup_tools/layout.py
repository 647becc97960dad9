"""Where things lie inside the project folder and its virtual environment, on POSIX and on Windows."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths of one checkout; `windows` decides the shape of the virtual environment, `development` whether it
    also holds what tests and benchmarks need."""

    root: Path
    windows: bool = os.name == "nt"
    python_version: tuple[int, int] = sys.version_info[:2]
    development: bool = False

    @property
    def lock(self) -> Path:
        return self.root / "requirements-dev.lock" if self.development else self.guard

    @property
    def guard(self) -> Path:
        """The file that keeps two set-ups apart, whatever they install."""
        return self.root / "requirements.lock"

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "Scripts" / "python.exe" if self.windows else self.venv / "bin" / "python"

    @property
    def site_packages(self) -> Path:
        if self.windows:
            return self.venv / "Lib" / "site-packages"
        major, minor = self.python_version
        return self.venv / "lib" / f"python{major}.{minor}" / "site-packages"

    @property
    def stamp(self) -> Path:
        return self.venv / "clinic-desktop-setup.json"

    @property
    def path_file(self) -> Path:
        return self.site_packages / "clinic_desktop.pth"

    @property
    def path_file_text(self) -> str:
        """The way from site-packages back to the project: relative, so it outlives a moved folder."""
        separator = "\\" if self.windows else "/"
        depth = len(self.site_packages.relative_to(self.root).parts)
        return separator.join([".."] * depth) + "\n"
