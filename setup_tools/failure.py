"""Turn what a set-up step printed into what happened, and what to do about it."""

import re


class SetupFailed(Exception):
    """Set-up cannot go on; the text is for the person at the keyboard."""


_AGAIN = "Then start again: set-up begins afresh by itself."

_CAUSES = (
    (
        r"No space left on device|\[Errno 28\]|WinError 112|Disk quota exceeded",
        f"The disk is full. Set-up needs about 1 GB. Free some space. {_AGAIN}",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "A downloaded package is not the one that the list of packages names, so it was not installed. "
        "A proxy or mirror may have changed it; ask whoever runs your network.",
    ),
    (
        r"ensurepip",
        "This Python comes without its venv module. On Debian and Ubuntu: sudo apt install python3-venv. "
        f"Elsewhere install Python from its own installer. {_AGAIN}",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "The package server's certificate was not accepted. A network filter may stand in between; "
        f"PIP_CERT can name its certificate. {_AGAIN}",
    ),
    (
        r"NewConnectionError|NameResolutionError|name resolution|getaddrinfo failed|Network is unreachable"
        r"|Connection refused|ConnectTimeout|ReadTimeout|timed out|ProxyError|RemoteDisconnected",
        f"The package server cannot be reached. Check the internet connection. {_AGAIN}",
    ),
    (
        r"Permission denied|WinError 5\b|WinError 32\b|Access is denied",
        f"A file in the .venv folder cannot be changed. Close Clinic Desktop if it is open. {_AGAIN}",
    ),
    (
        r"No matching distribution found",
        "A package has no build for this computer and this Python. Python 3.11 on a 64-bit system of 2022 "
        "or later has them all.",
    ),
)

_LINES_SHOWN = 12


def explain(output: str) -> str:
    """Say in a sentence or two why a step failed; the end of its output when the cause is unknown."""
    for pattern, sentence in _CAUSES:
        if re.search(pattern, output):
            return sentence
    tail = "\n".join(output.strip().splitlines()[-_LINES_SHOWN:])
    return f"Set-up did not finish. {_AGAIN}\nThe last it said:\n{tail}"
