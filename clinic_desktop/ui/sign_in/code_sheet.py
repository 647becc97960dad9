"""The page on which a recovery code is printed."""

from datetime import date

from clinic_desktop.foundation.document import (
    Box,
    BoxKind,
    Document,
    Heading,
    PageSize,
    Paragraph,
    Run,
    TextRole,
)
from clinic_desktop.foundation.words import long_date
from clinic_desktop.security.recovery_code import RecoveryCode
from clinic_desktop.ui.i18n import tr


def code_sheet(code: RecoveryCode, name: str, clinic: str, day: date, page: str) -> Document:
    """One page: whose it is, the code, what it is for."""
    blocks = (
        Heading(1, (Run(tr("Recovery code")),)),
        Paragraph((Run(f"{clinic}. {name}. {long_date(day)}."),)),
        Box(BoxKind.DANGER, (Paragraph((Run(code.grouped, bold=True),), TextRole.HEADLINE),)),
        Paragraph((Run(tr("It lets you set a new password when the old one is forgotten.")),)),
        Paragraph((Run(tr("On the screen where you sign in: Alt and C, your name, this code.")),)),
        Paragraph((Run(tr("Used once, it counts no more, and you get a new one.")),)),
        Paragraph((Run(tr("Whoever has this page can sign in as you. Keep it locked away."), bold=True),)),
    )
    return Document(title=tr("Recovery code"), language="en", blocks=blocks, page_size=PageSize(page))
