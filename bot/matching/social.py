"""Messages that want no knowledge, such as thanks, and the entries that answer such messages all the same."""

from collections.abc import Sequence

from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.normalise import plain

#: Longest text of an entry, in letters, that may be one of the social phrases.
LETTERS = 40


class Social:
    """Knows the social phrases of a lexicon, and which entries are about them ("goodbye" of a bot's small talk)."""

    def __init__(self, entries: Sequence[Indexed], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        #: Ids of the entries of which some wording is a social phrase.
        self.entries = frozenset(
            entry.id for entry in entries if any(len(text) <= LETTERS and self.is_social(text) for text in entry.texts)
        )

    def is_social(self, text: str) -> bool:
        """Whether a message wants no knowledge."""
        return self._lexicon.is_social(plain(text))
