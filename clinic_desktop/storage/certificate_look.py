"""Why a server's certificate was not trusted: the driver says only that it was not."""

import socket
import ssl
from collections.abc import Mapping
from typing import Any

from clinic_desktop.storage.line_words import Trouble
from clinic_desktop.storage.safe_line import hosts, is_near, root_certificate

_ASKS_TLS = bytes.fromhex("0000000804d2162f")  # PostgreSQL's SSLRequest
_SECONDS = 5
_NOT_YET, _EXPIRED, _OTHER_NAME, _OTHER_ADDRESS = 9, 10, 62, 64  # OpenSSL's X509_V_ERR_...


def why_not_trusted(keywords: Mapping[str, Any]) -> Trouble:
    """Look at the certificate anew, without signing in. What cannot be told is a stranger's certificate."""
    named = hosts(keywords)
    host = named[0] or "localhost"
    if len(named) != 1 or (is_near(host) and host[0] in "/@"):
        return Trouble.STRANGER
    try:
        context = ssl.create_default_context(cafile=_file(root_certificate(keywords)))
        with socket.create_connection((host, int(keywords.get("port") or 5432)), _SECONDS) as line:
            line.sendall(_ASKS_TLS)
            if line.recv(1) != b"S":
                return Trouble.NO_TLS
            with context.wrap_socket(line, server_hostname=str(keywords.get("host") or host)):
                return Trouble.STRANGER
    except ssl.SSLCertVerificationError as found:
        return _OF_CODE.get(found.verify_code, Trouble.STRANGER)
    except (OSError, ValueError):
        return Trouble.STRANGER


_OF_CODE = {
    _NOT_YET: Trouble.EXPIRED,
    _EXPIRED: Trouble.EXPIRED,
    _OTHER_NAME: Trouble.OTHER_NAME,
    _OTHER_ADDRESS: Trouble.OTHER_NAME,
}


def _file(root: str) -> str | None:
    return None if root in ("", "system") else root
