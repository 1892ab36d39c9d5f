"""All that is computed once about a set of entries, so that questions can be measured against them quickly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.answers import AnswerMeanings, Answers
from bot.matching.asking import KINDS, kind_of
from bot.matching.corpus import Corpus
from bot.matching.embedding import Embedder
from bot.matching.index import Indexed, PhrasingIndex
from bot.matching.lexicon import Lexicon
from bot.matching.meaning import MeaningSpace
from bot.matching.ngrams import NgramSpace
from bot.matching.rows import Floats, Rows


@dataclass(frozen=True)
class Space:
    """The phrasings of entries as words, letters, kinds of questions and, with an encoder, meanings.

    Out-of-scope messages, where there are any, are the phrasings of one more entry, the last, which is measured but
    never ranked; `entries` does not count it. `odds` tells for each stem of the index how much oftener phrasings have
    it than out-of-scope messages (natural log; 0 where none are known). `trades` are the occupations
    that phrasings name, and `traders` the entries of each. `answers`: what the entries say.
    """

    entries: int
    outside: bool
    texts: tuple[str, ...]
    index: PhrasingIndex
    ngrams: NgramSpace
    kinds: Floats
    odds: Floats
    trades: tuple[str, ...]
    traders: Rows
    answers: Answers
    meaning: MeaningSpace | None
    meaning_of_answers: AnswerMeanings | None

    @property
    def corpus(self) -> Corpus:
        """The words of the phrasings."""
        return self.ngrams.corpus

    @classmethod
    def over(
        cls,
        entries: Sequence[Indexed],
        lexicon: Lexicon,
        out_of_scope: Sequence[str] = (),
        embedder: Embedder | None = None,
    ) -> "Space":
        """The space of these entries, each with at least one text."""
        outside = [Indexed("", tuple(out_of_scope))] if out_of_scope else []
        every = [*entries, *outside]
        texts = tuple(text for entry in every for text in entry.texts)
        corpus = Corpus.over(texts, lexicon)
        index = PhrasingIndex.over(every, corpus, lexicon)
        answers = Answers.over(entries, lexicon)
        meaning, said = None, None
        if embedder:
            vectors = embedder.phrasings([*texts, *answers.sentences])
            meaning = MeaningSpace.over(vectors[: len(texts)], index.starts, len(entries))
            said = AnswerMeanings(vectors[len(texts) :], answers.starts)
        return cls(
            len(entries), bool(outside), texts, index, NgramSpace.over(corpus, index.starts),
            _kinds(texts, index), _odds(index, len(entries)), *_trades(corpus, index, lexicon), answers, meaning, said,
        )  # fmt: skip


def _kinds(texts: Sequence[str], index: PhrasingIndex) -> Floats:
    """For each entry and kind of question, how much oftener its phrasings are of that kind than all are (log).

    Two phrasings like all others are taken to be there besides, so that few phrasings say little.
    """
    entries = len(index.starts) - 1
    kinds = np.asarray([kind_of(text) for text in texts], dtype=np.int64)
    counts = np.bincount(index.owners * KINDS + kinds, minlength=entries * KINDS).reshape(entries, KINDS)
    usual = (counts.sum(axis=0) + 1) / (counts.sum() + KINDS)
    shares = (counts + 2 * usual) / (counts.sum(axis=1, keepdims=True) + 2)
    logs = np.log(shares / usual)
    logs[:, 0] = 0
    return np.asarray(logs, dtype=np.float32)


def _odds(index: PhrasingIndex, entries: int) -> Floats:
    inside = int(index.starts[entries])
    outside = len(index.norms) - inside
    if not outside:
        return np.zeros(len(index.stems), dtype=np.float32)
    in_scope = np.bincount(index.postings.owners[index.postings.numbers < inside], minlength=len(index.stems))
    out = np.bincount(index.postings.owners[index.postings.numbers >= inside], minlength=len(index.stems))
    result: Floats = np.log((in_scope + 1) / (inside + 2)) - np.log((out + 1) / (outside + 2))
    return result.astype(np.float32)


def _trades(corpus: Corpus, index: PhrasingIndex, lexicon: Lexicon) -> tuple[tuple[str, ...], Rows]:
    found: dict[str, set[int]] = {}
    openings = np.isin(corpus.stem_of, [corpus.stem_number[stem] for stem in lexicon.trade_openings
                                        if stem in corpus.stem_number])  # fmt: skip
    rows = np.unique(corpus.texts.owners[openings[corpus.texts.numbers]])
    for row in rows.tolist():
        stems = [corpus.stems[number] for number in corpus.stem_of[corpus.texts[row]]]
        for trade in lexicon.trades_in(stems):
            found.setdefault(" ".join(trade), set()).add(int(index.owners[row]))
    return tuple(found), Rows.of_lists([sorted(entries) for entries in found.values()])
