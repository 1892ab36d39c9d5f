"""Cuts text into the word pieces that the sentence encoder was trained on (BERT's, without case and accents).

Not here: what the pieces mean (`encoder`). The rules are those of the published tokenizer, so that the same text gives
the same numbers; only its special tokens are plain text here, as a member has no business in writing them.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

#: Longest word in letters that is cut into pieces; a longer one is unknown as a whole.
WORD_LIMIT = 100
_UNKNOWN, _START, _END = "[UNK]", "[CLS]", "[SEP]"
# Chinese characters have no spaces between words: each stands for itself.
_CHINESE = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


class WordPieces:
    """The vocabulary: a piece's number is its place in the list; `##` marks pieces that go on within a word."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._unknown, self._start, self._end = (self._numbers[name] for name in (_UNKNOWN, _START, _END))
        self._longest = max(map(len, pieces))

    def is_whole(self, word: str) -> bool:
        """Whether a word in small letters is one piece."""
        return word in self._numbers

    def samples(self, texts: int, length: int) -> list[list[int]]:
        """At most so many made-up texts of words drawn evenly from the vocabulary, as `numbers` gives them."""
        pieces = list(self._numbers)
        apart = -(-len(pieces) // length)
        return [self.numbers(" ".join(pieces[first::apart]), length) for first in range(0, apart, -(-apart // texts))]

    def numbers(self, text: str, most: int) -> list[int]:
        """The numbers of the text's pieces between a start and an end mark, at most so many with both; the rest of
        the text is not looked at.
        """
        pieces = (piece for word in _words(text) for piece in self._pieces(word))
        return [self._start, *islice(pieces, most - 2), self._end]

    def _pieces(self, word: str) -> list[int]:
        """The longest piece that the word begins with, then the longest that goes on, to its end."""
        whole = self._numbers.get(word)
        if whole is not None:
            return [whole]
        if len(word) > WORD_LIMIT:
            return [self._unknown]
        found: list[int] = []
        at = 0
        while at < len(word):
            mark = "##" if at else ""
            ends = range(min(len(word), at + self._longest), at, -1)
            end = next((end for end in ends if mark + word[at:end] in self._numbers), None)
            if end is None:
                return [self._unknown]
            found.append(self._numbers[mark + word[at:end]])
            at = end
        return found


def _words(text: str) -> Iterator[str]:
    """Words in lower case without accents; each punctuation mark and each Chinese character is one of its own."""
    if not text.isascii():
        text = "".join(f" {letter} " if _is_chinese(letter) else letter for letter in text)
        text = "".join(letter for letter in unicodedata.normalize("NFD", text) if unicodedata.category(letter) != "Mn")
    word: list[str] = []
    for letter in text:
        if letter.isalnum():
            word.append(letter.lower())
        elif letter.isspace() or _is_mark(letter):
            if word:
                yield "".join(word)
                word = []
            if not letter.isspace():
                yield letter
        elif not _is_hidden(letter):
            word.append(letter.lower())
    if word:
        yield "".join(word)


def _is_mark(letter: str) -> bool:
    return (letter.isascii() and letter.isprintable()) or unicodedata.category(letter).startswith("P")


def _is_hidden(letter: str) -> bool:
    return letter == "\ufffd" or unicodedata.category(letter).startswith("C")


def _is_chinese(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _CHINESE)
