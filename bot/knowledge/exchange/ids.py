"""Ids for entries that come without one, and titles for tags that are only a name."""

import hashlib
import re
import unicodedata
from collections import Counter

from bot.knowledge.models import ID_LIMIT

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'\N{RIGHT SINGLE QUOTATION MARK}")
_BETWEEN = re.compile(r"[-_.\s]+")
#: What bots want before a command's name, such as `!rules`.
_PREFIXES = "!?./$%&>;:,-+~= "
_ASKING = frozenset(
    "who what when where which why how can could should would will do does did is are am was may must".split()
)
_HASH_LENGTH = 8


def words_key(text: str) -> str:
    """The words of a text, in any script, without case, accents and punctuation: what makes two wordings the same."""
    bare = text if text.isascii() else unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    letters = "".join(
        letter if letter.isalnum() else " " for letter in bare.casefold() if not unicodedata.combining(letter)
    )
    return " ".join(letters.split())


def id_of(question: str) -> str:
    """The question's words in kebab-case; shortened or in another script, with a hash of the question in it."""
    bare = unicodedata.normalize("NFKD", question.translate(_APOSTROPHES)).casefold()
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    slug = "-".join(_WORD.findall(letters))
    return slug if slug and len(slug) <= ID_LIMIT else _hashed(slug, question)


def title_of(name: str) -> str:
    """A question for a tag's name: `resume-tips` is "What should I know about resume tips?"."""
    words = _BETWEEN.sub(" ", name.strip().lstrip(_PREFIXES)).strip()
    if not words_key(words):
        return name
    if words.endswith("?") or words.split()[0].casefold() in _ASKING:
        return words[0].upper() + words[1:].rstrip("?") + "?"
    return f"What should I know about {words}?"


class Ids:
    """Gives out ids, each once."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = set(taken)
        #: How often a question was given an id with its hash: asked a thousand times, it is not tried a thousand times.
        self._repeated: Counter[str] = Counter()

    def make(self, question: str) -> str:
        """The question's id; where that is taken, one with a hash of the question, which order does not change."""
        made = id_of(question)
        if made in self._taken:
            made = _hashed(made, question)
        while made in self._taken:
            self._repeated[question] += 1
            made = _hashed(made, f"{question}\n{self._repeated[question]}")
        self._taken.add(made)
        return made


def _hashed(slug: str, question: str) -> str:
    digest = hashlib.blake2b(question.encode(errors="replace"), digest_size=_HASH_LENGTH // 2).hexdigest()
    room = ID_LIMIT - _HASH_LENGTH - 1
    if len(slug) > room:
        # Whole words where there are any; a single endless word is cut.
        slug = slug[: room + 1].rpartition("-")[0] or slug[:room]
    return f"{slug or 'question'}-{digest}"
