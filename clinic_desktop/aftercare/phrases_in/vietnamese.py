"""The fixed words in Vietnamese: a draft that nobody who speaks it has reviewed yet."""

from clinic_desktop.aftercare.phrase_set import CourseWords, Phrases, never

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
    appointment="Lịch hẹn",
    scan_visit="Quét: lưu lịch hẹn",
    scan_phone="Quét: gọi cho chúng tôi",
    course=CourseWords(
        of="{number} / {planned}",
        card="thẻ {number} / {cards}",
        cut="Cắt theo nét đứt và gấp ở giữa. Thẻ không ghi cách điều trị nào; thẻ là của bệnh nhân.",
        days={
            "other": "{days} ngày làm việc",
        },
        waits={
            "later": "chúng tôi sẽ gọi",
            "driver": "chúng tôi cần biết ai đưa quý vị về nhà",
            "clearance": "chúng tôi còn chờ nhóm y tế đồng ý",
            "both": "chúng tôi còn chờ nhóm y tế đồng ý, và cần biết ai đưa quý vị về nhà",
        },
    ),
    plural=never,
)
