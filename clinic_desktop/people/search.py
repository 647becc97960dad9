"""Finding patients as one types, over the whole clinic, in memory.

The owner keeps the index up from the change feed. One thread at a time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, combinations
from operator import attrgetter

from clinic_desktop.people.search_around import known
from clinic_desktop.people.search_person import CHART, MAIL, PHONE, PHONE_END, Person, SearchEntry
from clinic_desktop.people.search_query import (
    SHORTEST_PHONE_BEGINNING,
    SHORTEST_PHONE_END,
    Query,
    compact_birth,
    readings,
)
from clinic_desktop.people.search_tables import SearchTables
from clinic_desktop.people.word_table import WordTable

__all__ = ["Hit", "Matched", "SearchEntry", "SearchIndex"]

# With fewer sure hits than a person sees at a glance, what was typed may be misspelt.
_ENOUGH = 5
_SHORTEST_INSIDE = 3
_SHORTEST_MISSPELT = 3
_SHORTEST_MISSPELT_ALONE = 4


class Matched(StrEnum):
    """By what a person was found."""

    NAME = "name"
    BIRTH_DATE = "birth date"
    PHONE = "phone"
    CHART_NUMBER = "chart number"
    EMAIL = "email"
    INSIDE = "inside a name"
    SIMILAR = "similar name"
    AROUND = "address or emergency contact"


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found. ``entry.deceased`` and ``entry.merged_into`` mark those not to book."""

    entry: SearchEntry
    matched: Matched


Found = Iterator[tuple[Matched, Iterable[Person]]]
_Among = Callable[[Iterable[Person]], Iterator[Person]]


class SearchIndex:
    """All patients, found by what is known of them."""

    def __init__(self, entries: Iterable[SearchEntry] = ()) -> None:
        self._tables = SearchTables(map(Person.of, entries))

    @classmethod
    def build(cls, entries: Iterable[SearchEntry]) -> "SearchIndex":
        return cls(entries)

    def __len__(self) -> int:
        return len(self._tables.people)

    def put(self, entry: SearchEntry) -> None:
        """Add a person, or replace what was known of them."""
        self._tables.put(Person.of(entry))

    def remove(self, person_id: int) -> None:
        """Forget a person; one who is not there is no matter."""
        self._tables.remove(person_id)

    def prepare(self) -> None:
        """Make what the first search would otherwise wait for."""
        self._tables.prepare()

    def find(self, text: str, limit: int = 20, first: Collection[int] = ()) -> list[Hit]:
        """At most ``limit`` people, the likeliest first.

        Whole words come before beginnings, these before parts of words, these before misspelt names, these
        before names that only sound so, and all of them before what is known of people besides name, number
        and birth date. ``first``: ids of those who come before others whom the text fits equally.
        """
        hits: dict[int, Hit] = {}
        queries = readings(text[:LONGEST])
        for way, only_below in _WAYS:
            if len(hits) >= only_below:
                continue
            for matched, people in chain.from_iterable(way(self._tables, q) for q in queries):
                for person in _ordered(people, first):
                    entry = person.entry
                    if entry.id not in hits:
                        hits[entry.id] = Hit(entry, matched)
                        if len(hits) >= limit:
                            return list(hits.values())
        return list(hits.values())


def _ordered(people: Iterable[Person], first: Collection[int]) -> Iterable[Person]:
    """Those before the others, and once more among them. Where nobody comes first, no more of a group is
    looked at than is wanted."""
    if not first:
        return people
    group = list(people)
    return chain((one for one in group if one.entry.id in first), group)


def _sure(tables: SearchTables, query: Query) -> Found:
    """What fits as it is typed."""
    if query.mail:
        yield Matched.EMAIL, tables.coded(MAIL + query.mail)
    elif query.words:
        yield Matched.NAME, _named(tables, query, _Choice.whole)
        yield Matched.NAME, _named(tables, query, _Choice.beginning)
        if len(query.words) == 1 and not query.birth and not query.codes:
            yield Matched.EMAIL, tables.coded(MAIL + query.words[0])
    elif query.birth:
        born = tables.born(query.birth)
        yield Matched.BIRTH_DATE, (p for p in born if query.fits_beside_words(p))
    elif query.codes:
        yield from _by_codes(tables, query)


def _by_codes(tables: SearchTables, query: Query) -> Found:
    code = max(query.codes, key=len)
    others = replace(query, codes=tuple(c for c in query.codes if c != code))
    for matched, people in _code_kinds(tables, code):
        yield matched, filter(others.fits_beside_words, people)


def _code_kinds(tables: SearchTables, code: str) -> Found:
    yield Matched.CHART_NUMBER, tables.coded(CHART + code, whole=True)
    if len(code) >= SHORTEST_PHONE_END:
        yield Matched.PHONE, tables.coded(PHONE_END + code[::-1])
    if birth := compact_birth(code):
        yield Matched.BIRTH_DATE, tables.born(birth)
    yield Matched.CHART_NUMBER, tables.coded(CHART + code)
    if len(code) >= SHORTEST_PHONE_BEGINNING:
        yield Matched.PHONE, tables.coded(PHONE + code)
    yield Matched.NAME, _Choice.beginning(tables, code).people()


def _inside(tables: SearchTables, query: Query) -> Found:
    """Parts of a word, from three letters."""
    if len(query.mail) >= _SHORTEST_INSIDE:
        yield Matched.EMAIL, (p for p in tables.ordered if query.mail in p.email)
    elif len(query.words) == 1:
        yield Matched.INSIDE, _named(tables, query, _Choice.inside)


def _inside_several(tables: SearchTables, query: Query) -> Found:
    """Parts of several words; or a name stored as one word and typed as two: "mc donald"."""
    if len(query.words) > 1:
        joined = replace(query, words=("".join(query.words),))
        yield Matched.NAME, _named(tables, joined, _Choice.beginning)
        yield Matched.INSIDE, _named(tables, query, _Choice.inside)


def _misspelt(tables: SearchTables, query: Query) -> Found:
    """One letter wrong in one name word, or one in each of two."""
    if sum(map(len, query.words)) < _SHORTEST_MISSPELT_ALONE:
        return
    near = {
        at: _Choice.near(tables, word)
        for at, word in enumerate(query.words)
        if len(word) >= _SHORTEST_MISSPELT
    }
    for make in (_Choice.whole, _Choice.beginning):
        as_typed = [make(tables, word) for word in query.words]
        for at, choice in near.items():
            yield Matched.SIMILAR, _who_has([*as_typed[:at], choice, *as_typed[at + 1 :]], query)
    for one, two in combinations(near, 2):
        both = {one: near[one], two: near[two]}
        yield Matched.SIMILAR, _who_has([both.get(at, c) for at, c in enumerate(as_typed)], query)


def _sounding(tables: SearchTables, query: Query) -> Found:
    """A name written as it is heard: "vaskez" is Vasquez or Vazquez."""
    as_typed = [_Choice.beginning(tables, word) for word in query.words]
    for at, word in enumerate(query.words):
        if len(word) >= _SHORTEST_MISSPELT_ALONE:
            heard = _Choice.sounding(tables, word)
            if heard.count:
                yield Matched.SIMILAR, _who_has([*as_typed[:at], heard, *as_typed[at + 1 :]], query)


def _unfinished(tables: SearchTables, query: Query) -> Found:
    """A missing blank between two names; or a name that is misspelt and not yet typed to its end."""
    if len(query.words) != 1:
        return
    word = query.words[0]
    for at in range(1, len(word)):
        first = _Choice.whole(tables, word[:at])
        if first.count:
            yield Matched.SIMILAR, _who_has([first, _Choice.beginning(tables, word[at:])], query)
    if len(word) >= _SHORTEST_MISSPELT_ALONE:
        yield Matched.SIMILAR, _who_has([_Choice.beginning_near(tables, word)], query)


def _around(tables: SearchTables, query: Query) -> Found:
    """Where somebody lives and whom to call for them, also together with names, numbers and birth date."""
    if max(map(len, (*query.words, *query.codes)), default=0) < _SHORTEST_INSIDE:
        return
    choices = [_Choice.anywhere(tables, one) for one in query.words or query.codes]
    people = _who_has(choices, replace(query, codes=()))
    for code in query.codes if query.words else ():
        people = _Choice.anywhere(tables, code).among(people)
    yield Matched.AROUND, people
    if len(query.codes) == 1 and not query.words:
        born = query.birth
        called = tables.around().called(query.codes[0])
        yield Matched.AROUND, (one for one in called if born is None or born.fits(one.entry.birth_date))


def _named(
    tables: SearchTables, query: Query, make: "Callable[[SearchTables, str], _Choice]"
) -> Iterator[Person]:
    return _who_has([make(tables, word) for word in query.words], query)


def _who_has(choices: "Sequence[_Choice]", query: Query) -> Iterator[Person]:
    """Those who fit every choice and the rest of the query, found through the rarest choice."""
    rarest = min(choices, key=attrgetter("count"))
    people: Iterator[Person] = rarest.people()
    for choice in choices:
        if choice is not rarest:
            people = choice.among(people)
    return filter(query.fits_beside_words, people) if query.birth or query.codes else people


@dataclass(frozen=True, slots=True)
class _Choice:
    """The words of the tables that one typed word may stand for."""

    words: tuple[tuple[WordTable, list[str]], ...]
    count: int  # people who have one of them, at most
    among: _Among  # those of these people who have one of them

    @classmethod
    def whole(cls, tables: SearchTables, typed: str) -> "_Choice":
        return cls._of([(t, t.whole(typed)) for t in tables.names], _contains(f" {typed} "))

    @classmethod
    def beginning(cls, tables: SearchTables, typed: str) -> "_Choice":
        return cls._of([(t, t.beginning(typed)) for t in tables.names], _contains(f" {typed}"))

    @classmethod
    def inside(cls, tables: SearchTables, typed: str) -> "_Choice":
        if len(typed) < _SHORTEST_INSIDE:
            return cls.beginning(tables, typed)
        return cls._of([(t, list(t.containing(typed))) for t in tables.names], _contains(typed))

    @classmethod
    def anywhere(cls, tables: SearchTables, typed: str) -> "_Choice":
        """A word or number of any field."""
        around = tables.around()
        every = (*tables.names, around.words)
        return cls._of(
            [(table, table.beginning(typed)) for table in every], lambda people: known(typed, people)
        )

    @classmethod
    def near(cls, tables: SearchTables, typed: str) -> "_Choice":
        return cls._of(words := [(t, t.near(typed)) for t in tables.names], _has_one_of(words))

    @classmethod
    def sounding(cls, tables: SearchTables, typed: str) -> "_Choice":
        return cls._of(words := [(t, t.sounding(typed)) for t in tables.names], _has_one_of(words))

    @classmethod
    def beginning_near(cls, tables: SearchTables, typed: str) -> "_Choice":
        return cls._of(words := [(t, t.beginning_near(typed)) for t in tables.names], _has_one_of(words))

    @classmethod
    def _of(cls, words: list[tuple[WordTable, list[str]]], among: _Among) -> "_Choice":
        return cls(tuple(words), sum(table.count(found) for table, found in words), among)

    def people(self) -> Iterator[Person]:
        return chain.from_iterable(table.people_of(words) for table, words in self.words)


def _contains(part: str) -> _Among:
    return lambda people: (one for one in people if part in one.text)


def _has_one_of(words: list[tuple[WordTable, list[str]]]) -> _Among:
    none = set().union(*(found for _, found in words)).isdisjoint
    return lambda people: (one for one in people if not (none(one.family_words) and none(one.other_words)))


# Letters of what is typed that are looked for. No line of a record is longer, and each word of a page that
# was pasted by mistake would take its own part of the stack: thousands of them ended the program.
LONGEST = 200
# How to look, and below how many hits it is worth looking so.
_WAYS = (
    (_sure, 1),
    (_inside, 10**9),
    (_inside_several, _ENOUGH),
    (_misspelt, _ENOUGH),
    (_sounding, 1),
    (_unfinished, 1),
    (_around, 10**9),
)
