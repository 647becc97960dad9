"""What a screen reader reads of a PDF, as poppler reads its tags."""

import re
import shutil
import subprocess

import pytest

from clinic_desktop.foundation.document import RenderedPdf

poppler = pytest.mark.skipif(
    shutil.which("pdfinfo") is None, reason="poppler's pdfinfo, which reads tags, is not installed"
)


def tags(pdf: RenderedPdf, tmp_path) -> str:
    """The tags with their text, a line each, indented by two as they lie in each other."""
    file = tmp_path / "tagged.pdf"
    file.write_bytes(pdf.data)
    told = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, text=True, check=True)
    assert not told.stderr
    return re.sub(r" \((?:block|inline)\)|:$", "", told.stdout, flags=re.M)


def outline(pdf: RenderedPdf, tmp_path) -> list[str]:
    """As ``H1 After your visit``: each element that has words, without what it lies in."""
    lines: list[str] = []
    for line in map(str.strip, tags(pdf, tmp_path).splitlines()):
        if line.startswith('"'):
            lines[-1] += " " + line.strip('"').strip()
        else:
            lines.append(line)
    return [line for line in lines if " " in line and not line.startswith("/")]
