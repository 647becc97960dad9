"""What is known of people besides their own names and numbers: where they live, and whom to call for them.

Made when it is first asked, so that names are not waited for.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence

from clinic_desktop.people.folding import digits, fold
from clinic_desktop.people.search_person import SEPARATOR, Person
from clinic_desktop.people.search_query import code_fits
from clinic_desktop.people.word_table import WordTable

_APART = str.maketrans({**dict.fromkeys("-.,;:/()#+&_\t\r\n", " "), "'": None})
_SHORTEST_END = 3  # digits of a phone


class AroundTables:
    """Streets, places and contacts by word, phones of contacts by their beginning and end."""

    def __init__(self, ordered: Sequence[Person]) -> None:
        self.words = WordTable((word, one) for one in ordered for word in _note(one))
        self._phones = sorted(line for one in ordered for line in _phone_lines(one))
        self._people = {one.entry.id: one for one in ordered}

    def put(self, person: Person) -> None:
        self._people[person.entry.id] = person
        for word in _note(person):
            self.words.put(word, person)
        for line in _phone_lines(person):
            insort(self._phones, line)

    def remove(self, person: Person) -> None:
        for word in _words(_line(person)):
            self.words.remove(word, person)
        for line in _phone_lines(person):
            del self._phones[bisect_left(self._phones, line)]
        del self._people[person.entry.id]

    def called(self, number: str) -> Iterator[Person]:
        """Those whose contact has a phone that begins or ends so."""
        ways = (number, number[::-1]) if len(number) >= _SHORTEST_END else ()
        for code, kind in zip(ways, "be", strict=False):
            start = kind + code
            for at in range(bisect_left(self._phones, start), len(self._phones)):
                if not self._phones[at].startswith(start):
                    break
                yield self._people[int(self._phones[at].rpartition(SEPARATOR)[2])]


def known(typed: str, people: Iterable[Person]) -> Iterator[Person]:
    """Those of these people of whom anything begins so; a phone may also end so."""
    begun = f" {typed}"
    if typed.isalpha():  # no number can fit
        return (one for one in people if begun in one.anything)
    return (one for one in people if begun in one.anything or _calls(typed, one) or code_fits(typed, one))


def _calls(number: str, person: Person) -> bool:
    """Whether the contact's phone begins or ends so."""
    phone = digits(person.entry.emergency_phone)
    return len(number) >= _SHORTEST_END and (phone.startswith(number) or phone.endswith(number))


def _note(person: Person) -> dict[str, None]:
    """The words around the person."""
    line = _line(person)
    person.anything = f"{person.text}{person.chart} {person.chart_number}{line}"
    return _words(line)


def _words(line: str) -> dict[str, None]:
    return dict.fromkeys(line.split())


def _line(person: Person) -> str:
    entry = person.entry
    return f" {fold(f'{entry.address} {entry.emergency_name}').translate(_APART)} "


def _phone_lines(person: Person) -> list[str]:
    number = digits(person.entry.emergency_phone)
    ways = (f"b{number}", f"e{number[::-1]}") if number else ()
    return [f"{way}{SEPARATOR}{person.entry.id}" for way in ways]
