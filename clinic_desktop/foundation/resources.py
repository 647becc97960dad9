"""The one way to the files that travel with the program: fonts, icons, texts, translations."""

from pathlib import Path, PurePosixPath, PureWindowsPath

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "resources"
_FOLDER = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as resource("fonts", "NotoSans-Regular.ttf").

    Raises ValueError for a part that leads out of the folder (absolute, a drive, or ".."),
    FileNotFoundError when nothing of that name is shipped.
    """
    for part in parts:
        if _leads_out(part):
            raise ValueError(f"not a name inside the resources: {part!r}")
    path = _FOLDER.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"not shipped with the program: {'/'.join(parts)}")
    return path


def _leads_out(part: str) -> bool:
    """Judged by both systems' rules, so that a name refused on Windows is refused everywhere."""
    windows = PureWindowsPath(part)
    return bool(windows.anchor or PurePosixPath(part).anchor or ".." in windows.parts)
