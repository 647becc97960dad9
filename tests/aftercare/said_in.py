"""How each language says the days and times of the invented visit: written by hand, from no table of ours."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """long: September 29, 30, October 6 to 27, with their year. near: September 27 to 30, October 1, 2.
    clock: by the reading with 24 hours. moment: a near day with its time. page: "page 1 of 2"."""

    long: dict[str, str]
    near: dict[str, str]
    clock: dict[str, str]
    moment: str
    born: str
    made: str
    page: str
    version: str


def _halves(am: str, pm: str, pattern: str = "{time} {half}") -> dict[str, str]:
    """The readings of a clock with two halves; noon belongs to the second."""
    read = {
        "04:31": ("4:31", am), "08:31": ("8:31", am), "09:31": ("9:31", am), "10:16": ("10:16", am),
        "10:31": ("10:31", am), "12:11": ("12:11", pm), "12:20": ("12:20", pm), "14:30": ("2:30", pm),
        "18:31": ("6:31", pm), "20:11": ("8:11", pm),
    }  # fmt: skip
    return {reading: pattern.format(time=time, half=half) for reading, (time, half) in read.items()}


SAID = {
    "en": Said(
        {"09-29": "Tuesday, September 29, 2026", "09-30": "Wednesday, September 30, 2026",
         "10-06": "Tuesday, October 6, 2026", "10-13": "Tuesday, October 13, 2026",
         "10-20": "Tuesday, October 20, 2026", "10-27": "Tuesday, October 27, 2026"},
        {"09-27": "Sunday, September 27", "09-28": "Monday, September 28", "09-29": "Tuesday, September 29",
         "09-30": "Wednesday, September 30", "10-01": "Thursday, October 1", "10-02": "Friday, October 2"},
        _halves("AM", "PM"), "{day}, {time}", "April 12, 1984", "September 29, 2026",
        "Page {page} of {pages}", "English, version 1.",
    ),
    "es": Said(
        {"09-29": "martes, 29 de septiembre de 2026", "09-30": "miércoles, 30 de septiembre de 2026",
         "10-06": "martes, 6 de octubre de 2026", "10-13": "martes, 13 de octubre de 2026",
         "10-20": "martes, 20 de octubre de 2026", "10-27": "martes, 27 de octubre de 2026"},
        {"09-27": "domingo, 27 de septiembre", "09-28": "lunes, 28 de septiembre",
         "09-29": "martes, 29 de septiembre", "09-30": "miércoles, 30 de septiembre",
         "10-01": "jueves, 1 de octubre", "10-02": "viernes, 2 de octubre"},
        _halves("a. m.", "p. m."), "{day}, {time}", "12 de abril de 1984", "29 de septiembre de 2026",
        "Página {page} de {pages}", "Español, versión 1.",
    ),
    "vi": Said(
        {"09-29": "Thứ Ba, ngày 29 tháng 9 năm 2026", "09-30": "Thứ Tư, ngày 30 tháng 9 năm 2026",
         "10-06": "Thứ Ba, ngày 6 tháng 10 năm 2026", "10-13": "Thứ Ba, ngày 13 tháng 10 năm 2026",
         "10-20": "Thứ Ba, ngày 20 tháng 10 năm 2026", "10-27": "Thứ Ba, ngày 27 tháng 10 năm 2026"},
        {"09-27": "Chủ Nhật, ngày 27 tháng 9", "09-28": "Thứ Hai, ngày 28 tháng 9",
         "09-29": "Thứ Ba, ngày 29 tháng 9", "09-30": "Thứ Tư, ngày 30 tháng 9",
         "10-01": "Thứ Năm, ngày 1 tháng 10", "10-02": "Thứ Sáu, ngày 2 tháng 10"},
        _halves("SA", "CH"), "{day}, {time}", "ngày 12 tháng 4 năm 1984", "ngày 29 tháng 9 năm 2026",
        "Trang {page} / {pages}", "Tiếng Việt, phiên bản 1.",
    ),
    "ru": Said(
        {"09-29": "вторник, 29 сентября 2026 г.", "09-30": "среда, 30 сентября 2026 г.",
         "10-06": "вторник, 6 октября 2026 г.", "10-13": "вторник, 13 октября 2026 г.",
         "10-20": "вторник, 20 октября 2026 г.", "10-27": "вторник, 27 октября 2026 г."},
        {"09-27": "воскресенье, 27 сентября", "09-28": "понедельник, 28 сентября",
         "09-29": "вторник, 29 сентября", "09-30": "среда, 30 сентября",
         "10-01": "четверг, 1 октября", "10-02": "пятница, 2 октября"},
        {one: one for one in _halves("", "")}, "{day}, {time}", "12 апреля 1984 г.", "29 сентября 2026 г.",
        "Страница {page} из {pages}", "Русский, версия 1.",
    ),
    "zh-Hans": Said(
        {"09-29": "2026年9月29日星期二", "09-30": "2026年9月30日星期三", "10-06": "2026年10月6日星期二",
         "10-13": "2026年10月13日星期二", "10-20": "2026年10月20日星期二", "10-27": "2026年10月27日星期二"},
        {"09-27": "9月27日星期日", "09-28": "9月28日星期一", "09-29": "9月29日星期二",
         "09-30": "9月30日星期三", "10-01": "10月1日星期四", "10-02": "10月2日星期五"},
        {"04:31": "凌晨4:31", "08:31": "上午8:31", "09:31": "上午9:31", "10:16": "上午10:16",
         "10:31": "上午10:31", "12:11": "中午12:11", "12:20": "中午12:20", "14:30": "下午2:30",
         "18:31": "下午6:31", "20:11": "晚上8:11"},
        "{day}{time}", "1984年4月12日", "2026年9月29日", "第 {page} 页，共 {pages} 页", "简体中文，第 1 版。",
    ),
    "ko": Said(
        {"09-29": "2026년 9월 29일 화요일", "09-30": "2026년 9월 30일 수요일",
         "10-06": "2026년 10월 6일 화요일", "10-13": "2026년 10월 13일 화요일",
         "10-20": "2026년 10월 20일 화요일", "10-27": "2026년 10월 27일 화요일"},
        {"09-27": "9월 27일 일요일", "09-28": "9월 28일 월요일", "09-29": "9월 29일 화요일",
         "09-30": "9월 30일 수요일", "10-01": "10월 1일 목요일", "10-02": "10월 2일 금요일"},
        _halves("오전", "오후", "{half} {time}"), "{day} {time}", "1984년 4월 12일", "2026년 9월 29일",
        "{page} / {pages}쪽", "한국어, 버전 1.",
    ),
    "ar": Said(
        {"09-29": "الثلاثاء، 29 سبتمبر 2026", "09-30": "الأربعاء، 30 سبتمبر 2026",
         "10-06": "الثلاثاء، 6 أكتوبر 2026", "10-13": "الثلاثاء، 13 أكتوبر 2026",
         "10-20": "الثلاثاء، 20 أكتوبر 2026", "10-27": "الثلاثاء، 27 أكتوبر 2026"},
        {"09-27": "الأحد، 27 سبتمبر", "09-28": "الاثنين، 28 سبتمبر", "09-29": "الثلاثاء، 29 سبتمبر",
         "09-30": "الأربعاء، 30 سبتمبر", "10-01": "الخميس، 1 أكتوبر", "10-02": "الجمعة، 2 أكتوبر"},
        _halves("صباحًا", "مساءً"), "{day}، {time}", "12 أبريل 1984", "29 سبتمبر 2026",
        "صفحة {page} من {pages}", "العربية، الإصدار 1.",
    ),
    "ht": Said(
        {"09-29": "madi 29 septanm 2026", "09-30": "mèkredi 30 septanm 2026", "10-06": "madi 6 oktòb 2026",
         "10-13": "madi 13 oktòb 2026", "10-20": "madi 20 oktòb 2026", "10-27": "madi 27 oktòb 2026"},
        {"09-27": "dimanch 27 septanm", "09-28": "lendi 28 septanm", "09-29": "madi 29 septanm",
         "09-30": "mèkredi 30 septanm", "10-01": "jedi 1 oktòb", "10-02": "vandredi 2 oktòb"},
        _halves("AM", "PM"), "{day}, {time}", "12 avril 1984", "29 septanm 2026",
        "Paj {page} sou {pages}", "Kreyòl ayisyen, vèsyon 1.",
    ),
}  # fmt: skip
