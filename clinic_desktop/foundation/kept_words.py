"""What the program itself writes as a reason. It is kept in English and translated for whoever reads it."""

HAPPENED = "recorded as it happened"
RETIMED = "the rules of the time zone changed"
IMPORTED = "imported from"  # a name stands behind it
REPLACED = "replaced by a newer order"
KEPT_MEANWHILE = "kept on the computer while the server was away"

KEPT = (KEPT_MEANWHILE, HAPPENED, RETIMED, IMPORTED, REPLACED)
