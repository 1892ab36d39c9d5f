"""What each entry is at its best, judged by loops over its phrasings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import candidates as module
from bot.matching.candidates import Candidates, likeliest, nearest_entries
from bot.matching.rows import Floats, Places, ends_of

#: Scores that often tie, of each phrasing of each entry.
scored = st.lists(
    st.lists(st.sampled_from([-1.0, 0.0, 0.25, 0.5, 1.0]), min_size=1, max_size=6), min_size=1, max_size=6
)


def flat(scores: list[list[float]]) -> tuple[Floats, Places]:
    return np.asarray([one for entry in scores for one in entry], dtype=np.float32), ends_of(
        [len(one) for one in scores]
    )


@given(scored)
def test_the_best_score_of_an_entry_is_that_of_its_best_phrasing(scores: list[list[float]]) -> None:
    values, starts = flat(scores)
    best, _ = Candidates.all_of(starts).best(values)
    assert best.tolist() == [max(entry) for entry in scores]


@given(scored)
def test_of_the_phrasings_with_the_best_score_the_first_is_named(scores: list[list[float]]) -> None:
    values, starts = flat(scores)
    _, phrasings = Candidates.all_of(starts).best(values)
    assert phrasings.tolist() == [starts[at] + entry.index(max(entry)) for at, entry in enumerate(scores)]


@given(scored)
def test_of_three_is_the_mean_of_the_three_best_and_of_all_where_there_are_fewer(scores: list[list[float]]) -> None:
    values, starts = flat(scores)
    best_three = [sorted(entry, reverse=True)[:3] for entry in scores]
    assert Candidates.all_of(starts).of_three(values) == pytest.approx(
        [sum(three) / len(three) for three in best_three], abs=1e-6
    )


@given(scored)
def test_of_three_leaves_the_scores_as_they_were(scores: list[list[float]]) -> None:
    values, starts = flat(scores)
    Candidates.all_of(starts).of_three(values)
    assert values.tolist() == flat(scores)[0].tolist()


@given(scored)
def test_the_mean_is_that_of_all_phrasings_of_an_entry(scores: list[list[float]]) -> None:
    values, starts = flat(scores)
    assert Candidates.all_of(starts).mean(values) == pytest.approx([sum(one) / len(one) for one in scores], abs=1e-6)


@given(scored)
def test_counts_are_how_many_phrasings_each_has(scores: list[list[float]]) -> None:
    _, starts = flat(scores)
    assert Candidates.all_of(starts).counts.tolist() == [len(one) for one in scores]


@given(scored)
def test_all_entries_named_one_by_one_are_all_entries(scores: list[list[float]]) -> None:
    values, starts = flat(scores)
    everything = Candidates.all_of(starts)
    named = Candidates.of_entries(np.arange(len(scores)), starts)
    assert named.phrasings is not None
    assert named.phrasings.tolist() == list(range(len(values)))
    assert named.of(values).tolist() == everything.of(values).tolist()
    for found, expected in ((named.entries, everything.entries), (named.starts, everything.starts),
                            (named.owners, everything.owners), (named.counts, everything.counts)):  # fmt: skip
        assert found.tolist() == expected.tolist()


@given(scored, st.data())
def test_some_entries_are_measured_as_they_are_among_all(scores: list[list[float]], data: st.DataObject) -> None:
    values, starts = flat(scores)
    chosen = np.asarray(sorted(data.draw(st.sets(st.integers(0, len(scores) - 1), min_size=1))))
    some, everything = Candidates.of_entries(chosen, starts), Candidates.all_of(starts)
    of_some = some.of(values)
    assert of_some.tolist() == [score for entry in chosen for score in scores[entry]]
    best, first = some.best(of_some)
    assert some.phrasings is not None
    assert best.tolist() == everything.best(values)[0][chosen].tolist()
    assert some.phrasings[first].tolist() == everything.best(values)[1][chosen].tolist()
    assert some.of_three(of_some) == pytest.approx(everything.of_three(values)[chosen])
    assert some.mean(of_some) == pytest.approx(everything.mean(values)[chosen])


@given(scored, st.integers(1, 4))
def test_the_nearest_entries_are_those_of_the_best_phrasings_by_each_score(
    scores: list[list[float]], nearest: int
) -> None:
    values, starts = flat(scores)
    # All above 0 and no two alike, so that only one choice is right.
    first: Floats = (values + 2 + np.arange(len(values)) / 1000).astype(np.float32)
    second: Floats = 4 - first
    owners = Candidates.all_of(starts).owners
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "NEAREST", nearest)
        found = nearest_entries([first, second], owners)
    expected = {
        int(owners[at])
        for score in (first, second)
        for at in sorted(range(len(score)), key=lambda one: -score[one])[:nearest]
    }
    assert found.tolist() == sorted(expected)


@pytest.mark.parametrize("nearest", [1, 2, 4])
def test_where_too_few_scores_are_above_0_the_first_of_the_others_are_taken(nearest: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "NEAREST", nearest)
        found = nearest_entries([np.asarray([0, -1, 0, 0.5, 0], dtype=np.float32)], np.arange(5, dtype=np.int32))
    assert found.tolist() == sorted([3, 0, 1, 2][:nearest])


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), max_size=12), st.integers(1, 12))
def test_the_likeliest_are_the_highest_above_0_and_of_equal_ones_the_first(values: list[float], most: int) -> None:
    above = [at for at, value in enumerate(values) if value]
    expected = sorted(above, key=lambda at: -values[at])[:most]
    assert likeliest(np.asarray(values, dtype=np.float32), most).tolist() == expected
