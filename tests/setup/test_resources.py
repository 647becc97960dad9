"""The files that travel with the program, found by name and never outside their folder."""

import pytest

from clinic_desktop.foundation.resources import resource
from tests.architecture.sources import PROJECT


def test_a_file_is_found_in_the_source_tree():
    assert resource("fonts", "noto", "NotoSans-Regular.ttf").is_file()
    assert resource("fonts/noto/OFL.txt") == PROJECT / "resources" / "fonts" / "noto" / "OFL.txt"


def test_the_folder_itself_is_found():
    assert resource() == PROJECT / "resources"


@pytest.mark.parametrize(
    "part",
    [
        "/etc/passwd",
        "..",
        "fonts/../..",
        "fonts\\..\\..",
        "C:\\clinic",
        "C:clinic",
        "\\\\server\\share",
        "\\x",
    ],
)
def test_a_way_out_is_refused(part):
    with pytest.raises(ValueError, match="not a name inside"):
        resource("fonts", part)


def test_what_is_not_shipped_is_named():
    with pytest.raises(FileNotFoundError, match="fonts/comic"):
        resource("fonts", "comic")
