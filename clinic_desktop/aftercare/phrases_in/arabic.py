"""The fixed words in Arabic: a draft that nobody who speaks it has reviewed yet."""

from clinic_desktop.aftercare.phrase_set import CourseWords, Marks, Phrases

_SMALL = {0: "zero", 1: "one", 2: "two"}


def _plural(number: int) -> str:
    last = number % 100
    if number in _SMALL:
        return _SMALL[number]
    if last < 3:
        return "other"
    return "few" if last <= 10 else "many"


ARABIC = Phrases(
    language_name="العربية",
    patient="المريض",
    born="تاريخ الميلاد",
    visit="الزيارة",
    next_visit="الزيارة القادمة",
    phone="الهاتف",
    page="صفحة {page} من {pages}",
    draft="مسودة لم تعتمدها العيادة بعد",
    interpreter="اقرأ هذه الورقة مع مترجم فوري. الخدمة مجانية.",
    wording="{title}. {language}، الإصدار {version}.",
    approved="اعتمدها {by}، {on}.",
    printed="طُبعت {on}، {time}، بواسطة {by}.",
    printed_by_nobody="طُبعت {on}، {time}.",
    visit_number="الزيارة رقم {visit}.",
    again="طُبعت مرة أخرى {on}، {time}، بواسطة {by}.",
    again_by_nobody="طُبعت مرة أخرى {on}، {time}.",
    copy="النسخة {number}.",
    sheet_version="{language}، الإصدار {version}، النسخة {copy}",
    hours={
        "one": "ساعة واحدة",
        "two": "ساعتين",
        "few": "{hours} ساعات",
        "many": "{hours} ساعة",
        "other": "{hours} ساعة",
    },
    who_drives="من سيوصلك إلى المنزل؟",
    alone={"taxi": "سيارة أجرة أو خدمة توصيل", "transit": "الحافلة أو القطار"},
    the_patient="المريض",
    appointment="موعد",
    scan_visit="امسح الرمز: الموعد إلى التقويم",
    scan_phone="امسح الرمز: اتصل بنا",
    course=CourseWords(
        of="{number} من {planned}",
        card="بطاقة {number} من {cards}",
        cut="قص على الخط المتقطع واطوِ من الوسط. لا تذكر البطاقة أي علاج، وهي للمريض.",
        days={
            "one": "يوم عمل واحد",
            "two": "يومي عمل",
            "few": "{days} أيام عمل",
            "many": "{days} يوم عمل",
            "other": "{days} يوم عمل",
        },
        waits={
            "later": "سنتصل بك",
            "driver": "نحتاج أن نعرف من سيوصلك إلى المنزل",
            "clearance": "ننتظر موافقة فريقنا الطبي",
            "both": "ننتظر موافقة فريقنا الطبي، ونحتاج أن نعرف من سيوصلك إلى المنزل",
        },
    ),
    moment="{day}، {time}",
    marks=Marks(comma="، "),
    plural=_plural,
    rtl=True,
)
