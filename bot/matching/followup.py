"""Which entry a follow-up is about: what fits it by itself, what fits it after the questions before, what it names, and
what is near the entry that answered those.

`followup.json` holds what `benchmarks/fit_followup.py` learned from conversations.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from bot.matching.confidence import shares_of
from bot.matching.index import Indexed

Array = npt.NDArray[np.float64]

#: What is known of each entry: the natural logarithms of its confidence by the follow-up alone and together with the
#: questions before; whether it answered those, and whether it did so and the message opens as one more ("and …");
#: whether it is related to the entry that did, or of the same theme; whether the message names a part of its answer.
OF_ENTRY = ("alone", "together", "same", "one_more", "related", "theme", "named")
#: What tells whether the likeliest entry is right: its share, the second's, and the first three of `OF_ENTRY`.
OF_LIKELIEST = ("share", "log_share", "second_share", "alone", "together", "same")
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

    def confidences(self, rows: Array) -> Array:
        """The probability (0 to 1) of each entry being right; a row an entry, as from `rows_of`."""
        if not len(rows):
            return np.zeros(0)
        shares = shares_of(rows @ self.ranking)
        first = int(np.argmax(shares))
        sure = 1 / (1 + np.exp(-(likeliest(rows, shares) @ self.sureness + self.bias)))
        return np.asarray(sure * shares / shares[first])


@dataclass(frozen=True, slots=True)
class Readings:
    """What a follow-up is read as: `alone` and `together` with the questions before, the confidence of each entry that
    comes into question. `one_more`: whether it opens as one more question. `named`: the ids of the entries of whose
    answers it names a part.
    """

    alone: Mapping[str, float]
    together: Mapping[str, float]
    one_more: bool = False
    named: Collection[str] = ()


def rows_of(entries: Sequence[Indexed], read: Readings, before: Indexed) -> Array:
    """What is known of each entry; `before` is the one that answered the question before."""
    rows = [
        (
            _log(read.alone, entry), _log(read.together, entry),
            entry.id == before.id, read.one_more and entry.id == before.id,
            entry.id in before.related, entry.theme == before.theme is not None, entry.id in read.named,
        )
        for entry in entries
    ]  # fmt: skip
    return np.asarray(rows, dtype=np.float64).reshape(len(entries), len(OF_ENTRY))


def _log(confidences: Mapping[str, float], entry: Indexed) -> float:
    return float(np.log(max(confidences.get(entry.id, 0.0), LEAST)))


def likeliest(rows: Array, shares: npt.NDArray[np.floating]) -> Array:
    """What tells whether the likeliest entry is right."""
    first = int(np.argmax(shares))
    second = float(np.sort(shares)[-2]) if len(shares) > 1 else 0.0
    return np.asarray([shares[first], np.log(shares[first]), second, *rows[first, :3]])


@cache
def shipped_followup() -> FollowUp:
    """What comes with the code; what it does not know yet counts nothing, so that it can be learned."""
    stored = json.loads(resources.files("bot.matching").joinpath("followup.json").read_text("utf-8"))
    ranking = np.asarray([stored["ranking"].get(name, 0.0) for name in OF_ENTRY])
    sureness = np.asarray([stored["sureness"].get(name, 0.0) for name in OF_LIKELIEST])
    return FollowUp(ranking, sureness, stored["bias"], stored["cutoffs"]["answer"], stored["cutoffs"]["offer"])
