"""Which entry a follow-up is about: what fits it by itself, what fits it after the questions before, and what is near
the entry that answered those.

`followup.json` holds what `benchmarks/fit_followup.py` learned from conversations.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from bot.matching.asking import asks
from bot.matching.confidence import shares_of
from bot.matching.index import Indexed

Array = npt.NDArray[np.float64]

#: What is known of each entry: the natural logarithms of its confidence by the follow-up alone and together with the
#: questions before, whether it answered those, whether it is related to the entry that did, or of the same theme.
OF_ENTRY = ("alone", "together", "same", "related", "theme")
#: What tells whether the likeliest entry is right: its share, the second's, the first three of `OF_ENTRY`, and whether
#: the message asks anything.
OF_LIKELIEST = ("share", "log_share", "second_share", "alone", "together", "same", "asks")
#: Lowest confidence whose logarithm is taken.
LEAST = 1e-7


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was learned, in the order of `OF_ENTRY` and `OF_LIKELIEST`, and from which confidence on to answer."""

    ranking: Array
    sureness: Array
    bias: float
    answer: float
    offer: float

    def confidences(self, rows: Array, text: str) -> Array:
        """The probability (0 to 1) of each entry being right about this text; a row an entry, as from `rows_of`."""
        if not len(rows):
            return np.zeros(0)
        shares = shares_of(rows @ self.ranking)
        first = int(np.argmax(shares))
        sure = 1 / (1 + np.exp(-(likeliest(rows, shares, text) @ self.sureness + self.bias)))
        return np.asarray(sure * shares / shares[first])


def rows_of(
    entries: Sequence[Indexed], alone: Mapping[str, float], together: Mapping[str, float], before: Indexed
) -> Array:
    """What is known of each entry; `before` is the one that answered the question before."""
    rows = [
        (
            np.log(max(alone.get(entry.id, 0.0), LEAST)), np.log(max(together.get(entry.id, 0.0), LEAST)),
            entry.id == before.id, entry.id in before.related, entry.theme == before.theme is not None,
        )
        for entry in entries
    ]  # fmt: skip
    return np.asarray(rows, dtype=np.float64).reshape(len(entries), len(OF_ENTRY))


def likeliest(rows: Array, shares: npt.NDArray[np.floating], text: str) -> Array:
    """What tells whether the likeliest entry is right."""
    first = int(np.argmax(shares))
    second = float(np.sort(shares)[-2]) if len(shares) > 1 else 0.0
    return np.asarray([shares[first], np.log(shares[first]), second, *rows[first, :3], asks(text)])


@cache
def shipped_followup() -> FollowUp:
    """What comes with the code; what it does not know yet counts nothing, so that it can be learned."""
    stored = json.loads(resources.files("bot.matching").joinpath("followup.json").read_text("utf-8"))
    ranking = np.asarray([stored["ranking"].get(name, 0.0) for name in OF_ENTRY])
    sureness = np.asarray([stored["sureness"].get(name, 0.0) for name in OF_LIKELIEST])
    return FollowUp(ranking, sureness, stored["bias"], stored["cutoffs"]["answer"], stored["cutoffs"]["offer"])
