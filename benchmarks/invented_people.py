"""Invented patients for the benchmarks: as many namesakes as a real town has, or the common workload's
short syllables with its very common names. The same seed makes the same people."""

import random
from datetime import date, timedelta

from clinic_desktop.people.search import SearchEntry


def _words(text: str) -> list[str]:
    return text.split()


_GIVEN = _words("""
James Mary Michael Patricia Robert Jennifer John Linda David Elizabeth William Barbara Richard Susan
Joseph Jessica Thomas Karen Christopher Sarah Charles Lisa Daniel Nancy Matthew Sandra Anthony Betty
Mark Ashley Donald Emily Steven Kimberly Andrew Margaret Paul Donna Joshua Michelle Kenneth Carol Kevin
Amanda Brian Melissa Timothy Deborah Ronald Stephanie Jason Rebecca George Sharon Edward Laura Jeffrey
Cynthia Ryan Dorothy Jacob Amy Nicholas Kathleen Gary Angela Eric Shirley Jonathan Emma Stephen Brenda
Larry Pamela Justin Nicole Scott Anna Brandon Samantha Benjamin Katherine Samuel Christine Gregory Debra
Alexander Rachel Patrick Carolyn Frank Janet Raymond Maria Jack Olivia Dennis Heather Jerry Helen Tyler
Catherine Aaron Diane José Julie Adam Victoria Nathan Joyce Henry Lauren Zachary Kelly Douglas Christina
Peter Ruth Kyle Joan Noah Virginia Ethan Judith Jeremy Evelyn Christian Hannah Walter Andrea Keith Megan
Roger Cheryl Terry Jacqueline Sean Madison Gerald Teresa Carl Abigail Harold Sophia Dylan Martha Arthur
Sara Lawrence Gloria Jordan Janice Jesse Kathryn Bryan Ann Billy Isabella Bruce Judy Gabriel Charlotte
Joe Julia Logan Grace Alan Amber Juan Alice Albert Jean Willie Denise Elijah Frances Wayne Danielle
Randy Marilyn Vincent Natalie Mason Beverly Roy Diana Ralph Brittany Bobby Theresa Russell Kayla Philip
Alexis Eugene Doris Zoë Chloé Søren Łukasz Nguyệt
""")
_FAMILY = _words("""
Smith Johnson Williams Brown Jones García Miller Davis Rodríguez Martínez Hernández López González
Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Pérez Thompson White Harris Sánchez Clark Ramírez
Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker
Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards
Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey
Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza
Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Powell Jenkins Perry
Russell Sullivan Bell Coleman Butler Henderson Barnes Gonzales Fisher Vasquez Simmons Romero Jordan
Patterson Alexander Hamilton Graham Reynolds Griffin Wallace Moreno West Cole Hayes Bryant Herrera
Gibson Ellis Tran Medina Aguilar Stevens Murray Ford Castro Marshall Owens Harrison Fernandez McDonald
Woods Washington Kennedy Wells Vargas Henry Chen Freeman Webb Tucker Guzman Burns Crawford Olson Simpson
Porter Hunter Gordon Mendez Silva Shaw Snyder Mason Dixon Muñoz Hunt Hicks Holmes Palmer Wagner Black
Robertson Boyd Rose Stone Salazar Fox Warren Mills Meyer Rice Schmidt Garza Daniels Ferguson Nichols
Stephens Soto Weaver Ryan Gardner Payne Grant Dunn Kelley Spencer Hawkins O'Brien
""")
_STREETS = ("Street", "Avenue", "Road", "Lane")
_STARTS = _words("""
B Bl Br C Ch Cl Cr D Dr F Fl Fr G Gr H J K Kl Kr L M N P Ph Pl Pr R S Sch Sh Sl Sm Sp St T Th Tr V W Wh
Y Z
""")
_VOWELS = _words("""
a a a e e e i i o o u ai ea ee ie oo ou
""")
_MIDDLES = _words("""
b ck d ff g l ll m mm n nd ng nn r rr rt s ss st t tt v
""")
_ENDS = _words("""
berg by den er erson field ford ham ie in ing ings key land ler ley man ner on s sen son ston ton ville
way
""")
_SYLLABLES = _words("""
ba be bo da de do fa fe ga go ha ka ke ki la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se si
so ta te ti to va ve vi wa we ya ze
""")


def town(number: int, seed: int = 1) -> list[SearchEntry]:
    """People named as in a North American town: a third have one of 200 family names, and most one
    of 200 given names, the commonest first; the rest have names of their own."""
    rng = random.Random(seed)
    rare_family = sorted({_rare(rng) for _ in range(16000)})
    rare_given = sorted({_rare(rng) for _ in range(1500)})
    people = []
    for person_id in range(1, number + 1):
        given = _common(rng, _GIVEN) if rng.random() < 0.85 else rng.choice(rare_given)
        family = _common(rng, _FAMILY) if rng.random() < 0.35 else rng.choice(rare_family)
        people.append(_person(rng, person_id, given, family))
    return people


def syllables(number: int, seed: int = 1) -> list[SearchEntry]:
    """People named as in the common workload: a few names are shared by thousands."""
    rng = random.Random(seed)
    family, given = _syllable_names(rng, 6000), _syllable_names(rng, 1500)
    people = []
    for person_id in range(1, number + 1):
        last = family[min(int(rng.paretovariate(0.5)) - 1, len(family) - 1)]
        first = given[min(int(rng.paretovariate(0.6)) - 1, len(given) - 1)]
        people.append(_person(rng, person_id, first, last))
    return people


def _common(rng: random.Random, names: list[str]) -> str:
    weights = _weights(len(names))
    return rng.choices(names, cum_weights=weights)[0]


_CUMULATED: dict[int, list[float]] = {}


def _weights(number: int) -> list[float]:
    if number not in _CUMULATED:
        total, sums = 0.0, []
        for rank in range(number):
            total += 1 / (rank + 10)
            sums.append(total)
        _CUMULATED[number] = sums
    return _CUMULATED[number]


def _rare(rng: random.Random) -> str:
    start = rng.choice(_STARTS) + rng.choice(_VOWELS)
    middle = rng.choice(_MIDDLES) + (rng.choice(_VOWELS) + rng.choice(_MIDDLES)) * (rng.random() < 0.3)
    return start + middle + rng.choice(_ENDS)


def _syllable_names(rng: random.Random, number: int) -> list[str]:
    names: set[str] = set()
    while len(names) < number:
        names.add("".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((2, 2, 3, 3, 4)))).capitalize())
    return sorted(names)


def _street(number: int) -> str:
    return f"{_FAMILY[number % len(_FAMILY)]} {_STREETS[number % len(_STREETS)]}"


def _person(rng: random.Random, person_id: int, given: str, family: str) -> SearchEntry:
    return SearchEntry(
        id=person_id,
        given_name=given,
        family_name=family,
        birth_date=date(1935, 1, 1) + timedelta(rng.randrange(26000)),
        phones=(f"+1555{rng.randrange(10**7):07d}",),
        email=f"{given.lower()}.{family.lower()}.{person_id}@example.org",
        chart_number=f"C{person_id:06d}",
        address=f"{person_id % 9900 + 1} {_street(person_id)} Springvale IL",
        emergency_name=f"{_GIVEN[person_id % len(_GIVEN)]} {family}",
        emergency_phone=f"+1217{person_id * 7919 % 10**7:07d}",
    )
