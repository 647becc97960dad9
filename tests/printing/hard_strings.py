"""Names and notes that break careless printing."""

MARKUP = (
    "<b>Bold</b> & <i>not</i>",
    "<para><font color='red'>x",
    "</para>",
    "<img src='file:///etc/passwd'/>",
    "&lt; &amp; &#169; &nbsp;",
    "a < b > c && d",
    "<!-- hidden -->",
    "<a href='javascript:alert(1)'>x</a>",
    "{{patient_name}} **bold** [2] ::: danger",
    "%s %d {0} {name} $HOME `id`",
    "(a) \\(b\\) \\\\ \\n \\101 %PDF-1.4 endstream endobj",
)

NAMES = (
    "Zoë Ångström-O’Hara",
    "Nguyễn Thị Ánh Tuyết",
    "José María de la Cruz y Peña",
    "Łukasz Żółć",
    "Дмитрий Шостакович",
    "Ελένη Παπαδοπούλου",
    "Þórunn Ægisdóttir",
    "D'Arcy “Mac” McAllister, Jr.",
    "Ayọ̀mídé Ọláńrewájú",
)

OTHER_SCRIPTS = ("山田太郎", "김민수", "陳大文", "王喆", "さくら", "똠방각하", "x ≥ y")

JOINED = ("محمد علي", "فاطمة الزهراء", "پرویز گلشیری")

UNPRINTABLE = ("אברהם", "नरेन्द्र", "สมชาย", "😀 Joy", "a☐b", "\ud800", "𝒜da", "ګل", "a\u064b")

CONTROLS = (
    "tab\there",
    "line\nend",
    "null\x00byte",
    "bell\x07",
    "rtl \u202eabc",
    "zero\u200bwidth",
    "soft\u00adhyphen",
    "\ufeffbom",
)
