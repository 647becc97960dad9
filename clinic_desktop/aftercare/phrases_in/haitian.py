"""The fixed words in Haitian Creole: a draft that nobody who speaks it has reviewed yet."""

from clinic_desktop.aftercare.phrase_set import Phrases, never

HAITIAN = Phrases(
    language_name="Kreyòl ayisyen",
    patient="Pasyan",
    born="Dat nesans",
    visit="Vizit",
    next_visit="Pwochen vizit",
    phone="Telefòn",
    page="Paj {page} sou {pages}",
    draft="Bouyon, klinik la poko apwouve li",
    interpreter="Li papye sa a ak yon entèprèt. Li gratis.",
    wording="{title}. {language}, vèsyon {version}.",
    approved="{by} apwouve li, {on}.",
    printed="Enprime {on}, {time}, pa {by}.",
    printed_by_nobody="Enprime {on}, {time}.",
    visit_number="Vizit {visit}.",
    again="Enprime ankò {on}, {time}, pa {by}.",
    again_by_nobody="Enprime ankò {on}, {time}.",
    copy="Kopi {number}.",
    sheet_version="{language}, vèsyon {version}, kopi {copy}",
    hours={"other": "{hours} èdtan"},
    who_drives="Ki moun k ap mennen ou lakay ou?",
    alone={"taxi": "yon taksi", "transit": "otobis oswa tren"},
    the_patient="pasyan an",
    plural=never,
)
