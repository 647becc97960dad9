"""Where a line may end in Chinese and Japanese, which put no spaces between words."""

_NO_START = frozenset(
    "、。，．：；？！）】」』》〉〕］｝〗〙〟”’…—·・々〻ー〜～％‰℃°"
    "ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}%/-"
)
_NO_END = frozenset("（【「『《〈〔［｛〖〘〝“‘([{$#＃￥＄№")
_TIES = "\u00a0"
_WHOLE = frozenset({
    "星期", "期一", "期二", "期三", "期四", "期五", "期六", "期日",
    "凌晨", "早上", "上午", "中午", "下午", "晚上",
})  # fmt: skip
"""Of a day and a time: their parts are misread, or not found, on two lines."""

_WIDE = ((0x2E80, 0x2FFF), (0x3000, 0x30FF), (0x3100, 0x312F), (0x31A0, 0x9FFF), (0xF900, 0xFAFF))
_FORMS = ((0xFE30, 0xFE4F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x20000, 0x3FFFF))


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters that no space parts: only beside a Chinese or Japanese
    one, never before the mark that ends a clause, nor behind one that opens it, nor within a day or a time,
    which hold a number to its unit ("9月29日") and a time to its part of the day ("中午12:11")."""
    if not (_is_wide(before) or _is_wide(after)) or after in _NO_START or before in _NO_END:
        return False
    number = (after.isdigit() and before not in _NO_START) or before.isdigit()
    return not number and _TIES not in (before, after) and before + after not in _WHOLE


def _is_wide(character: str) -> bool:
    code = ord(character)
    return code >= 0x2E80 and any(first <= code <= last for first, last in (*_WIDE, *_FORMS))
