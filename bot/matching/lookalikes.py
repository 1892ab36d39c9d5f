"""Messages that are like the phrasings of an entry and not meant for it, so that nobody is answered with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.corpus import Corpus
from bot.matching.embedding import Embedder
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.ngrams import NgramSpace
from bot.matching.normalise import plain, words_of
from bot.matching.rows import Floats, Places, ends_of

#: How much of its confidence is left to an entry that a message is only alike: too little for it to be offered first.
LEFT = 0.03
#: By how much of a cosine a lookalike must be nearer than every phrasing: what is as near to both stays with the entry.
#: Of the shipped entries' own phrasings, each left out in turn, four in a thousand would then be taken for alike.
NEARER = 0.05


@dataclass(frozen=True)
class Lookalikes:
    """The lookalikes of the entries that have some, beside the phrasings of these entries.

    `entries` are the positions of those. In `space`, by meaning with an encoder and by words and letters without,
    phrasings and lookalikes take turns, entry by entry; each of these groups begins at one of `starts`.
    """

    entries: tuple[int, ...]
    exact: frozenset[tuple[int, str]]
    starts: Places
    space: Floats | NgramSpace
    lexicon: Lexicon

    @classmethod
    def over(
        cls, entries: Sequence[Indexed], lexicon: Lexicon, embedder: Embedder | None, mend: Callable[[str], str]
    ) -> "Lookalikes":
        """The lookalikes of these entries; `mend` is what messages go through before they are compared."""
        having = tuple(at for at, entry in enumerate(entries) if entry.lookalikes)
        exact = frozenset((at, plain(mend(text))) for at in having for text in entries[at].lookalikes)
        groups = [group for at in having for group in (entries[at].texts, entries[at].lookalikes)]
        texts, starts = [text for group in groups for text in group], ends_of([len(group) for group in groups])
        if embedder is not None and texts:
            return cls(having, exact, starts, embedder.phrasings(texts), lexicon)
        return cls(having, exact, starts, NgramSpace.over(Corpus.over(texts, lexicon), starts), lexicon)

    def among(self, entries: npt.NDArray[np.integer], text: str, vector: Floats | None) -> npt.NDArray[np.bool_]:
        """Which of these entries, by position, a message is only alike: it is word for word one of their lookalikes,
        or plainly nearer to one of them than to any phrasing. With an encoder, `vector` is the message's meaning.
        """
        if not self.entries:
            return np.zeros(len(entries), dtype=bool)
        words = plain(text)
        best = np.maximum.reduceat(self._likeness(text, vector), self.starts[:-1])
        nearer = best[1::2] > best[::2] + NEARER
        alike = [at for at, near in zip(self.entries, nearer, strict=True) if near or (at, words) in self.exact]
        return np.isin(entries, alike)

    def _likeness(self, text: str, vector: Floats | None) -> Floats:
        if isinstance(self.space, NgramSpace):
            return self.space.likeness(words_of(text), self.lexicon.stems(text))
        assert vector is not None, "whoever has an encoder knows what the message means"
        likeness: Floats = self.space @ vector
        return likeness
