"""Each thing that stops a set-up says what happened and what to do."""

import pytest

from setup_tools.failure import explain

UNWANTED = ("error", "invalid", "please", "oops")


@pytest.mark.parametrize(
    ("output", "says"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "disk is full",
        ),
        ("OSError: [WinError 112] There is not enough space on the disk", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one"),
        ("The virtual environment was not created because ensurepip is not\navailable.", "python3-venv"),
        ("No module named ensurepip", "python3-venv"),
        (
            "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError(': Failed to "
            "establish a new connection: [Errno -3] Temporary failure in name resolution')'\n"
            "ERROR: No matching distribution found for alembic==1.20.1",
            "internet connection",
        ),
        ("ReadTimeoutError: Read timed out.", "internet connection"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "PIP_CERT"),
        ("PermissionError: [WinError 5] Access is denied: '.venv'", "Close Clinic Desktop"),
        (
            "ERROR: No matching distribution found for pyside6-essentials==6.11.3",
            "no build for this computer",
        ),
    ],
)
def test_known_causes_are_named(output, says):
    sentence = explain(output)
    assert says in sentence
    assert not any(word in sentence.lower() for word in UNWANTED)


def test_an_unknown_cause_shows_the_end_of_what_was_said():
    shown = explain("\n".join(f"line {n}" for n in range(100)))
    assert "line 99" in shown
    assert "line 80" not in shown
