"""Addresses that name several servers: the clinic's, and the one that takes over when it fails.

``postgresql://desk@first:5432,second/clinic`` as the server's own tools write it, or
``postgresql://desk@/clinic?host=first,second&port=5432,5433``. The desk goes to the one that can be written.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

# scheme://name@ | hosts with a comma among them | /database?query
_SEVERAL = re.compile(r"(?P<begin>[^:/]+://(?:[^@/?]*@)?)(?P<hosts>[^/?@]*,[^/?@]*)(?P<rest>(?:[/?].*)?)")
_HOST = re.compile(r"(?P<name>\[[^\]]+\]|[^:]*)(?::(?P<port>[0-9]*))?")


def several_hosts(address: str) -> str:
    """The address with several servers in its query, where the rest of the program finds them; one with a
    single server, or one that cannot be read, as it is."""
    found = _SEVERAL.fullmatch(address)
    if found is None:
        return address
    parts = [_HOST.fullmatch(one) for one in found["hosts"].split(",")]
    named = [part for part in parts if part is not None and part["name"]]
    if len(named) < len(parts):
        return address
    names = quote(",".join(part["name"].strip("[]") for part in named), safe=",:")
    query = f"host={names}"
    if any(part["port"] for part in named):
        query += "&port=" + ",".join(part["port"] or "" for part in named)
    path, _, more = found["rest"].partition("?")
    return f"{found['begin']}{path or '/'}?{query}{'&' if more else ''}{more}"


def to_be_written(keywords: Mapping[str, Any]) -> dict[str, Any]:
    """What the driver is told, so that among several servers it takes the one that can be written: a standby
    that only reads takes no booking, and tells nobody of one."""
    if "," not in str(keywords.get("host", "")):
        return dict(keywords)
    return {"target_session_attrs": "read-write", **keywords}
