"""The fixed words in Chinese, simplified: a draft that nobody who speaks it has reviewed yet."""

from clinic_desktop.aftercare.phrase_set import CourseWords, Marks, Phrases, never

CHINESE = Phrases(
    language_name="简体中文",
    patient="患者",
    born="出生日期",
    visit="就诊日期",
    next_visit="下次就诊",
    phone="电话",
    page="第 {page} 页，共 {pages} 页",
    draft="草稿，诊所尚未批准",
    interpreter="请与口译员一起阅读本页。口译免费。",
    wording="{title}。{language}，第 {version} 版。",
    approved="{by} 于 {on} 批准。",
    printed="{on} {time} 由 {by} 打印。",
    printed_by_nobody="{on} {time} 打印。",
    visit_number="就诊编号 {visit}。",
    again="{on} {time} 由 {by} 再次打印。",
    again_by_nobody="{on} {time} 再次打印。",
    copy="第 {number} 份。",
    sheet_version="{language}，第 {version} 版，第 {copy} 份",
    hours={"other": "{hours} 小时"},
    who_drives="谁送您回家？",
    alone={"taxi": "出租车或网约车", "transit": "公交车或火车"},
    the_patient="患者",
    appointment="预约",
    scan_visit="扫码：存入日历",
    scan_phone="扫码：致电诊所",
    course=CourseWords(
        of="{number} / {planned}",
        card="第 {number} 张，共 {cards} 张",
        cut="沿虚线剪下，从中间对折。卡上不写任何治疗；卡归患者本人。",
        days={
            "other": "{days} 个工作日",
        },
        waits={
            "later": "我们会给您打电话",
            "driver": "我们还需要知道谁送您回家",
            "clearance": "还需要我们医疗团队同意",
            "both": "还需要我们医疗团队同意，也需要知道谁送您回家",
        },
    ),
    moment="{day}{time}",
    marks=Marks("，", "：", "。"),
    plural=never,
)
