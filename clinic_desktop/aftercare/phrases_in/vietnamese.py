"""The fixed words in Vietnamese: a draft that nobody who speaks it has reviewed yet."""

from clinic_desktop.aftercare.phrase_set import Phrases, never

VIETNAMESE = Phrases(
    language_name="Tiếng Việt",
    patient="Bệnh nhân",
    born="Ngày sinh",
    visit="Lần khám",
    next_visit="Lần khám tới",
    phone="Điện thoại",
    page="Trang {page} / {pages}",
    draft="Bản nháp, phòng khám chưa duyệt",
    interpreter="Hãy đọc tờ này cùng với thông dịch viên. Việc này miễn phí.",
    wording="{title}. {language}, phiên bản {version}.",
    approved="{by} đã duyệt, {on}.",
    printed="In {on}, {time}, do {by} in.",
    printed_by_nobody="In {on}, {time}.",
    visit_number="Lần khám số {visit}.",
    again="In lại {on}, {time}, do {by} in.",
    again_by_nobody="In lại {on}, {time}.",
    copy="Bản sao {number}.",
    sheet_version="{language}, phiên bản {version}, bản sao {copy}",
    hours={"other": "{hours} giờ"},
    who_drives="Ai đưa quý vị về nhà?",
    alone={"taxi": "taxi hoặc xe công nghệ", "transit": "xe buýt hoặc tàu điện"},
    the_patient="bệnh nhân",
    plural=never,
)
