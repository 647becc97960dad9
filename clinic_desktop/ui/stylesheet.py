"""The one style sheet of the program. It speaks of edges and areas, never of fonts."""

from collections.abc import Callable
from string import Template

from clinic_desktop.foundation.resources import resource
from clinic_desktop.ui.tokens import Colours

_ARROW = resource("theme", "combo_arrow.svg").as_posix()

_SHEET = Template("""
QLabel[ink="second"] { color: $ink2 }
QLabel[ink="third"] { color: $ink3 }
QLabel[ink="accent"] { color: $accent }
QLabel[ink="danger"] { color: $danger }
QLabel[ink="warn"] { color: $warn }
QLabel[ink="ok"] { color: $ok }
QLabel[ink="info"] { color: $info }
QLineEdit, QComboBox, QAbstractSpinBox {
  border: 1px solid $control; border-radius: 7px; background: $surface; color: $ink;
  placeholder-text-color: $ink3; padding: 1px 9px;
  min-height: $field; selection-background-color: $accent; selection-color: $on_accent }
QPlainTextEdit, QTextEdit {
  border: 1px solid $control; border-radius: 7px; background: $surface; color: $ink; padding: 4px 6px;
  placeholder-text-color: $ink3;
  selection-background-color: $accent; selection-color: $on_accent }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $accent; padding: 0 8px }
QScrollArea[said="true"]:focus { border: 2px solid $accent }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 3px 5px }
QLineEdit[problem="true"], QComboBox[problem="true"] { border: 2px solid $danger; padding: 0 8px }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: $sunken; color: $ink3 }
QLineEdit[plain="true"] { border: 0; background: transparent; padding: 0 }
QComboBox::drop-down { border: 0; width: 20px }
QComboBox::down-arrow { image: url("$arrow"); width: 14px; height: 14px }
QAbstractItemView { background: $surface; border: 0; outline: 0; gridline-color: $line;
  selection-background-color: $accent_soft; selection-color: $ink; alternate-background-color: $sunken }
QComboBox QAbstractItemView, QAbstractItemView[offers="true"] {
  background: $surface; border: 1px solid $line2; padding: 4px; outline: 0 }
QAbstractItemView[offers="true"] { padding: 1px }
QComboBox QAbstractItemView::item, QAbstractItemView[offers="true"]::item {
  padding: 5px 8px; border-radius: 5px }
QComboBox QAbstractItemView::item:selected, QAbstractItemView[offers="true"]::item:selected {
  background: $accent_soft; color: $ink }
QAbstractItemView[ground="canvas"] { background: $canvas }
QAbstractItemView[ground="through"] { background: transparent }
QAbstractItemView[framed="true"] { border: 1px solid $line2; border-radius: 7px; padding: 1px }
QAbstractItemView[framed="true"]:focus { border: 2px solid $accent; padding: 0 }
QHeaderView { background: $surface; border: 0 }
QHeaderView::section { background: $surface; color: $ink3; border: 0; border-bottom: 1px solid $line2;
  padding: 6px 10px }
QTableView::item, QTreeView::item { border-bottom: 1px solid $line; padding: 0 10px }
QTableView::item:focus { border: 2px solid $accent }
QMenu { background: $surface; border: 1px solid $line2; padding: 5px }
QMenu::item { padding: 6px 28px 6px 14px; border-radius: 5px }
QMenu::item:selected { background: $accent_soft; color: $ink }
QMenu::item:disabled { color: $ink3 }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px }
QToolTip { background: $surface; color: $ink; border: 1px solid $line2; padding: 5px 8px }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0 }
QScrollBar { background: transparent; border: 0; margin: 0 }
QScrollBar:vertical { width: 11px }
QScrollBar:horizontal { height: 11px }
QScrollBar::handle { background: $line2; border-radius: 4px; margin: 2px }
QScrollBar::handle:hover { background: $control }
QScrollBar::handle:vertical { min-height: 28px }
QScrollBar::handle:horizontal { min-width: 28px }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0 }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent }
QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 6px }
QCheckBox:focus, QRadioButton:focus { border-color: $accent }
QCheckBox::indicator, QRadioButton::indicator {
  border: 1px solid $control; background: $surface; width: $tick; height: $tick }
QCheckBox::indicator { border-radius: 4px }
QRadioButton::indicator { border-radius: $round }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check") }
QRadioButton::indicator:checked { border: 5px solid $accent; width: $dot; height: $dot }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $closed; border-color: $line2 }
QProgressBar { border: 1px solid $control; border-radius: 4px; background: $surface }
QProgressBar { max-height: 6px; min-height: 6px }
QProgressBar::chunk { border-radius: 3px; background: $accent }
""")


def style_sheet(colours: Colours[str], px: Callable[[float], int]) -> str:
    """The sheet for a scheme; ``px`` scales a size with the text."""
    named = {name: getattr(colours, name) for name in Colours.__slots__}
    tick = px(15)
    sizes = {"field": px(26), "tick": tick, "round": (tick + 2) // 2, "dot": tick - 8}
    return _SHEET.substitute(
        named,
        **{name: f"{size}px" for name, size in sizes.items()},
        arrow=_ARROW,
        check=_check(colours.on_accent),
    )


def _check(on_accent: str) -> str:
    """The tick in a checked box, light or dark as text upon the accent is."""
    light = int(on_accent[1:3], 16) > 127
    return resource("theme", "check_light.svg" if light else "check_dark.svg").as_posix()
