"""The fixed words in the Spanish of the United States: complete, and not reviewed yet."""

from clinic_desktop.aftercare.phrase_set import CourseWords, Phrases

SPANISH = Phrases(
    language_name="Español",
    patient="Paciente",
    born="Fecha de nacimiento",
    visit="Visita",
    next_visit="Próxima visita",
    phone="Teléfono",
    page="Página {page} de {pages}",
    draft="Borrador, la clínica aún no lo ha aprobado",
    interpreter="Repase esta hoja con un intérprete. Es gratis.",
    wording="{title}. {language}, versión {version}.",
    approved="Aprobado por {by}, {on}.",
    printed="Impreso el {on}, {time}, por {by}.",
    printed_by_nobody="Impreso el {on}, {time}.",
    visit_number="Visita {visit}.",
    again="Impreso otra vez el {on}, {time}, por {by}.",
    again_by_nobody="Impreso otra vez el {on}, {time}.",
    copy="Copia {number}.",
    sheet_version="{language}, versión {version}, copia {copy}",
    hours={"one": "{hours} hora", "other": "{hours} horas"},
    who_drives="¿Quién le lleva a casa?",
    alone={"taxi": "un taxi o un viaje compartido", "transit": "el autobús o el tren"},
    the_patient="el paciente",
    appointment="Cita",
    scan_visit="Escanee: cita al calendario",
    scan_phone="Escanee: llámenos",
    course=CourseWords(
        of="{number} de {planned}",
        card="tarjeta {number} de {cards}",
        cut="Corte por las rayas y doble por la mitad. No nombra ningún tratamiento; es del paciente.",
        days={
            "one": "{days} día hábil",
            "other": "{days} días hábiles",
        },
        waits={
            "later": "le llamaremos",
            "driver": "falta saber quién le lleva a casa",
            "clearance": "falta el visto bueno de nuestro equipo médico",
            "both": "falta el visto bueno de nuestro equipo médico, y quién le lleva a casa",
        },
    ),
)
