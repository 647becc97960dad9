"""A plain list of rows as a model, for suggestions, choices and short lists."""

from clinic_desktop.ui.widgets.list_model import ListModel
from clinic_desktop.ui.widgets.rows import Row


class RowModel(ListModel[Row]):
    """Holds rows; whoever fills it keeps what they stand for."""

    def shown(self, thing: Row) -> str:
        return thing.text

    def spoken(self, thing: Row) -> str:
        return thing.spoken
