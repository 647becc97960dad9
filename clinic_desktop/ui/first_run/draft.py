"""The answers given so far, kept as text, so that somebody can stop and go on another day."""

import json

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter

from clinic_desktop.scheduling.set_up_new import Answers

_converter = make_converter()


def kept(answers: Answers) -> str:
    """The answers as text for the settings file."""
    return _converter.dumps(answers, sort_keys=True)


def gone_on(text: str) -> Answers | None:
    """The answers of a text; None when there are none or they are of another version."""
    try:
        found = json.loads(text) if text else None
        return _converter.structure(found, Answers) if isinstance(found, dict) else None
    except (ValueError, KeyError, TypeError, BaseValidationError):
        return None
