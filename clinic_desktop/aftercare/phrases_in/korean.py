"""The fixed words in Korean: a draft that nobody who speaks it has reviewed yet."""

from clinic_desktop.aftercare.phrase_set import CourseWords, Phrases, never

KOREAN = Phrases(
    language_name="한국어",
    patient="환자",
    born="생년월일",
    visit="진료일",
    next_visit="다음 진료",
    phone="전화",
    page="{page} / {pages}쪽",
    draft="초안, 아직 병원의 승인을 받지 않음",
    interpreter="통역사와 함께 이 안내문을 읽으십시오. 무료입니다.",
    wording="{title}. {language}, 버전 {version}.",
    approved="승인: {by}, {on}.",
    printed="인쇄: {on} {time}, {by}.",
    printed_by_nobody="인쇄: {on} {time}.",
    visit_number="진료 번호 {visit}.",
    again="다시 인쇄: {on} {time}, {by}.",
    again_by_nobody="다시 인쇄: {on} {time}.",
    copy="사본 {number}.",
    sheet_version="{language}, 버전 {version}, 사본 {copy}",
    hours={"other": "{hours}시간"},
    who_drives="누가 집까지 데려다줍니까?",
    alone={"taxi": "택시 또는 차량 호출 서비스", "transit": "버스 또는 기차"},
    the_patient="환자",
    appointment="예약",
    scan_visit="스캔: 일정에 저장",
    scan_phone="스캔: 병원에 전화",
    course=CourseWords(
        of="{number} / {planned}",
        card="카드 {number} / {cards}",
        cut="점선을 따라 자르고 가운데를 접으십시오. 치료 이름은 없으며 환자의 것입니다.",
        days={
            "other": "{days}영업일",
        },
        waits={
            "later": "전화드리겠습니다",
            "driver": "누가 집까지 데려다주는지 알아야 합니다",
            "clearance": "의료진의 동의가 아직 필요합니다",
            "both": "의료진의 동의가 아직 필요하고, 누가 집까지 데려다주는지 알아야 합니다",
        },
    ),
    moment="{day} {time}",
    plural=never,
)
