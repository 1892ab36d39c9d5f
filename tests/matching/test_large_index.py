"""In a large index only the nearest entries are measured, and each as it would be among all."""

import numpy as np
import pytest
from hypothesis import given, settings

from bot.knowledge.models import WordsFile
from bot.matching.features import Measuring, feature_names
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.space import Space
from tests.matching.conftest import ENTRIES
from tests.matching.made_up import LEXICON, as_large_index, entry_lists, texts
from tests.matching.measured import OUTSIDE, QUESTIONS, Measured, by_words, measured, variants


@variants("meaning, outside")
def test_a_large_index_measures_its_candidates_as_a_small_one_measures_all(*, meaning: bool, outside: bool) -> None:
    for text in QUESTIONS:
        small = measured(text, meaning=meaning, outside=outside).features
        with as_large_index(nearest=100):
            large = measured(text, meaning=meaning, outside=outside).features
        assert large.entries.tolist() == small.entries.tolist()
        assert large.phrasings.tolist() == small.phrasings.tolist()
        assert large.rows == pytest.approx(small.rows, abs=1e-5)


@given(entry_lists, texts)
@settings(max_examples=40)
def test_any_large_index_measures_its_candidates_as_a_small_one_measures_all(
    entries: tuple[Indexed, ...], text: str
) -> None:
    space = Space.over(entries, LEXICON, OUTSIDE)
    small = Measured(text, space).features
    with as_large_index(nearest=100):
        large = Measured(text, space).features
    assert large.phrasings.tolist() == small.phrasings.tolist()
    assert large.rows == pytest.approx(small.rows, abs=1e-5)


@variants("meaning, outside")
def test_of_a_large_index_some_entries_are_measured_and_each_as_among_all(*, meaning: bool, outside: bool) -> None:
    own = [name for name in feature_names(meaning=meaning, outside=outside) if not name.startswith("lead_")]
    for text in ("baker pay", "wage of a teacher at night", "how long is the apprenticeship"):
        small = measured(text, meaning=meaning, outside=outside)
        with as_large_index(nearest=1):
            large = measured(text, meaning=meaning, outside=outside)
        entries = large.features.entries
        assert 0 < len(entries) < len(ENTRIES)
        assert large.features.phrasings.tolist() == small.features.phrasings[entries].tolist()
        for name in own:
            assert large[name] == pytest.approx(small[name][entries], abs=1e-4), name


def test_of_a_large_index_other_trade_is_that_of_the_entries_that_are_measured() -> None:
    lexicon = Lexicon(WordsFile(trades=["nurse"]))
    entries = [Indexed("baker", ("do bakers rest",)), Indexed("nurse", ("pay of a nurse",)), Indexed("pay", ("pay",))]
    measuring = Measuring(Space.over(entries, lexicon), lexicon)
    with as_large_index(nearest=2):
        found = measuring.features("what pay do nurses get")
    other_trade = found.rows[:, measuring.names.index("other_trade")]
    assert (found.entries.tolist(), other_trade.tolist()) == ([1, 2], [0, 1])


def test_of_a_large_index_the_best_entry_by_words_is_always_measured() -> None:
    for text in ("baker pay", "length of the apprenticeship", "career change"):
        best = int(np.argmax(by_words(text)["alignment"]))
        with as_large_index(nearest=1):
            assert best in by_words(text).features.entries
