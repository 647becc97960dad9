"""A line in which somebody looks for something: what stands in it is nothing that they would save."""

from PySide6.QtWidgets import QLineEdit


class FindingLine(QLineEdit):
    """Whoever takes the desk over finishes nothing that stands here."""

    only_finds = True
