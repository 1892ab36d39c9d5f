"""What is measured about a question and each entry, judged by the names of the columns."""

import numpy as np
import pytest

from bot.knowledge.models import WordsFile
from bot.matching.embedding import Embedder
from bot.matching.features import Features, Measuring, feature_names, lead
from bot.matching.index import Floats, Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.vectors import VectorCache
from tests.matching.conftest import ENTRIES, WORDS
from tests.matching.encoders import small_encoder

LEXICON = Lexicon(WORDS)
OUTSIDE = ("do you like the night", "how is the bread here", "what a day", "hello from the ovens")
EMBEDDER = Embedder(small_encoder, VectorCache(None))
QUESTIONS = ("baker pay", "wage of a teacher at night", "how long is the trainig", "zebra", "")


class Measured:
    """The features of one question by name, in one of the four variants."""

    def __init__(self, text: str, *, meaning: bool, outside: bool) -> None:
        self.measuring = Measuring(ENTRIES, LEXICON, OUTSIDE if outside else (), EMBEDDER if meaning else None)
        self.found: Features = self.measuring.features(text, EMBEDDER.questions([text])[0] if meaning else None)

    def __getitem__(self, name: str) -> Floats:
        column: Floats = self.found.rows[:, self.measuring.names.index(name)]
        return column


def by_words(text: str) -> Measured:
    return Measured(text, meaning=False, outside=False)


def by_meaning(text: str) -> Measured:
    return Measured(text, meaning=True, outside=False)


def variants(names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(names, [(False, False), (False, True), (True, False), (True, True)])


@variants("meaning, outside")
def test_there_is_a_row_for_each_entry_and_a_column_for_each_name(*, meaning: bool, outside: bool) -> None:
    for text in QUESTIONS:
        measured = Measured(text, meaning=meaning, outside=outside)
        assert measured.measuring.names == feature_names(meaning=meaning, outside=outside)
        assert measured.found.rows.shape == (len(ENTRIES), len(measured.measuring.names))


@variants("meaning, outside")
def test_no_two_columns_have_the_same_name(*, meaning: bool, outside: bool) -> None:
    names = feature_names(meaning=meaning, outside=outside)
    assert len(set(names)) == len(names)


@variants("meaning, outside")
def test_every_feature_of_every_question_is_a_number(*, meaning: bool, outside: bool) -> None:
    for text in QUESTIONS:
        assert np.isfinite(Measured(text, meaning=meaning, outside=outside).found.rows).all()


@variants("meaning, outside")
def test_each_lead_is_that_of_the_column_it_names(*, meaning: bool, outside: bool) -> None:
    for text in QUESTIONS:
        measured = Measured(text, meaning=meaning, outside=outside)
        for name in measured.measuring.names:
            if name.startswith("lead_"):
                assert measured[name] == pytest.approx(lead(measured[name.removeprefix("lead_")]), abs=1e-5), name


@pytest.mark.parametrize("meaning", [False, True])
def test_each_column_over_outside_is_as_far_below_the_one_it_names_for_all_entries(*, meaning: bool) -> None:
    for text in QUESTIONS:
        measured = Measured(text, meaning=meaning, outside=True)
        for name in measured.measuring.names:
            if name.startswith("over_outside_"):
                below = measured[name.removeprefix("over_outside_")] - measured[name]
                assert below == pytest.approx(below[0], abs=1e-5), name


def test_over_outside_is_below_zero_for_what_is_more_like_an_out_of_scope_message() -> None:
    for name in ("over_outside_letters", "over_outside_cosine", "over_outside_taught"):
        assert (Measured(OUTSIDE[0], meaning=True, outside=True)[name] < 0).all(), name
    assert (Measured(OUTSIDE[0], meaning=False, outside=True)["over_outside_classifier"] < 0).all()


def test_over_outside_is_above_zero_for_the_entry_that_is_asked_for() -> None:
    assert Measured("baker pay", meaning=False, outside=True)["over_outside_letters"][0] > 0.5
    assert Measured("baker pay", meaning=True, outside=True)["over_outside_cosine"][0] > 0


@pytest.mark.parametrize("meaning", [False, True])
def test_an_out_of_scope_message_is_never_an_entrys_phrasing(*, meaning: bool) -> None:
    for text in (*OUTSIDE, *QUESTIONS):
        measured = Measured(text, meaning=meaning, outside=True)
        owners = measured.measuring.index.owners[measured.found.phrasings]
        assert owners.tolist() == list(range(len(ENTRIES)))


def test_alignment_joins_what_both_sides_hold_of_each_other() -> None:
    measured = by_words("pay of a zebra baker")
    assert measured["alignment"] == pytest.approx(np.sqrt(measured["question_held"] * measured["phrasing_held"]))


def test_a_phrasings_own_words_are_held_in_full_both_ways() -> None:
    measured = by_words("baker pay")
    assert [measured[name][0] for name in ("question_held", "phrasing_held", "letters")] == pytest.approx([1, 1, 1])


def test_the_nearest_phrasing_of_each_entry_is_named() -> None:
    measured = by_words("baker pay")
    assert measured.measuring.index.texts[measured.found.phrasings[0]] == "baker pay"


def test_of_three_is_the_mean_of_an_entrys_three_best_phrasings() -> None:
    four = [Indexed("one", ("baker pay", "pay baker", "zebra", "yak")), Indexed("two", ("night work", "yak"))]
    measuring = Measuring(four, LEXICON)
    row = measuring.features("baker pay").rows[:, measuring.names.index("alignment_of_three")]
    assert row == pytest.approx([2 / 3, 0], abs=1e-5)


def test_of_three_is_the_mean_of_all_where_an_entry_has_fewer() -> None:
    two = [Indexed("one", ("baker pay", "zebra")), Indexed("two", ("night work",))]
    measuring = Measuring(two, LEXICON)
    row = measuring.features("baker pay").rows[:, measuring.names.index("alignment_of_three")]
    assert row == pytest.approx([1 / 2, 0], abs=1e-5)


def test_cosine_is_that_of_an_entrys_nearest_phrasing() -> None:
    question = EMBEDDER.questions(["pay the baker"])[0]
    nearest = [float(np.max(EMBEDDER.phrasings(entry.texts) @ question)) for entry in ENTRIES]
    assert by_meaning("pay the baker")["cosine"] == pytest.approx(nearest, abs=1e-5)


def test_unknown_share_is_how_much_of_the_question_no_entry_knows() -> None:
    assert by_words("baker pay")["unknown_share"] == pytest.approx(0)
    assert by_words("zebra yak")["unknown_share"] == pytest.approx(1)
    assert 0 < by_words("baker yak")["unknown_share"][0] < 1


def test_held_anywhere_is_the_most_that_any_phrasing_holds_of_the_question() -> None:
    assert by_words("baker pay")["held_anywhere"] == pytest.approx(1)
    assert by_words("zebra yak")["held_anywhere"] == pytest.approx(0)


def test_length_counts_each_telling_word_once() -> None:
    assert by_words("baker, baker pay")["length"] == pytest.approx(np.log1p(2))
    assert by_words("what is the baker pay please")["length"] == pytest.approx(np.log1p(2))


def test_other_trade_marks_the_entries_that_do_not_name_the_questions_trade() -> None:
    lexicon = Lexicon(WordsFile(trades=["nurse", "truck driver"]))
    entries = [Indexed("nurse", ("Pay?", "pay of a nurse")), Indexed("baker", ("pay of a baker",))]
    measuring = Measuring(entries, lexicon, ("a truck driver passes by",))

    def other_trade(text: str) -> list[float]:
        column: list[float] = measuring.features(text).rows[:, measuring.names.index("other_trade")].tolist()
        return column

    assert other_trade("what do nurses earn") == [0, 1]
    assert other_trade("what do truck drivers earn") == [1, 1]
    assert other_trade("what do they earn") == [0, 0]
    assert other_trade("I am a nurse; what would I earn?") == [0, 0]


def test_lead_is_the_distance_to_the_best_other_one() -> None:
    assert lead(np.asarray([0.5, 0.9, 0.2], dtype=np.float32)) == pytest.approx([-0.4, 0.4, -0.7])


def test_two_that_are_equally_good_have_no_lead() -> None:
    assert lead(np.asarray([0.9, 0.9, 0.2], dtype=np.float32)) == pytest.approx([0, 0, -0.7])


@pytest.mark.parametrize("scores", [[], [0.7]])
def test_without_another_the_lead_is_the_score_itself(scores: list[float]) -> None:
    assert lead(np.asarray(scores, dtype=np.float32)) == pytest.approx(scores)


@pytest.mark.parametrize("outside", [False, True])
def test_likeness_gives_each_entry_alignment_and_letters_together(*, outside: bool) -> None:
    for text in QUESTIONS:
        measured = Measured(text, meaning=False, outside=outside)
        likeness = measured.measuring.likeness(text)
        assert likeness == pytest.approx(measured["alignment"] + measured["letters"], abs=1e-5)


def test_likeness_asks_no_encoder_for_the_question() -> None:
    measuring = Measuring(ENTRIES, LEXICON, embedder=EMBEDDER)
    assert measuring.likeness("baker pay") == pytest.approx(Measuring(ENTRIES, LEXICON).likeness("baker pay"))


def test_likeness_is_two_for_a_phrasing_and_nothing_for_what_shares_no_letter() -> None:
    measuring = Measuring(ENTRIES, LEXICON)
    assert measuring.likeness("baker pay")[0] == pytest.approx(2, abs=1e-5)
    assert measuring.likeness("zzz") == pytest.approx([0] * len(ENTRIES))
