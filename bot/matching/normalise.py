"""Brings a message down to plain words, so that case, accents, emoji, look-alikes and contractions do not matter.

Not here: what words mean and which stand for each other (`lexicon`).
"""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

#: Most characters of a message that are looked at; Discord lets members with Nitro write 4,000.
LENGTH_LIMIT = 4_000

# Letters that look like Latin ones (Unicode TR 39 lists them as confusables), and those NFKD leaves alone.
_LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("аеорсухкмтвніѕјԁһԛԝɡӏ", "aeopcyxkmtbhisjdhqwgl", strict=True)),
        **dict(zip("αορυνικτχγεηωβμ", "aopuviktxyenwbu", strict=True)),
        **dict(zip("ıłøđ", "ilod", strict=True)),
        "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
    }
)  # fmt: skip
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´＇", "'"))  # noqa: RUF001 - these are the look-alikes meant
_WORD = re.compile(r"[a-z0-9]+(?:['&+#][a-z0-9]+)*[+#]*")
_STRETCHED = re.compile(r"([a-z])\1{2,}")

_WHOLE = MappingProxyType(
    {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "ain't": "is not",
     "let's": "let us", "y'all": "you all"}
)  # fmt: skip
_ENDINGS = (("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'d", "would"), ("'m", "am"))
_BEFORE_IS = frozenset("what how where who when why that there it he she here".split())


def plain(text: str) -> str:
    """The text in plain lower-case words, one space apart: the form in which an exact question is recognised."""
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """The message's words in order: lower case, no accents, no emoji, contractions written out.

    Numbers stay, as do `c++` and `c#`; letters stretched for effect are cut to two. Characters beyond `LENGTH_LIMIT`
    are not looked at.
    """
    return list(_words(text[:LENGTH_LIMIT]))


# An index asks for the words of each phrasing several times while it is built.
@lru_cache(maxsize=10_000)
def _words(text: str) -> tuple[str, ...]:
    latin = _STRETCHED.sub(r"\1\1", _latin(text))
    words: list[str] = _WORD.findall(latin)
    if "'" not in latin and "cannot" not in latin:
        return tuple(words)
    return tuple(part for word in words for part in _written_out(word))


def _latin(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    # Combining marks and format characters (zero-width, direction marks) hide inside words: dropped, not split at.
    bare = "".join(letter for letter in decomposed if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))
    return bare.translate(_LOOK_ALIKES)


def _written_out(word: str) -> list[str]:
    if "'" not in word:
        return ["can", "not"] if word == "cannot" else [word]
    if word in _WHOLE:
        return _WHOLE[word].split()
    for ending, full in _ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return [*(_written_out(stem) if stem else ()), full]
    stem, _, rest = word.rpartition("'")
    if rest == "s":
        return [stem, "is"] if stem in _BEFORE_IS else _written_out(stem)
    return [part for part in word.split("'") if part]
