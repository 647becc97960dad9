"""The fixed words in Chinese, simplified: a draft that nobody who speaks it has reviewed yet."""

from clinic_desktop.aftercare.phrase_set import Marks, Phrases, never

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
    moment="{day}{time}",
    marks=Marks("，", "：", "。"),
    plural=never,
)
