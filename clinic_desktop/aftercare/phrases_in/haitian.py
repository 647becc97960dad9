"""The fixed words in Haitian Creole: a draft that nobody who speaks it has reviewed yet."""

from clinic_desktop.aftercare.phrase_set import CourseWords, Phrases, never

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
    appointment="Randevou",
    scan_visit="Eskane: mete l nan kalandriye",
    scan_phone="Eskane: rele nou",
    course=CourseWords(
        of="{number} sou {planned}",
        card="kat {number} sou {cards}",
        cut="Koupe sou ti tirè yo epi pliye nan mitan. Kat la pa di ki tretman; se pou pasyan an.",
        days={
            "other": "{days} jou travay",
        },
        waits={
            "later": "n ap rele w",
            "driver": "nou bezwen konnen kiyès k ap mennen w lakay ou",
            "clearance": "n ap tann ekip medikal nou an dakò",
            "both": "n ap tann ekip medikal nou an dakò, epi nou bezwen konnen kiyès k ap mennen w lakay ou",
        },
    ),
    plural=never,
)
