"""Where a line may end in Chinese and Japanese, which put no spaces between words."""

_NO_START = frozenset(
    "、。，．：；？！）】」』》〉〕］｝〗〙〟”’…—·・々〻ー〜～％‰℃°"
    "ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}%/-"
)
_NO_END = frozenset("（【「『《〈〔［｛〖〘〝“‘([{$#＃￥＄№")
_WIDE = ((0x2E80, 0x2FFF), (0x3000, 0x30FF), (0x3100, 0x312F), (0x31A0, 0x9FFF), (0xF900, 0xFAFF))
_FORMS = ((0xFE30, 0xFE4F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x20000, 0x3FFFF))


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters that no space parts: only beside a Chinese or Japanese
    one, never before the mark that ends a clause, nor behind one that opens it."""
    return (_is_wide(before) or _is_wide(after)) and after not in _NO_START and before not in _NO_END


def _is_wide(character: str) -> bool:
    code = ord(character)
    return code >= 0x2E80 and any(first <= code <= last for first, last in (*_WIDE, *_FORMS))
