"""Every pair of colours the program paints can be read, and told apart by the colour blind."""

import ast
import csv
import re
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QProgressBar
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import FAMILIES, Colours, Scheme, TextRole, tokens
from tests.shared_data import shared
from tests.ui.grab import picture_of
from tests.ui.kit.colour import contrast, difference, lab, least_difference

SCHEMES = {"light": tokens().light, "dark": tokens().dark}
UI = Path(__file__).parents[3] / "clinic_desktop" / "ui"

GROUNDS = ("canvas", "surface", "sunken", "closed")
TEXT = [
    *((ink, ground) for ink in ("ink", "ink2", "ink3") for ground in GROUNDS),
    *((ink, "accent_soft") for ink in ("ink", "ink2", "accent")),
    *((ink, ground) for ink in ("accent", "danger", "warn", "ok", "info") for ground in GROUNDS),
    *((tone, f"{tone}_soft") for tone in ("danger", "warn", "ok", "info")),
    *((ink, f"{tone}_soft") for tone in ("danger", "warn", "ok", "info") for ink in ("ink", "ink2")),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("on_danger", "danger"),
    ("on_danger", "now"),
    ("ink", "line2"),
    ("ink2", "key"),
]
GRAPHICS = [
    *(("control", ground) for ground in ("canvas", "surface", "sunken")),
    *(("accent", ground) for ground in (*GROUNDS, "accent_soft", "danger_soft", "warn_soft")),
    *(("now", ground) for ground in ("surface", "closed")),
    ("ink3", "accent_soft"),
    ("danger", "surface"),
]
SAME_COLOUR = {  # told apart by shape and word only, on purpose
    frozenset({VisitState.HELD, VisitState.BOOKED}),
    frozenset({VisitState.IN_ROOM, VisitState.DOSING}),
}


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> Scheme[str]:
    return SCHEMES[request.param]


def test_published_contrast_figures_come_out() -> None:
    with shared("data/accessibility/contrast_vectors.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found = contrast(row["foreground"], row["background"])
            assert found == pytest.approx(float(row["computed_ratio"]), abs=0.01), row["case"]


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


def test_difference_agrees_with_published_pairs() -> None:
    # Sharma, Wu and Dalal 2005, table 1, pairs 1, 7 and 25.
    assert difference((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert difference((50, 0, 0), (50, -1, 2)) == pytest.approx(2.3669, abs=1e-4)
    assert difference((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)) == pytest.approx(
        1.2644, abs=1e-4
    )


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_r21_text_reaches_four_and_a_half(scheme: Scheme[str], ink: str, ground: str) -> None:
    assert contrast(getattr(scheme.colours, ink), getattr(scheme.colours, ground)) >= 4.5


@pytest.mark.parametrize(("mark", "ground"), GRAPHICS)
def test_edges_and_marks_reach_three(scheme: Scheme[str], mark: str, ground: str) -> None:
    assert contrast(getattr(scheme.colours, mark), getattr(scheme.colours, ground)) >= 3


@pytest.mark.parametrize("family", [*FAMILIES, "done"])
def test_r21_a_visit_can_be_read_on_each_of_its_bands(scheme: Scheme[str], family: str) -> None:
    colours = scheme.families[family]
    for band in (colours.prep, colours.dose, colours.hatch):
        assert contrast(colours.ink, band) >= 4.5
    assert contrast(colours.edge, scheme.colours.surface) >= 3


@pytest.mark.parametrize("state", VisitState)
def test_a_state_stands_out_on_every_visit_and_reads_as_text(scheme: Scheme[str], state: VisitState) -> None:
    colour = scheme.status[state]
    for family in FAMILIES:
        assert contrast(colour, scheme.families[family].prep) >= 3
        assert contrast(colour, scheme.families[family].dose) >= 3
    assert contrast(colour, scheme.colours.surface) >= 4.5


def test_no_two_visit_types_look_alike_to_the_colour_blind(scheme: Scheme[str]) -> None:
    for one, other in combinations([*FAMILIES, "done"], 2):
        apart = least_difference(scheme.families[one].dose, scheme.families[other].dose)
        assert apart >= 5.5, (one, other)


def test_states_that_mean_different_things_differ_for_the_colour_blind(scheme: Scheme[str]) -> None:
    live = [s for s in VisitState if s not in (VisitState.CANCELLED, VisitState.LEFT)]
    ended_badly = {VisitState.MISSED, VisitState.NOT_TREATED, VisitState.LEFT_EARLY, VisitState.TRANSFERRED}
    for one, other in combinations(live, 2):
        if frozenset({one, other}) in SAME_COLOUR or {one, other} <= ended_badly:
            continue
        assert least_difference(scheme.status[one], scheme.status[other]) >= 6, (one, other)


def test_good_doubtful_and_bad_stay_far_apart(scheme: Scheme[str]) -> None:
    for one, other in combinations(("ok", "warn", "danger"), 2):
        apart = least_difference(getattr(scheme.colours, one), getattr(scheme.colours, other))
        assert apart >= 9, (one, other)


def test_simulated_grey_stays_grey() -> None:
    for vision in ("protanopia", "deuteranopia", "tritanopia"):
        _light, a, b = lab("#808080", vision)
        assert abs(a) < 0.1
        assert abs(b) < 0.1


def test_nothing_a_person_reads_is_below_13_px() -> None:
    assert {role: style.size for role, style in tokens().text.items() if style.size < 13} == {}
    assert set(tokens().text) == set(TextRole)


def test_no_widget_has_a_colour_of_its_own() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{3}([0-9A-Fa-f]{3})?")
    found = []
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and literal.fullmatch(node.value)
            ):
                found.append(f"{file.name}:{node.lineno} {node.value}")
    assert found == []


def test_every_colour_is_used() -> None:
    text = "\n".join(f.read_text(encoding="utf-8") for f in UI.rglob("*.py") if f.name != "tokens.py")
    later = {"grid", "grid_hour", "now"}  # the board's
    unused = [n for n in Colours.__slots__ if n not in later and not re.search(rf"\b{n}\b", text)]
    assert unused == []


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit])
@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.DARK])
def test_the_hint_in_an_empty_field_can_be_read(
    qtbot: QtBot, make: type[QLineEdit | QPlainTextEdit], look: Appearance
) -> None:
    theme().set_appearance(look)
    field = make()
    qtbot.addWidget(field)
    field.setPlaceholderText("llll llll llll")
    picture = picture_of(field, (200, 60), 4).toImage()
    ground = theme().colours.surface.name()
    inner = range(60, picture.width() - 60)
    seen = {picture.pixelColor(x, y).name() for x in inner for y in range(20, 220)}
    theme().set_appearance(Appearance.SYSTEM)
    assert max(contrast(colour, ground) for colour in seen) >= 4.5


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_how_far_a_progress_bar_goes_is_seen_before_it_is_full(qtbot: QtBot, appearance: Appearance) -> None:
    bar = QProgressBar(textVisible=False, value=20)
    qtbot.addWidget(bar)
    theme().set_appearance(appearance)
    try:
        picture = picture_of(bar, (200, 8)).toImage()
        done, still, edge = (picture.pixelColor(*at).name() for at in ((20, 4), (100, 4), (150, 0)))
        assert contrast(edge, theme().colours.canvas.name()) >= 3
        assert contrast(done, still) >= 3
    finally:
        theme().set_appearance(Appearance.SYSTEM)
