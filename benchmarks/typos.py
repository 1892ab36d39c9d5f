"""Questions as if typed in a hurry: one random edit for each eight characters, the same for a text every time."""

import random
import string

#: For each so many characters of a text there is one typo.
CHARACTERS = 8


def with_typos(text: str) -> str:
    """The text with a letter swapped with the next, dropped, added or taken for another, `len(text) // CHARACTERS`
    times; the text itself is the seed.
    """
    chosen = random.Random(text)  # noqa: S311 - the same draw every time is wanted
    typed = text
    for _ in range(len(text) // CHARACTERS):
        typed = _edited(typed, chosen)
    return typed


def _edited(text: str, chosen: random.Random) -> str:
    """The text with one edit that changes it; it has at least two characters that differ."""
    while True:
        at = chosen.randrange(len(text))
        before, letter, after = text[:at], text[at], text[at + 1 :]
        other = chosen.choice(string.ascii_lowercase)
        edited = chosen.choice(
            [f"{before}{after[:1]}{letter}{after[1:]}", before + after, f"{before}{letter}{other}{after}",
             f"{before}{other}{after}"]
        )  # fmt: skip
        if edited != text:
            return edited
