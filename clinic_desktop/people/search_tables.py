"""The tables behind the patient search: names, codes and birth dates, kept up person by person."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from operator import attrgetter

from clinic_desktop.people.search_around import AroundTables
from clinic_desktop.people.search_person import SEPARATOR, Person
from clinic_desktop.people.search_query import BirthPattern
from clinic_desktop.people.word_table import WordTable

_BY_KEY = attrgetter("key")


class SearchTables:
    """Every way a person can be found, always the same as if built anew."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.ordered = ordered = sorted(people, key=_BY_KEY)
        self.people = {p.entry.id: p for p in ordered}
        self._families = WordTable((w, p) for p in ordered for w in p.family_words)
        self._others = WordTable((w, p) for p in ordered for w in p.other_words)
        self.names = (self._families, self._others)
        self._codes = sorted(line for p in ordered for line in p.code_lines())
        self._around: AroundTables | None = None  # made when it is first asked
        self._birthdays: dict[tuple[int, int], list[Person]] = {}
        self._years: dict[int, list[Person]] = {}
        for person in ordered:
            for born_then in self._birth_lists(person):
                born_then.append(person)

    def put(self, person: Person) -> None:
        self.remove(person.entry.id)
        if self._around is not None:
            self._around.put(person)
        self.people[person.entry.id] = person
        insort(self.ordered, person, key=_BY_KEY)
        for table, word in self._places(person):
            table.put(word, person)
        for line in person.code_lines():
            insort(self._codes, line)
        for born_then in self._birth_lists(person):
            insort(born_then, person, key=_BY_KEY)

    def remove(self, person_id: int) -> None:
        person = self.people.pop(person_id, None)
        if person is None:
            return
        if self._around is not None:
            self._around.remove(person)
        del self.ordered[bisect_left(self.ordered, person.key, key=_BY_KEY)]
        for table, word in self._places(person):
            table.remove(word, person)
        for line in person.code_lines():
            del self._codes[bisect_left(self._codes, line)]
        for born_then in self._birth_lists(person):
            del born_then[bisect_left(born_then, person.key, key=_BY_KEY)]

    def prepare(self) -> None:
        """Make now what is otherwise made when it is first asked."""
        self.around()
        for table in self.names:
            table.prepare()

    def around(self) -> AroundTables:
        """What is known of everybody besides."""
        if self._around is None:
            self._around = AroundTables(self.ordered)
        return self._around

    def _places(self, person: Person) -> Iterator[tuple[WordTable, str]]:
        yield from ((self._families, word) for word in person.family_words)
        yield from ((self._others, word) for word in person.other_words)

    def _birth_lists(self, person: Person) -> tuple[list[Person], ...]:
        born = person.entry.birth_date
        if born is None:
            return ()
        return (
            self._birthdays.setdefault((born.month, born.day), []),
            self._years.setdefault(born.year, []),
        )

    def coded(self, code: str, whole: bool = False) -> Iterator[Person]:
        """Those with a code that begins so, or is just this, in the order of the codes."""
        codes = self._codes
        code += SEPARATOR if whole else ""
        for at in range(bisect_left(codes, code), len(codes)):
            if not codes[at].startswith(code):
                return
            yield self.people[int(codes[at].rpartition(SEPARATOR)[2])]

    def born(self, pattern: BirthPattern) -> Iterator[Person]:
        """Those whose birth date fits the pattern."""
        if pattern.month and pattern.day:
            candidates = self._birthdays.get((pattern.month, pattern.day), [])
        elif len(pattern.year) == 4:
            candidates = self._years.get(int(pattern.year), [])
        else:
            candidates = self.ordered
        return (p for p in candidates if pattern.fits(p.entry.birth_date))
