"""The words and the order of days and times in each language.

All but the English ones wait for somebody who speaks the language to review them. They are for patients in
the United States: the clock has twelve hours, except in Russian, which is read with twenty-four.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateWords:
    """Weekdays from Monday, months from January. In a pattern ``~`` is a space that no line is broken at.

    periods: from which hour on the clock's time has which word. months_alone: where a month without its day
    has another form.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    short_months: tuple[str, ...]
    long_date: str
    near_date: str
    plain_date: str
    short_date: str
    month_year: str
    clock: str
    periods: tuple[tuple[int, str], ...]
    months_alone: tuple[str, ...] = ()


_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EN_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_ENGLISH = DateWords(
    weekdays=_EN_DAYS,
    months=_EN_MONTHS,
    short_weekdays=tuple(day[:3] for day in _EN_DAYS),
    short_months=tuple(month[:3] for month in _EN_MONTHS),
    long_date="{weekday}, {month}~{day}, {year}",
    near_date="{weekday}, {month}~{day}",
    plain_date="{month} {day}, {year}",
    short_date="{weekday}, {month} {day}",
    month_year="{month} {year}",
    clock="{hour}:{minute:02} {period}",
    periods=((0, "AM"), (12, "PM")),
)

_SPANISH = DateWords(
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    short_weekdays=("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    short_months=(
        "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic",
    ),
    long_date="{weekday}, {day}~de~{month} de {year}",
    near_date="{weekday}, {day}~de~{month}",
    plain_date="{day}~de~{month} de {year}",
    short_date="{weekday}, {day} {month}",
    month_year="{month} de {year}",
    clock="{hour}:{minute:02} {period}",
    periods=((0, "a. m."), (12, "p. m.")),
)  # fmt: skip

_VIETNAMESE = DateWords(
    weekdays=("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    months=tuple(f"tháng {n}" for n in range(1, 13)),
    short_weekdays=("Th 2", "Th 3", "Th 4", "Th 5", "Th 6", "Th 7", "CN"),
    short_months=tuple(f"thg {n}" for n in range(1, 13)),
    long_date="{weekday}, ngày~{day}~{month} năm~{year}",
    near_date="{weekday}, ngày~{day}~{month}",
    plain_date="ngày~{day} {month} năm~{year}",
    short_date="{weekday}, {day} {month}",
    month_year="{month} năm {year}",
    clock="{hour}:{minute:02} {period}",
    periods=((0, "SA"), (12, "CH")),
)

_RUSSIAN = DateWords(
    weekdays=("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    months=(
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
    short_weekdays=("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    short_months=(
        "янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек.",
    ),
    long_date="{weekday}, {day}~{month} {year}~г.",
    near_date="{weekday}, {day}~{month}",
    plain_date="{day}~{month} {year}~г.",
    short_date="{weekday}, {day} {month}",
    month_year="{month} {year}~г.",
    clock="{hour24:02}:{minute:02}",
    periods=((0, ""),),
    months_alone=(
        "январь", "февраль", "март", "апрель", "май", "июнь",
        "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    ),
)  # fmt: skip

_CHINESE = DateWords(
    weekdays=("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    months=tuple(f"{n}月" for n in range(1, 13)),
    short_weekdays=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    short_months=tuple(f"{n}月" for n in range(1, 13)),
    long_date="{year}年{month}{day}日{weekday}",
    near_date="{month}{day}日{weekday}",
    plain_date="{year}年{month}{day}日",
    short_date="{month}{day}日{weekday}",
    month_year="{year}年{month}",
    clock="{period}{hour}:{minute:02}",
    # The part of the day, not merely its half: 12:30 at night and at noon are never taken for each other.
    periods=((0, "凌晨"), (5, "早上"), (8, "上午"), (12, "中午"), (13, "下午"), (19, "晚上")),
)

_KOREAN = DateWords(
    weekdays=("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"),
    months=tuple(f"{n}월" for n in range(1, 13)),
    short_weekdays=("월", "화", "수", "목", "금", "토", "일"),
    short_months=tuple(f"{n}월" for n in range(1, 13)),
    long_date="{year}년 {month}~{day}일 {weekday}",
    near_date="{month}~{day}일 {weekday}",
    plain_date="{year}년 {month}~{day}일",
    short_date="{month} {day}일 ({weekday})",
    month_year="{year}년 {month}",
    clock="{period} {hour}:{minute:02}",
    periods=((0, "오전"), (12, "오후")),
)

_AR_DAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
# The names that phones and most printed matter in the United States use. In Iraq and the Levant نوفمبر is
# also called تشرين الثاني: whoever reviews the Arabic texts may ask for both.
_AR_MONTHS = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip

# Digits are 0 to 9: those of the clock, the phone and the pill bottle in the United States, and of half the
# Arab countries. The words for the halves of the day are written out, not the letters ص and م.
_ARABIC = DateWords(
    weekdays=_AR_DAYS,
    months=_AR_MONTHS,
    short_weekdays=_AR_DAYS,
    short_months=_AR_MONTHS,
    long_date="{weekday}، {day}~{month} {year}",
    near_date="{weekday}، {day}~{month}",
    plain_date="{day}~{month} {year}",
    short_date="{weekday}، {day} {month}",
    month_year="{month} {year}",
    clock="{hour}:{minute:02} {period}",
    periods=((0, "صباحًا"), (12, "مساءً")),
)

_HAITIAN = DateWords(
    weekdays=("lendi", "madi", "mèkredi", "jedi", "vandredi", "samdi", "dimanch"),
    months=(
        "janvye", "fevriye", "mas", "avril", "me", "jen",
        "jiyè", "out", "septanm", "oktòb", "novanm", "desanm",
    ),
    short_weekdays=("len", "mad", "mèk", "jed", "van", "sam", "dim"),
    short_months=("janv", "fev", "mas", "avr", "me", "jen", "jiyè", "out", "sept", "okt", "nov", "des"),
    long_date="{weekday} {day}~{month} {year}",
    near_date="{weekday} {day}~{month}",
    plain_date="{day}~{month} {year}",
    short_date="{weekday} {day} {month}",
    month_year="{month} {year}",
    clock="{hour}:{minute:02} {period}",
    periods=((0, "AM"), (12, "PM")),
)  # fmt: skip

DATE_WORDS = {
    "en": _ENGLISH,
    "es": _SPANISH,
    "vi": _VIETNAMESE,
    "ru": _RUSSIAN,
    "zh-Hans": _CHINESE,
    "ko": _KOREAN,
    "ar": _ARABIC,
    "ht": _HAITIAN,
}
