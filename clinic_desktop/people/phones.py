"""How a phone number is written, wherever it comes from."""

import re

# Area code, exchange and line of North America, with or without the country code and an extension.
_NORTH_AMERICAN = re.compile(
    r"(?:\+?1[\s.-]*)?\(?([2-9]\d{2})\)?[\s.-]*([2-9]\d{2})[\s.-]*(\d{4})(?:\s*(?:ext\.?|x|#)\s*(\d{1,6}))?",
    re.IGNORECASE,
)


def usual_phone(typed: str) -> str:
    """ "(215) 555-0172" for 2155550172 or +1 215.555.0172; another number as it was typed.

    Records are kept so, not only shown: screens, sheets and exports then say the same, and one number
    written in two ways is seen as one.
    """
    number = " ".join(typed.split())
    found = _NORTH_AMERICAN.fullmatch(number)
    if found is None:
        return number
    area, exchange, line, extension = found.groups()
    return f"({area}) {exchange}-{line}" + (f" ext. {extension}" if extension else "")
