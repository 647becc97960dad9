"""The fixed words in Russian: a draft that nobody who speaks it has reviewed yet."""

from clinic_desktop.aftercare.phrase_set import CourseWords, Phrases


def _plural(number: int) -> str:
    if number % 10 == 1 and number % 100 != 11:
        return "one"
    return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"


RUSSIAN = Phrases(
    language_name="Русский",
    patient="Пациент",
    born="Дата рождения",
    visit="Приём",
    next_visit="Следующий приём",
    phone="Телефон",
    page="Страница {page} из {pages}",
    draft="Черновик, ещё не утверждён клиникой",
    interpreter="Прочитайте это с переводчиком. Это бесплатно.",
    wording="{title}. {language}, версия {version}.",
    approved="Утверждено: {by}, {on}.",
    printed="Напечатано {on}, {time}: {by}.",
    printed_by_nobody="Напечатано {on}, {time}.",
    visit_number="Приём № {visit}.",
    again="Напечатано ещё раз {on}, {time}: {by}.",
    again_by_nobody="Напечатано ещё раз {on}, {time}.",
    copy="Экземпляр {number}.",
    sheet_version="{language}, версия {version}, экземпляр {copy}",
    hours={"one": "{hours} час", "few": "{hours} часа", "other": "{hours} часов"},
    who_drives="Кто отвезёт вас домой?",
    alone={"taxi": "такси", "transit": "автобус или поезд"},
    the_patient="пациент",
    appointment="Приём",
    scan_visit="Код: приём в календарь",
    scan_phone="Код: позвонить нам",
    course=CourseWords(
        of="{number} из {planned}",
        card="карта {number} из {cards}",
        cut="Разрежьте по пунктиру и сложите посередине. Лечение здесь не названо; это карта пациента.",
        days={
            "one": "{days} рабочий день",
            "few": "{days} рабочих дня",
            "other": "{days} рабочих дней",
        },
        waits={
            "later": "мы вам позвоним",
            "driver": "нам нужно знать, кто отвезёт вас домой",
            "clearance": "мы ждём согласия наших врачей",
            "both": "мы ждём согласия наших врачей, и нам нужно знать, кто отвезёт вас домой",
        },
    ),
    plural=_plural,
)
