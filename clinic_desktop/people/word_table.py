"""Words and whose they are: found by beginning, by a part inside, with one letter wrong, and by sound."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from operator import attrgetter

from rapidfuzz.distance import OSA

from clinic_desktop.people.search_person import Person
from clinic_desktop.people.similar_names import sound

_BY_KEY = attrgetter("key")
_LAST = chr(0x10FFFF)
_FARTHEST_SOUND = 3  # letters that two spellings of one sound differ by: vaskez, Vazquez


class WordTable:
    """Each word with its people, in the order lists show them."""

    def __init__(self, ordered: Iterable[tuple[str, Person]]) -> None:
        """From (word, person), the people in the order of their keys."""
        self._people: dict[str, list[Person]] = {}
        for word, person in ordered:
            self._people.setdefault(word, []).append(person)
        self._words = sorted(self._people)
        self._shortened = _Groups(_shortenings)
        self._heard = _Groups(lambda word: (sound(word),))
        self._all: str | None = None  # every word between line ends, to look inside

    def prepare(self) -> None:
        """Make what is only asked when a word is not found as it is typed."""
        for groups in (self._shortened, self._heard):
            groups.sharing("", self._words)

    def put(self, word: str, person: Person) -> None:
        if word not in self._people:
            self._people[word] = []
            insort(self._words, word)
            self._shortened.add(word)
            self._heard.add(word)
            self._all = None
        insort(self._people[word], person, key=_BY_KEY)

    def remove(self, word: str, person: Person) -> None:
        people = self._people[word]
        del people[bisect_left(people, person.key, key=_BY_KEY)]
        if not people:
            self._forget(word)

    def _forget(self, word: str) -> None:
        del self._people[word]
        del self._words[bisect_left(self._words, word)]
        self._all = None
        self._shortened.remove(word)
        self._heard.remove(word)

    def whole(self, word: str) -> list[str]:
        """The word, when anybody has it."""
        return [word] if word in self._people else []

    def people_of(self, words: Iterable[str]) -> Iterator[Person]:
        """Who has one of these words of the table, word by word."""
        return chain.from_iterable(map(self._people.__getitem__, words))

    def count(self, words: Iterable[str]) -> int:
        """How many people these words of the table have, at most."""
        return sum(map(len, map(self._people.__getitem__, words)))

    def beginning(self, start: str) -> list[str]:
        """The words that begin so, in order."""
        words = self._words
        return words[bisect_left(words, start) : bisect_left(words, start + _LAST)]

    def containing(self, part: str) -> Iterator[str]:
        """The words with this part anywhere, in order."""
        if self._all is None:
            self._all = "\n" + "\n".join(self._words) + "\n"
        text = self._all
        at = text.find(part)
        while at >= 0:
            end = text.index("\n", at)
            yield text[text.rindex("\n", 0, at) + 1 : end]
            at = text.find(part, end)

    def near(self, typed: str) -> list[str]:
        """The words one letter away: another, a missing, an additional one, or two exchanged.

        Two such words share a word that is at most one letter shorter than each.
        """
        found = self._shortened.sharing(typed, self._words)
        return sorted(w for w in found if OSA.distance(typed, w, score_cutoff=1) == 1)

    def beginning_near(self, typed: str) -> list[str]:
        """The words whose beginning is one letter away, the first letter being right."""
        lengths = (len(typed) - 1, len(typed), len(typed) + 1)
        return [
            word
            for word in self.beginning(typed[:1])
            if any(OSA.distance(typed, word[:n], score_cutoff=1) == 1 for n in lengths)
        ]

    def sounding(self, typed: str) -> list[str]:
        """The words that sound the same and are written a few letters apart, the closest first."""
        found = self._heard.sharing(typed, self._words)
        apart = sorted((OSA.distance(typed, word), word) for word in found)
        return [word for far, word in apart if far <= _FARTHEST_SOUND]


class _Groups:
    """Words by what they share with words like them; made when first asked, and kept up from then on."""

    def __init__(self, shared: Callable[[str], Iterable[str]]) -> None:
        self._shared = shared
        self._groups: dict[str, list[str]] | None = None

    def sharing(self, typed: str, words: Iterable[str]) -> set[str]:
        """Those of all the words that share something with what is typed."""
        if self._groups is None:
            self._groups = {}
            for word in words:
                self.add(word)
        groups = self._groups
        return {word for key in self._shared(typed) for word in groups.get(key, ())}

    def add(self, word: str) -> None:
        if self._groups is not None:
            for key in self._shared(word):
                self._groups.setdefault(key, []).append(word)

    def remove(self, word: str) -> None:
        if self._groups is not None:
            for key in self._shared(word):
                self._groups[key].remove(word)
                if not self._groups[key]:
                    del self._groups[key]


def _shortenings(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
