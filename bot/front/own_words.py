"""Shows a member what they wrote themselves, line by line, as text only."""

from bot.front.text import quoted, shorten


def quoted_lines(text: str, limit: int) -> str:
    """The words as a quotation that keeps their lines, at most `limit` characters before escaping; none has effect."""
    lines = (quoted(line, limit) for line in shorten(text.strip(), limit).splitlines())
    return "\n".join(f"> {line}".rstrip() for line in lines)
