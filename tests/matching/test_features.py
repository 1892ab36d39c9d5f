"""What is measured about a question and each entry, judged by the names of the columns."""

import numpy as np
import pytest

from bot.knowledge.models import WordsFile
from bot.matching import lessons
from bot.matching.asking import asks, kind_of, tells
from bot.matching.features import MANY, SHARPNESS, Measuring, feature_names, lead
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.space import Space
from tests.matching.conftest import ENTRIES
from tests.matching.made_up import LEXICON
from tests.matching.measured import (
    EMBEDDER,
    OUTSIDE,
    QUESTIONS,
    SPACES,
    Measured,
    by_meaning,
    by_words,
    measured,
    variants,
)


@variants("meaning, outside")
def test_there_is_a_row_for_each_entry_and_a_column_for_each_name(*, meaning: bool, outside: bool) -> None:
    for text in QUESTIONS:
        found = measured(text, meaning=meaning, outside=outside)
        assert found.measuring.names == feature_names(meaning=meaning, outside=outside)
        assert found.features.rows.shape == (len(ENTRIES), len(found.measuring.names))


@variants("meaning, outside")
def test_no_two_columns_have_the_same_name(*, meaning: bool, outside: bool) -> None:
    names = feature_names(meaning=meaning, outside=outside)
    assert len(set(names)) == len(names)


@variants("meaning, outside")
def test_every_feature_of_every_question_is_a_number(*, meaning: bool, outside: bool) -> None:
    for text in QUESTIONS:
        assert np.isfinite(measured(text, meaning=meaning, outside=outside).features.rows).all()


def test_an_answer_is_held_by_as_much_of_the_question_as_it_says() -> None:
    assert by_words("baker nights")["answer_held"][0] == 1
    assert by_words("zebra")["answer_held"].tolist() == [0] * len(ENTRIES)


def test_an_answer_is_as_near_as_its_nearest_sentence() -> None:
    found = by_meaning("nights pay more")
    assert found["answer_cosine"][0] == pytest.approx(1, abs=1e-2)
    assert found["answer_cosine"][1:].max() < 1


@variants("meaning, outside")
def test_each_lead_is_that_of_the_column_it_names(*, meaning: bool, outside: bool) -> None:
    for text in QUESTIONS:
        found = measured(text, meaning=meaning, outside=outside)
        for name in found.measuring.names:
            if name.startswith("lead_"):
                assert found[name] == pytest.approx(lead(found[name.removeprefix("lead_")]), abs=1e-5), name


@variants("meaning, outside")
def test_each_column_times_phrasings_is_the_one_it_names_times_how_many_there_are(
    *, meaning: bool, outside: bool
) -> None:
    for text in QUESTIONS:
        found = measured(text, meaning=meaning, outside=outside)
        for name in found.measuring.names:
            if name.endswith("_times_phrasings"):
                phrasings = np.minimum(np.log10([len(entry.texts) for entry in ENTRIES]), MANY)
                times = found[name.removesuffix("_times_phrasings")] * phrasings
                assert found[name] == pytest.approx(times, abs=1e-5), name


@pytest.mark.parametrize("meaning", [False, True])
def test_each_column_over_outside_is_as_far_below_the_one_it_names_for_all_entries(*, meaning: bool) -> None:
    for text in QUESTIONS:
        found = measured(text, meaning=meaning, outside=True)
        for name in found.measuring.names:
            if name.startswith("over_outside_") and not name.endswith("_of_three"):
                below = found[name.removeprefix("over_outside_")] - found[name]
                assert below == pytest.approx(below[0], abs=1e-4), name


@pytest.mark.parametrize("meaning", [False, True])
def test_over_outside_letters_of_three_compares_the_means_of_the_three_best_phrasings(*, meaning: bool) -> None:
    for text in QUESTIONS:
        found = measured(text, meaning=meaning, outside=True)
        *entries, outside = found.of_three(found.measuring.nearness(text))
        assert found["over_outside_letters_of_three"] == pytest.approx([one - outside for one in entries], abs=1e-5)


def test_over_outside_cosine_of_three_compares_the_means_of_the_three_best_phrasings() -> None:
    for text in QUESTIONS:
        found = measured(text, meaning=True, outside=True)
        *entries, outside = found.of_three(EMBEDDER.phrasings(found.space.texts) @ EMBEDDER.questions([text])[0])
        assert found["over_outside_cosine_of_three"] == pytest.approx([one - outside for one in entries], abs=1e-4)


@pytest.mark.parametrize("name", ["over_outside_letters", "over_outside_letters_of_three", "over_outside_cosine"])
def test_over_outside_is_below_zero_for_what_is_more_like_an_out_of_scope_message(name: str) -> None:
    assert (measured(OUTSIDE[0], meaning=True, outside=True)[name] < 0).all()


@pytest.mark.parametrize("name", ["over_outside_letters", "over_outside_letters_of_three", "over_outside_cosine"])
def test_over_outside_is_above_zero_for_the_entry_that_is_asked_for(name: str) -> None:
    assert measured("baker pay", meaning=True, outside=True)[name][0] > 0


def test_inside_words_is_above_zero_for_words_of_entries_and_below_for_those_of_out_of_scope_messages() -> None:
    assert measured("pay of a baker", outside=True)["inside_words"][0] > 0
    assert measured("like the bread and the ovens here", outside=True)["inside_words"][0] < 0


def test_inside_words_is_nothing_for_words_that_neither_has() -> None:
    assert not measured("zebra yak", outside=True)["inside_words"].any()


def test_inside_words_adds_up_the_odds_of_the_known_words_by_the_root_of_their_number() -> None:
    space = SPACES[False, True]
    odds = [float(space.odds[space.index.vocabulary[stem]]) for stem in ("baker", "night")]
    found = measured("baker zebra night baker", outside=True)["inside_words"]
    assert found == pytest.approx([sum(odds) / 2**0.5] * len(ENTRIES), abs=1e-5)


@pytest.mark.parametrize("meaning", [False, True])
def test_an_out_of_scope_message_is_never_an_entrys_phrasing(*, meaning: bool) -> None:
    for text in (*OUTSIDE, *QUESTIONS):
        found = measured(text, meaning=meaning, outside=True)
        owners = found.space.index.owners[found.features.phrasings]
        assert owners.tolist() == found.features.entries.tolist() == list(range(len(ENTRIES)))


def test_alignment_joins_what_both_sides_hold_of_each_other() -> None:
    found = by_words("pay of a zebra baker")
    assert found["alignment"] == pytest.approx(np.sqrt(found["question_held"] * found["phrasing_held"]))


def test_a_phrasings_own_words_are_held_in_full_both_ways() -> None:
    found = by_words("baker pay")
    assert [found[name][0] for name in ("question_held", "phrasing_held", "letters")] == pytest.approx([1, 1, 1])


def test_the_nearest_phrasing_of_each_entry_is_named() -> None:
    found = by_words("baker pay")
    assert found.space.texts[found.features.phrasings[0]] == "baker pay"


def test_letters_is_that_of_an_entrys_nearest_phrasing() -> None:
    for text in QUESTIONS:
        found = by_words(text)
        nearness = np.split(found.measuring.nearness(text), found.space.index.starts[1:-1])
        assert found["letters"] == pytest.approx([float(entry.max()) for entry in nearness], abs=1e-5)


def test_letters_of_mean_is_the_cosine_with_the_mean_of_an_entrys_phrasings() -> None:
    for text in QUESTIONS:
        found = by_words(text)
        nearness = np.split(found.measuring.nearness(text), found.space.index.starts[1:-1])
        of_mean = np.asarray([entry.mean() for entry in nearness]) / found.space.ngrams.mean_norms
        assert found["letters_of_mean"] == pytest.approx(of_mean, abs=1e-5)


def test_cosine_is_that_of_an_entrys_nearest_phrasing() -> None:
    question = EMBEDDER.questions(["pay the baker"])[0]
    nearest = [float(np.max(EMBEDDER.phrasings(entry.texts) @ question)) for entry in ENTRIES]
    assert by_meaning("pay the baker")["cosine"] == pytest.approx(nearest, abs=1e-5)


def test_cosine_of_mean_is_that_of_the_mean_of_an_entrys_phrasings() -> None:
    question = EMBEDDER.questions(["pay the baker"])[0]
    means = [EMBEDDER.phrasings(entry.texts).mean(axis=0) for entry in ENTRIES]
    cosines = [float(mean @ question / np.linalg.norm(mean)) for mean in means]
    assert by_meaning("pay the baker")["cosine_of_mean"] == pytest.approx(cosines, abs=1e-5)


def test_taught_is_the_mean_of_what_an_entrys_phrasings_count_with_its_offset() -> None:
    found = by_meaning("pay the baker")
    meaning = found.space.meaning
    assert meaning is not None
    assert found.vector is not None
    shares = np.split(meaning.cosines(found.vector)[1], found.space.index.starts[1:-1])
    taught = [float(entry.mean() + offset) for entry, offset in zip(shares, meaning.offsets, strict=True)]
    assert found["taught"] == pytest.approx(taught, abs=1e-5)


@pytest.mark.parametrize("outside", [False, True])
def test_learned_is_what_the_lessons_say_of_each_entry(*, outside: bool) -> None:
    found = measured("pay the baker", meaning=True, outside=outside)
    assert found.space.meaning is not None
    assert found.vector is not None
    learned = found.space.meaning.learned(found.vector)
    assert learned is not None
    assert found["learned"] == pytest.approx(learned[: len(ENTRIES)], abs=1e-6)


def test_where_there_were_too_many_entries_for_lessons_learned_is_a_sharpened_taught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lessons, "ENTRIES_LIMIT", 1)
    found = Measured("pay the baker", Space.over(ENTRIES, LEXICON, (), EMBEDDER))
    raised = np.exp(SHARPNESS * found["taught"].astype(np.float64))
    assert np.exp(found["learned"]) == pytest.approx(raised / raised.sum(), abs=1e-3)


def test_unknown_share_is_how_much_of_the_question_no_entry_knows() -> None:
    assert by_words("baker pay")["unknown_share"] == pytest.approx(0)
    assert by_words("zebra yak")["unknown_share"] == pytest.approx(1)
    assert 0 < by_words("baker yak")["unknown_share"][0] < 1


def test_of_a_question_without_words_all_is_unknown() -> None:
    assert by_words("")["unknown_share"] == pytest.approx(1)


def test_held_anywhere_is_the_most_that_any_phrasing_holds_of_the_question() -> None:
    assert by_words("baker pay")["held_anywhere"] == pytest.approx(1)
    assert by_words("zebra yak")["held_anywhere"] == pytest.approx(0)


def test_length_counts_each_telling_word_once() -> None:
    assert by_words("baker, baker pay")["length"] == pytest.approx(np.log1p(2))
    assert by_words("what is the baker pay please")["length"] == pytest.approx(np.log1p(2))


def test_asks_and_tells_say_how_the_message_is_put() -> None:
    for text in QUESTIONS:
        found = by_words(text)
        assert (found["asks"] == asks(text)).all()
        assert (found["tells"] == tells(text)).all()


def test_kind_is_how_much_oftener_an_entry_is_asked_for_what_the_question_wants_to_know() -> None:
    text = "how long is it"
    found = by_words(text)
    assert found["kind"].tolist() == found.space.kinds[:, kind_of(text)].tolist()
    assert np.argmax(found["kind"]) == 1


def test_phrasings_is_the_logarithm_of_how_many_there_are_up_to_many() -> None:
    entries = [Indexed("few", ("pay", "wage")), Indexed("many", tuple(f"night {at}" for at in range(90)))]
    found = Measured("pay", Space.over(entries, LEXICON))
    assert found["phrasings"] == pytest.approx([np.log10(2), MANY])


def test_other_trade_marks_the_entries_that_do_not_name_the_questions_trade() -> None:
    lexicon = Lexicon(WordsFile(trades=["nurse", "truck driver"]))
    entries = [Indexed("nurse", ("Pay?", "pay of a nurse")), Indexed("baker", ("pay of a baker",))]
    measuring = Measuring(Space.over(entries, lexicon, ("a truck driver passes by",)), lexicon)

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


def test_lead_leaves_the_scores_as_they_were() -> None:
    scores = np.asarray([0.5, 0.9, 0.2], dtype=np.float32)
    lead(scores)
    assert scores == pytest.approx([0.5, 0.9, 0.2])


@pytest.mark.parametrize("outside", [False, True])
def test_likeness_gives_each_entry_alignment_and_letters_together(*, outside: bool) -> None:
    for text in QUESTIONS:
        found = measured(text, outside=outside)
        assert found.measuring.likeness(text) == pytest.approx(found["alignment"] + found["letters"], abs=1e-5)


def test_likeness_asks_no_encoder_for_the_question() -> None:
    likeness = Measuring(SPACES[True, False], LEXICON).likeness("baker pay")
    assert likeness == pytest.approx(Measuring(SPACES[False, False], LEXICON).likeness("baker pay"))


def test_likeness_is_two_for_a_phrasing_and_nothing_for_what_shares_no_letter() -> None:
    measuring = Measuring(SPACES[False, False], LEXICON)
    assert measuring.likeness("baker pay")[0] == pytest.approx(2, abs=1e-5)
    assert measuring.likeness("zzz") == pytest.approx([0] * len(ENTRIES))


def test_the_exact_wording_of_a_phrasing_is_found_at_its_position() -> None:
    measuring = Measuring(SPACES[False, True], LEXICON)
    assert measuring.exact("  Baker PAY!") == measuring.space.texts.index("baker pay")


@pytest.mark.parametrize("text", ["", "baker", "pay baker", OUTSIDE[2]])
def test_what_is_no_entrys_wording_is_at_no_position(text: str) -> None:
    assert Measuring(SPACES[False, True], LEXICON).exact(text) is None


def test_an_entry_is_agreed_on_when_every_lead_is_its_own() -> None:
    for text in (*QUESTIONS, "pay of a baker", "training for teachers"):
        found = by_meaning(text)
        leads = [name for name in found.measuring.names if name.startswith("lead_")]
        expected = [all(found[name][at] > 0 for name in leads) for at in range(len(ENTRIES))]
        assert found.features.agreed.tolist() == expected
    assert by_meaning("baker pay").features.agreed[0]
