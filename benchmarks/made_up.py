"""Entries and questions of any number, for measuring speed: what they say means nothing, the same every time.

Words are spread as in a language: two of five are common English ones, the others made up of syllables, and the n-th
commonest of those is met 1/n as often as the first (Zipf's law).
"""

import numpy as np
import numpy.typing as npt

from bot.matching.index import Indexed

SEED = 8
#: How many words are made up; English texts of a few million words have about as many.
WORDS = 50_000
#: How many words a text has, and how many an answer: at least, and below.
LENGTHS, ANSWER_LENGTHS = (5, 13), (15, 45)
#: Share of common English words.
COMMON_SHARE = 0.4
_COMMON = (
    "the of and to in is you that it he was for on are as with his they i at be this have from or one had by word but "
    "not what all were we when your can said there use an each which she do how their if will up other about out many "
    "then them these so some her would make like him into time has look two more write go see number no way could "
    "people my than first water been call who oil its now find long down day did get come made may part"
).split()
_STARTS = "b br c ch d dr f fl g gr h j k l m n p pl qu r s sh st t tr v w".split()
_MIDDLES = "a e i o u ai ea oo ou".split()
_ENDS = ["", *"n r s t l m ck nd".split()]


def made_up(entries: int, questions: int) -> tuple[list[Indexed], list[str]]:
    """So many entries of two texts and an answer each, and questions that have half their words of an entry's text."""
    chosen = np.random.default_rng(SEED)
    vocabulary = _vocabulary(chosen)
    chances = np.cumsum(1 / np.arange(1, len(vocabulary) + 1))
    chances /= chances[-1]

    def words(count: int) -> list[str]:
        rare = np.searchsorted(chances, chosen.random(count))
        common = chosen.integers(len(_COMMON), size=count)
        is_common = chosen.random(count) < COMMON_SHARE
        return [_COMMON[c] if is_c else vocabulary[r] for r, c, is_c in zip(rare, common, is_common, strict=True)]

    def written(lengths: npt.NDArray[np.integer]) -> list[str]:
        every, ends = words(int(lengths.sum())), np.cumsum(lengths)
        return [" ".join(every[end - length : end]) for end, length in zip(ends, lengths, strict=True)]

    texts = written(chosen.integers(*LENGTHS, size=2 * entries))
    answers = written(chosen.integers(*ANSWER_LENGTHS, size=entries))
    indexed = [
        Indexed(f"entry-{at}", (texts[2 * at], texts[2 * at + 1]), answer=answer) for at, answer in enumerate(answers)
    ]
    asked = []
    for at in chosen.integers(2 * entries, size=questions):
        of_entry = texts[at].split()
        kept = chosen.permutation(len(of_entry))[: -(-len(of_entry) // 2)]
        mixed = [*(of_entry[place] for place in kept), *words(len(of_entry) - len(kept))]
        asked.append(" ".join(mixed[place] for place in chosen.permutation(len(mixed))))
    return indexed, asked


def _vocabulary(chosen: np.random.Generator) -> list[str]:
    """Made-up words, shorter ones first, as common words are."""
    found: dict[str, None] = {}
    while len(found) < WORDS:
        syllables = 1 + len(found) // (WORDS // 4) + int(chosen.integers(2))
        parts = [part for _ in range(syllables) for part in (_STARTS, _MIDDLES, _ENDS)]
        found["".join(part[chosen.integers(len(part))] for part in parts)] = None
    return list(found)
