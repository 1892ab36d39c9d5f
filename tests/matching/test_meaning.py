"""Meanings of phrasings: cosines, and what the phrasings of an entry teach, judged by the textbook's formulas."""

import numpy as np
import numpy.typing as npt
import pytest

from bot.matching import lessons as lessons_module
from bot.matching.embedding import Embedder
from bot.matching.lessons import fit_lessons
from bot.matching.meaning import LEAST_CROWDING, OWN_SHARE, MeaningSpace
from bot.matching.rows import Floats, ends_of
from bot.matching.vectors import VectorCache
from tests.matching.encoders import WIDTH, real_encoder, small_encoder

TEXTS = ["baker pay", "the pay of a baker", "night work", "do bakers work", "work"]
OUTSIDE = ["a night", "do the work", "the baker"]
STARTS = ends_of([2, 3])
EMBEDDER = Embedder(small_encoder, VectorCache(None))
VECTORS = EMBEDDER.phrasings(TEXTS)
OUTER = EMBEDDER.phrasings(OUTSIDE)
SPACE = MeaningSpace.over(VECTORS, STARTS, 2)
BESIDE = MeaningSpace.over(np.concatenate([VECTORS, OUTER]), ends_of([2, 3, 3]), 2)


def vector(text: str) -> Floats:
    row: Floats = EMBEDDER.questions([text])[0]
    return row


def taught(space: MeaningSpace, found: Floats) -> list[float]:
    """What each entry is taught, entry by entry."""
    _, shares = space.cosines(found)
    spans = zip(STARTS[:-1], STARTS[1:], space.offsets, strict=False)
    return [float(shares[first:last].mean() + offset) for first, last, offset in spans]


def discriminant(vectors: npt.NDArray[np.float64], question: npt.NDArray[np.float64]) -> list[float]:
    """Linear discriminant analysis entry by entry: half the squared distance to its mean, the further the lower."""
    means = [vectors[:2].mean(axis=0), vectors[2:].mean(axis=0)]
    inner = np.stack([one - means[at >= 2] for at, one in enumerate(vectors)])
    square = sum(np.outer(one, one) for one in inner)
    free = len(vectors) - 2
    own = OWN_SHARE * free / (free + WIDTH)
    spread = own * square / (np.trace(square) / WIDTH) + (1 - own) * np.eye(WIDTH)
    return [-0.5 * float((question - mean) @ np.linalg.solve(spread, question - mean)) for mean in means]


def test_entries_are_as_crowded_as_phrasings_are_near_to_those_of_others() -> None:
    cosines = VECTORS @ VECTORS.T
    nearest = [cosines[at, 2:].max() for at in range(2)] + [cosines[at, :2].max() for at in range(2, 5)]
    assert SPACE.crowding == pytest.approx(np.mean(nearest), abs=1e-5)


def test_out_of_scope_messages_do_not_crowd_entries() -> None:
    assert BESIDE.crowding == pytest.approx(SPACE.crowding, abs=1e-6)


def test_a_single_entry_is_not_crowded() -> None:
    assert MeaningSpace.over(VECTORS[:2], ends_of([2]), 1).crowding == LEAST_CROWDING


def test_the_cosine_of_a_phrasing_with_itself_is_one() -> None:
    for position, text in enumerate(TEXTS):
        assert SPACE.cosines(vector(text))[0][position] == pytest.approx(1, abs=1e-3)


def test_cosines_are_those_of_the_vectors() -> None:
    assert SPACE.cosines(vector("work"))[0] == pytest.approx(VECTORS @ vector("work"), abs=1e-5)


def test_entries_are_as_far_apart_as_linear_discriminant_analysis_puts_them() -> None:
    # Vectors all over the place; those of the first entry are nearer to each other, and so have a longer mean.
    numbers = np.random.default_rng(3)
    drawn = numbers.normal(0, 1, (len(TEXTS), WIDTH))
    drawn[1] = drawn[0] + 0.3 * drawn[1]
    vectors = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    space = MeaningSpace.over(vectors, STARTS, 2)
    for question in numbers.normal(0, 0.2, (20, WIDTH)).astype(np.float32):
        first, second = discriminant(vectors.astype(np.float64), question.astype(np.float64))
        taught_first, taught_second = taught(space, question)
        assert taught_first - taught_second == pytest.approx(first - second, abs=1e-3)


def test_halfway_between_two_entries_both_are_taught_the_same_however_many_phrasings_each_has() -> None:
    halfway = (VECTORS[:2].mean(axis=0) + VECTORS[2:].mean(axis=0)) / 2
    pay, night = taught(SPACE, halfway)
    assert pay == pytest.approx(night, abs=1e-4)


def test_out_of_scope_messages_do_not_change_how_entries_spread() -> None:
    assert BESIDE.unspread.tolist() == SPACE.unspread.tolist()
    assert BESIDE.offsets[:2] == pytest.approx(SPACE.offsets, abs=1e-6)


def test_an_entry_with_one_phrasing_is_as_long_as_that() -> None:
    assert MeaningSpace.over(VECTORS[:2], ends_of([1, 1]), 2).mean_norms == pytest.approx([1, 1], abs=1e-5)


def test_mean_norms_are_the_lengths_of_the_means() -> None:
    means = [VECTORS[:2].mean(axis=0), VECTORS[2:].mean(axis=0)]
    assert SPACE.mean_norms == pytest.approx([float(np.linalg.norm(mean)) for mean in means], abs=1e-5)


def test_what_is_like_no_phrasing_has_no_cosine() -> None:
    across = np.linalg.svd(VECTORS)[2][-1].astype(np.float32)
    assert across.shape == (WIDTH,)
    assert SPACE.cosines(across)[0] == pytest.approx([0] * len(TEXTS), abs=1e-4)


def test_learned_are_the_logarithms_of_chances_that_are_one_in_all() -> None:
    learned = BESIDE.learned(vector("baker pay"))
    assert learned is not None
    assert learned.shape == (3,)
    assert np.exp(learned).sum() == pytest.approx(1, abs=1e-3)


def test_a_phrasing_belongs_to_its_own_entry_or_to_the_out_of_scope_messages() -> None:
    apart = np.eye(8, WIDTH, dtype=np.float32)
    space = MeaningSpace.over(apart, ends_of([2, 3, 3]), 2)
    found = [space.learned(one) for one in apart]
    assert [int(np.argmax(one)) for one in found if one is not None] == [0, 0, 1, 1, 1, 2, 2, 2]


def test_learned_is_what_the_lessons_say_but_for_how_many_phrasings_an_entry_has() -> None:
    weights = fit_lessons(VECTORS, np.asarray([0, 0, 1, 1, 1], dtype=np.int32), 2)
    scores = np.append(vector("the night"), 1) @ weights - np.log([2, 3])
    learned = SPACE.learned(vector("the night"))
    assert learned is not None
    assert learned[0] - learned[1] == pytest.approx(scores[0] - scores[1], abs=1e-3)


def test_nothing_is_learned_where_there_are_too_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lessons_module, "ENTRIES_LIMIT", 1)
    assert MeaningSpace.over(VECTORS, STARTS, 2).learned(vector("baker pay")) is None


def test_phrasings_are_inside_and_out_of_scope_messages_are_not() -> None:
    assert np.mean([BESIDE.inside(one) for one in VECTORS]) > 0
    assert np.mean([BESIDE.inside(one) for one in OUTER]) < 0


def test_halfway_between_phrasings_and_out_of_scope_messages_is_neither_inside_nor_outside() -> None:
    halfway = (VECTORS.mean(axis=0) + OUTER.mean(axis=0)) / 2
    assert BESIDE.inside(halfway) == pytest.approx(0, abs=1e-4)


def test_without_out_of_scope_messages_nothing_is_inside_or_outside() -> None:
    assert [SPACE.inside(one) for one in VECTORS] == [0] * len(TEXTS)


def test_the_same_phrasings_make_the_same_space_every_time() -> None:
    again = MeaningSpace.over(VECTORS.copy(), STARTS, 2)
    assert again.unspread.tobytes() == SPACE.unspread.tobytes()
    assert again.lessons.tobytes() == SPACE.lessons.tobytes()


def test_other_words_with_the_same_meaning_speak_for_their_entry() -> None:
    real = Embedder(real_encoder, VectorCache(None))
    space = MeaningSpace.over(real.phrasings(TEXTS), STARTS, 2)
    asked = real.questions(["how much money do they get"])[0]
    pay, night = taught(space, asked)
    assert pay > night
    learned = space.learned(asked)
    assert learned is not None
    assert learned[0] > learned[1]
    assert np.argmax(space.cosines(real.questions(["shifts after dark"])[0])[0]) == 2
