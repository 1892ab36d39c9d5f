"""What differs between two texts of an entry, in a few short lines with a sign before each."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from bot.front.text import quoted
from bot.store.drafts import Draft

#: Most lines of a difference, and most characters of each before special ones are escaped.
LINES, LINE_LIMIT = 6, 100
#: Words that are kept on either side of what was changed in a line.
_AROUND = 3
_ADDED, _REMOVED = "`+`", "`-`"

Words = tuple[str, ...]


def differences(before: Draft | None, after: Draft) -> list[str]:
    """A line for each that went (`-`) and came (`+`), of which part of the entry it is; at most `LINES`, never none.

    Only what changed of a long line is shown, with a few words around it. None as `before`: all of it came.
    """
    before = before or Draft("", "")
    lines = list(_lines(before, after))
    if not lines:
        return ["The text stayed as it was." if before == after else "Only spaces and line breaks changed."]
    more = len(lines) - LINES
    return [*lines[:LINES], f"… and {more} more"] if more > 0 else lines


def _lines(before: Draft, after: Draft) -> Iterator[str]:
    yield from _part("question", [before.question], [after.question])
    yield from _part("answer", before.answer.splitlines(), after.answer.splitlines())
    yield from _part("phrasing", before.phrasings, after.phrasings)


def _part(name: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """Blank lines and how many spaces are between words do not count."""
    old = [words for line in before if (words := tuple(line.split()))]
    new = [words for line in after if (words := tuple(line.split()))]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for gone, came in zip_longest(old[i1:i2], new[j1:j2], fillvalue=()):
            removed, added = _changed(gone, came)
            if removed:
                yield f"{_REMOVED} {name}: {removed}"
            if added:
                yield f"{_ADDED} {name}: {added}"


def _changed(old: Words, new: Words) -> tuple[str, str]:
    """Both lines; long ones from shortly before the first word that differs to shortly behind the last."""
    if max(len(" ".join(old)), len(" ".join(new))) <= LINE_LIMIT:
        return _window(old, 0, 0), _window(new, 0, 0)
    most = min(len(old), len(new))
    first = next((at for at in range(most) if old[at] != new[at]), most)
    last = next((at for at in range(most - first) if old[-1 - at] != new[-1 - at]), most - first)
    return _window(old, first, last), _window(new, first, last)


def _window(words: Words, first: int, last: int) -> str:
    """The words without the `first` and `last` ones that both lines have, but for a few of those."""
    start, end = max(0, first - _AROUND), min(len(words), len(words) - last + _AROUND)
    text = quoted(" ".join(words[start:end]), LINE_LIMIT)
    return ("… " if start else "") + text + (" …" if end < len(words) else "")
