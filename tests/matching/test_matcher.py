"""Ranking and judging messages."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.answer import Kind
from bot.matching.confidence import Cutoffs, shipped_confidence
from bot.matching.dialogue import Before
from bot.matching.embedding import Embedder
from bot.matching.features import feature_names
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import ALMOST, EXACT, OFFERED, OFFERED_SHARE, RANKED, Matcher
from bot.matching.vectors import VectorCache
from tests.matching.conftest import ENTRIES, WORDS
from tests.matching.encoders import real_encoder, small_encoder
from tests.matching.made_up import as_large_index

MATCHER = Matcher(ENTRIES, Lexicon(WORDS))
OUTSIDE = ("the best bread in town", "my cat is asleep")
SMALL = Embedder(small_encoder, VectorCache(None))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_wording_of_an_entry_finds_it_first_and_is_answered(entry: Indexed) -> None:
    for text in entry.texts:
        verdict = MATCHER.judge(f"  {text.upper()}!! ")
        assert (verdict.kind, verdict.ranked[0].id, verdict.shown) == (Kind.ANSWER, entry.id, 1)
        assert verdict.ranked[0].confidence == EXACT


def test_an_exact_wording_names_the_phrasing_it_met() -> None:
    assert MATCHER.rank("Baker pay?")[0].phrasing == "baker pay"


def test_of_two_entries_with_the_same_wording_the_first_is_found() -> None:
    twins = [Indexed("own", ("Opening hours?",)), Indexed("base", ("opening hours",))]
    assert Matcher(twins, Lexicon(WORDS)).rank("opening hours")[0].id == "own"


@pytest.mark.parametrize(
    ("text", "entry_id"),
    [
        ("whats the slary of bakers", "pay"),
        ("how long is the aprenticeship", "training"),
        ("i teach, can i move over", "switch"),
    ],
)
def test_other_words_and_typos_still_rank_the_right_entry_first(text: str, entry_id: str) -> None:
    assert MATCHER.rank(text)[0].id == entry_id


def test_ranked_entries_differ_and_come_best_first() -> None:
    ranked = MATCHER.rank("how much do bakers make at night")
    assert len({one.id for one in ranked}) == len(ranked) <= RANKED
    assert [one.confidence for one in ranked] == sorted((one.confidence for one in ranked), reverse=True)


def test_a_message_without_words_has_no_ranking_and_no_answer() -> None:
    assert MATCHER.rank("😭😭 ¿?!") == ()
    assert MATCHER.judge("😭😭 ¿?!").kind is Kind.NONE


def test_what_shares_no_word_with_any_entry_is_not_known() -> None:
    assert MATCHER.judge("zebras graze near volcanoes").kind is Kind.NONE


def test_a_social_message_is_no_question() -> None:
    assert MATCHER.judge("Thanks, that is great!!").kind is Kind.SOCIAL


def test_a_social_phrase_that_is_an_entrys_wording_is_answered() -> None:
    matcher = Matcher([Indexed("greeting", ("Hello",)), *ENTRIES], Lexicon(WORDS))
    assert matcher.judge("hello!").kind is Kind.ANSWER


def test_a_social_message_is_ranked_where_an_entry_is_about_such_messages() -> None:
    matcher = Matcher([Indexed("greeting", ("Hello", "good morning")), *ENTRIES], Lexicon(WORDS))
    assert matcher.judge("oh hello hello").ranked[0].id == "greeting"


def test_a_social_message_that_is_nearer_to_another_entry_stays_social() -> None:
    matcher = Matcher([Indexed("greeting", ("Hello",)), *ENTRIES], Lexicon(WORDS))
    assert matcher.judge("Thanks, that is great!!").kind is Kind.SOCIAL


def wavering(entries: Sequence[Indexed]) -> Matcher:
    """A matcher that offers whatever is not asked for exactly."""
    confidence = shipped_confidence(feature_names(meaning=False, outside=False))
    unsure = replace(confidence, cutoffs=replace(confidence.cutoffs, answer=0.985, offer=0.0))
    return Matcher(entries, Lexicon(WORDS), unsure)


def test_of_many_entries_that_are_as_likely_five_are_offered() -> None:
    many = [Indexed(letter, (f"pay of baker {letter}",)) for letter in "bcdefghjklm"]
    verdict = wavering(many).judge("pay of baker")
    assert (verdict.kind, verdict.shown) == (Kind.SUGGESTIONS, OFFERED)


def test_beside_an_entry_that_is_much_likelier_one_other_is_offered() -> None:
    verdict = wavering(ENTRIES).judge("how much do most bakers make")
    assert verdict.ranked[1].confidence < verdict.ranked[0].confidence * OFFERED_SHARE
    assert (verdict.kind, verdict.shown) == (Kind.SUGGESTIONS, 2)


def test_an_entry_is_not_offered_alone() -> None:
    assert wavering(ENTRIES[:1]).judge("how much do most bakers make").kind is Kind.NONE


def test_a_matcher_without_entries_knows_nothing() -> None:
    empty = Matcher([], Lexicon(WORDS))
    assert (empty.judge("baker pay").kind, empty.complete("pay", 5)) == (Kind.NONE, ())


def test_in_a_large_index_an_exact_wording_is_first_and_only_entries_that_came_near_follow() -> None:
    with as_large_index(nearest=1):
        for entry in ENTRIES:
            for text in entry.texts:
                ranked = MATCHER.rank(text)
                assert (ranked[0].id, ranked[0].confidence, ranked[0].phrasing) == (entry.id, EXACT, text)
                assert len(ranked) < len(ENTRIES)


def test_in_a_large_index_the_entry_asked_for_in_other_words_is_first_too() -> None:
    with as_large_index(nearest=2):
        assert MATCHER.rank("whats the slary of bakers")[0].id == "pay"


def test_nothing_but_an_exact_wording_is_as_sure_as_one() -> None:
    for entry in ENTRIES:
        for text in entry.texts:
            assert MATCHER.rank(f"{text} {text}")[0].confidence <= ALMOST < EXACT


def test_at_most_as_many_are_ranked_as_wanted() -> None:
    assert len(MATCHER.rank("how much do bakers make at night", 2)) == 2
    assert len(MATCHER.rank("baker pay", 1)) == 1


def test_completion_follows_an_unfinished_word() -> None:
    assert MATCHER.complete("how long does it ta", 2)[0] == "training"
    assert MATCHER.complete("appren", 2)[0] == "training"


def test_completion_gives_at_most_what_was_asked_for() -> None:
    assert len(MATCHER.complete("baker", 2)) == 2


def test_completion_begins_with_a_question_that_begins_as_what_is_typed() -> None:
    assert MATCHER.complete("i am a teacher; can i", 1) == ("switch",)
    assert MATCHER.complete("DO BAKERS w", 1) == ("night",)


@pytest.mark.parametrize("typed", ["", "  ", "?!", "😭"])
def test_nothing_is_completed_before_the_first_letter(typed: str) -> None:
    assert MATCHER.complete(typed, 5) == ()


def test_completion_offers_each_entry_once() -> None:
    assert sorted(MATCHER.complete("baker", 25)) == sorted(entry.id for entry in ENTRIES)


def outside(*more: str, embedder: Embedder | None = None) -> Matcher:
    return Matcher(ENTRIES, Lexicon(WORDS), out_of_scope=(*OUTSIDE, *more), embedder=embedder)


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("how much do footballers make", "how much does a footballer make"),
        ("do bears work at night", "do the bears work nights"),
    ],
)
def test_what_is_like_an_out_of_scope_message_is_not_known(message: str, asked: str) -> None:
    before, after = outside().judge(asked), outside(message).judge(asked)
    assert before.kind is Kind.ANSWER
    assert after.kind is Kind.NONE
    assert after.ranked[0].confidence < before.ranked[0].confidence / 10


def test_what_is_like_an_entry_is_answered_beside_out_of_scope_messages() -> None:
    verdict = outside("what do footballers earn").judge("how much do bakers really make")
    assert (verdict.kind, verdict.ranked[0].id) == (Kind.ANSWER, "pay")


def test_an_exact_phrasing_is_answered_even_if_it_is_out_of_scope_too() -> None:
    assert outside("baker pay").rank("baker pay")[0].confidence == EXACT


@pytest.mark.parametrize("embedder", [None, SMALL], ids=["words", "meaning"])
def test_an_out_of_scope_message_is_never_ranked_or_completed(embedder: Embedder | None) -> None:
    matcher = outside(embedder=embedder)
    for text in (*OUTSIDE, "baker pay"):
        ranked = matcher.rank(text)
        assert sorted(one.id for one in ranked) == sorted(entry.id for entry in ENTRIES)
        assert not {one.phrasing for one in ranked} & set(OUTSIDE)
        assert "" not in matcher.complete(text, 25)


def test_with_an_encoder_every_entry_is_ranked_best_first() -> None:
    ranked = Matcher(ENTRIES, Lexicon(WORDS), embedder=SMALL).rank("do the bakers bake at night")
    assert sorted(one.id for one in ranked) == sorted(entry.id for entry in ENTRIES)
    assert [one.confidence for one in ranked] == sorted((one.confidence for one in ranked), reverse=True)


def test_with_an_encoder_an_exact_wording_is_found_too() -> None:
    first = Matcher(ENTRIES, Lexicon(WORDS), embedder=SMALL).rank("Baker PAY!")[0]
    assert (first.id, first.confidence, first.phrasing) == ("pay", EXACT, "baker pay")


def test_with_the_encoder_a_question_is_known_by_its_meaning() -> None:
    encoder = real_encoder()
    asked = "laborers in the dark hours"
    by_meaning = Matcher(ENTRIES, Lexicon(WORDS), embedder=Embedder(lambda: encoder, VectorCache(None))).rank(asked)
    assert by_meaning[0].id == "night"
    assert by_meaning[0].confidence > MATCHER.rank(asked)[0].confidence


def test_with_the_encoder_a_typo_costs_nothing() -> None:
    encoder = real_encoder()
    matcher = Matcher(ENTRIES, Lexicon(WORDS), embedder=Embedder(lambda: encoder, VectorCache(None)))
    assert matcher.rank("lenght of aprenticeship") == matcher.rank("length of apprenticeship")


def test_the_same_message_gets_the_same_verdict_every_time() -> None:
    again = Matcher(ENTRIES, Lexicon(WORDS))
    assert MATCHER.judge("pay of teachers at night") == again.judge("pay of teachers at night")


@given(st.text(max_size=200))
def test_no_text_at_all_makes_it_fail(text: str) -> None:
    verdict = MATCHER.judge(text)
    assert 0 <= verdict.shown <= len(verdict.ranked)
    assert all(0 <= one.confidence <= 1 for one in verdict.ranked)
    MATCHER.complete(text, 5)


MEANING = outside(embedder=SMALL)


@given(st.text(max_size=200))
def test_no_text_at_all_makes_it_fail_with_an_encoder(text: str) -> None:
    assert all(0 <= one.confidence <= 1 for one in MEANING.judge(text).ranked)


def test_an_exact_phrasing_wins_whatever_was_asked_before(entries: tuple[Indexed, ...], lexicon: Lexicon) -> None:
    verdict = Matcher(entries, lexicon).judge("working hours", Before("What is the salary of a baker?", "pay"))
    assert (verdict.ranked[0].id, verdict.ranked[0].confidence) == ("night", EXACT)


def test_a_follow_up_is_read_together_with_the_question_before(entries: tuple[Indexed, ...], lexicon: Lexicon) -> None:
    matcher = Matcher(entries, lexicon)
    before = Before("how much do bakers make", "pay")
    assert matcher.judge("and how long?").ranked[0].id == "training"
    assert matcher.judge("and in a town?", before).ranked[0].id == "pay"


def test_two_questions_in_one_message_get_an_answer_each(entries: tuple[Indexed, ...], lexicon: Lexicon) -> None:
    text = "What is the salary of a baker? And how long does it take to become a baker?"
    verdict = Matcher(entries, lexicon).judge(text)
    assert [one.id for one in verdict.ranked[: verdict.shown]] == ["pay", "training"]


def test_two_questions_in_one_message_are_not_taken_for_a_follow_up(
    entries: tuple[Indexed, ...], lexicon: Lexicon
) -> None:
    text = "When does the day of a baker start? And how long does it take to become a baker?"
    verdict = Matcher(entries, lexicon).judge(text, Before("What is the salary of a baker?", "pay"))
    assert [one.id for one in verdict.ranked[: verdict.shown]] == ["night", "training"]


def test_nothing_is_said_unasked_on_which_not_all_kinds_of_likeness_agree() -> None:
    confident = Cutoffs(answer=0.0, lead=-1.0, offer=0.0, interject=0.0)
    sure = replace(shipped_confidence(feature_names(meaning=False, outside=False)), cutoffs=confident)
    matcher = Matcher(ENTRIES, Lexicon(WORDS), sure)
    verdicts = [matcher.judge(text) for text in ("the salary of bakers", "how long is a night of teachers")]
    assert [verdict.kind for verdict in verdicts] == [Kind.ANSWER, Kind.ANSWER]
    assert [verdict.interject for verdict in verdicts] == [verdict.ranked[0].agreed for verdict in verdicts]
    assert [verdict.interject for verdict in verdicts] == [True, False]


@pytest.mark.parametrize("text", ["how do I become a pilot?", "when does the library close", "my dog ate the keys"])
def test_a_complete_message_that_nothing_answers_does_not_lean_on_the_question_before(text: str) -> None:
    matcher = Matcher(ENTRIES, Lexicon(WORDS), out_of_scope=OUTSIDE)
    before = Before("What is the salary of a baker?", "pay")
    assert matcher.judge(text, before) == matcher.judge(text)


COMPLETE_QUESTIONS = [
    "how much money do all of the bakers in that town make these days",
    "do the bakers of the town work at night",
    "how long is the training of a baker",
]


@pytest.mark.parametrize("text", COMPLETE_QUESTIONS)
@pytest.mark.parametrize("entry", [entry.id for entry in ENTRIES])
def test_a_complete_question_has_the_same_answer_whatever_was_asked_before(text: str, entry: str) -> None:
    alone = MATCHER.judge(text)
    assert alone.kind is Kind.ANSWER
    assert MATCHER.judge(text, Before("I wonder", entry)) == alone


def test_a_follow_up_about_another_trade_is_not_answered_with_ours() -> None:
    matcher = Matcher(ENTRIES, Lexicon(WORDS.model_copy(update={"trades": ["nurse"]})))
    before = Before("What is the salary of a baker?", "pay")
    assert matcher.judge("and how about nurses?", before) == matcher.judge("and how about nurses?")


def test_an_entry_of_which_a_part_is_named_is_likelier_to_be_meant() -> None:
    named = Matcher(ENTRIES, Lexicon(WORDS), leads={"night": ["on sundays"]})
    before = Before("When does the day of a baker start?", "training")

    def confidence(matcher: Matcher) -> float:
        ranked = matcher.judge("and on sundays?", before).ranked
        return next(one.confidence for one in ranked if one.id == "night")

    assert confidence(named) > confidence(MATCHER)


def test_things_in_a_list_are_answered_one_by_one() -> None:
    verdict = MATCHER.judge("the baker pay and working hours")
    assert [text for text, _ in verdict.parts] == ["the baker pay", "working hours"]
    assert [one.id for one in verdict.ranked[: verdict.shown]] == ["pay", "night"]


def test_a_later_part_may_be_less_sure_than_the_first_and_a_mere_thing_must_be_surer() -> None:
    first, later, thing = (
        MATCHER.cutoffs_of_part(part, at).answer for part, at in (("is it far", 0), ("is it far", 1), ("the oven", 1))
    )
    assert later < first < MATCHER.cutoffs.answer < thing
