"""What the program itself writes as a reason. It is kept in English and translated for whoever reads it."""

HAPPENED = "recorded as it happened"
RETIMED = "the rules of the time zone changed"
IMPORTED = "imported from"  # a name stands behind it
REPLACED = "replaced by a newer order"

KEPT = (HAPPENED, RETIMED, IMPORTED, REPLACED)
