"""Makes texts safe and short enough for Discord: members' words stay text, labels keep their limits."""

import unicodedata

import discord

#: How much of a member's question is shown above an answer, in characters before escaping.
QUOTE_LIMIT = 150
#: Unseen characters: control, format (zero-width, direction marks), private use, surrogates, combining marks.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Mn", "Me"})


def shorten(text: str, limit: int) -> str:
    """The text in at most `limit` characters, cut after a word where one ends in its last fifth, with "…" behind."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit * 4 // 5)
    return (cut[:space] if space > 0 else cut).rstrip() + "…"


def quoted(text: str, limit: int = QUOTE_LIMIT) -> str:
    """A member's words on one line, as text only: no Markdown, mention, link or unseen character has any effect.

    At most `limit` characters long before each special one gets its backslash; empty when nothing is to be seen.
    """
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(" " if letter.isspace() else letter for letter in composed if _is_seen(letter))
    line = shorten(" ".join(seen.split()), limit)
    escaped = discord.utils.escape_markdown(line, ignore_links=False).replace("<", "\\<")
    return discord.utils.escape_mentions(escaped)


def _is_seen(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) not in _UNSEEN
