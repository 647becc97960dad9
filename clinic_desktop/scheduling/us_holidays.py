"""The US federal holidays, offered when a clinic sets up its closures, and marked in the month."""

from datetime import date


def us_holidays(year_from: int, year_to: int) -> list[tuple[date, str]]:
    """Federal holidays of those years (both included) with their names, observed days too, by date."""
    # Imported here: it takes a twentieth of a second, and is seldom asked for.
    from holidays import country_holidays  # noqa: PLC0415

    calendar = country_holidays("US", years=range(year_from, year_to + 1), observed=True)
    return sorted((day, name) for day, name in calendar.items() if year_from <= day.year <= year_to)
