"""Why a message gets its verdict: nothing but what the ranking itself rests on."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.answer import Kind
from bot.matching.confidence import Cutoffs
from bot.matching.dialogue import Before
from bot.matching.embedding import Embedder
from bot.matching.explaining import Mended, explain, why
from bot.matching.features import Measuring
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher, Ranked, Verdict
from bot.matching.vectors import VectorCache
from tests.matching.conftest import ENTRIES, WORDS
from tests.matching.encoders import small_encoder
from tests.matching.made_up import as_large_index

LEXICON = Lexicon(WORDS)
OUTSIDE = ("do you like the night", "how is the bread here", "what a day")
SMALL = Embedder(small_encoder, VectorCache(None))
BY_WORDS = Matcher(ENTRIES, LEXICON, out_of_scope=OUTSIDE)
BY_MEANING = Matcher(ENTRIES, LEXICON, out_of_scope=OUTSIDE, embedder=SMALL)
BOTH = pytest.mark.parametrize("matcher", [BY_WORDS, BY_MEANING], ids=["words", "meaning"])
QUESTIONS = ("wage of a teacher at night", "baker pay", "how long is the trainig", "zebra", "do bakers work")
CUTOFFS = Cutoffs(answer=0.76, lead=0.05, offer=0.43, interject=0.95)


def measuring_of(matcher: Matcher) -> Measuring:
    assert matcher.measuring is not None
    return matcher.measuring


def features_of(matcher: Matcher, text: str, entry_id: str) -> dict[str, float]:
    read = matcher.mended(text)
    vectors = matcher.meanings([read])
    features = measuring_of(matcher).features(read, None if vectors is None else vectors[0])
    row = features.rows[features.entries == matcher.position(entry_id)][0]
    return dict(zip(measuring_of(matcher).names, row.tolist(), strict=True))


@BOTH
@pytest.mark.parametrize("text", QUESTIONS)
def test_the_entries_are_those_that_were_ranked(matcher: Matcher, text: str) -> None:
    ranked = [(one.id, round(one.confidence, 4), one.phrasing) for one in matcher.rank(text)[:5]]
    assert [(one.id, one.confidence, one.phrasing) for one in explain(matcher, text).entries] == ranked


@BOTH
@pytest.mark.parametrize("text", QUESTIONS)
def test_the_kind_is_that_of_the_verdict(matcher: Matcher, text: str) -> None:
    assert explain(matcher, text).kind is matcher.judge(text).kind


@BOTH
@pytest.mark.parametrize("text", QUESTIONS)
def test_alignment_and_letters_are_the_features_of_the_entry(matcher: Matcher, text: str) -> None:
    for one in explain(matcher, text).entries:
        features = features_of(matcher, text, one.id)
        assert (one.alignment, one.letters) == pytest.approx((features["alignment"], features["letters"]), abs=1e-4)


@pytest.mark.parametrize("text", QUESTIONS)
def test_with_an_encoder_the_cosine_and_what_was_taught_are_features_too(text: str) -> None:
    for one in explain(BY_MEANING, text).entries:
        features = features_of(BY_MEANING, text, one.id)
        wanted = (features["cosine"], math.exp(features["learned"]))
        assert (one.cosine, one.taught) == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize(("matcher", "name"), [(BY_WORDS, "answer_held"), (BY_MEANING, "answer_cosine")])
@pytest.mark.parametrize("text", QUESTIONS)
def test_how_near_an_answer_comes_is_told_by_meaning_or_else_by_words(matcher: Matcher, name: str, text: str) -> None:
    for one in explain(matcher, text).entries:
        assert one.said == pytest.approx(features_of(matcher, text, one.id)[name], abs=1e-4)


def test_with_an_encoder_the_phrasing_nearest_by_meaning_is_one_of_the_entry() -> None:
    for one in explain(BY_MEANING, "do the bakers work").entries:
        assert one.phrasing_meant in ENTRIES[BY_MEANING.position(one.id)].texts


def test_without_an_encoder_nothing_is_told_of_meanings() -> None:
    first = explain(BY_WORDS, "baker wage").entries[0]
    assert (first.cosine, first.taught, first.phrasing_meant) == (None, None, None)


def test_the_title_is_the_entrys_question() -> None:
    assert explain(BY_WORDS, "baker wage").entries[0].title == "What is the salary of a baker?"


def test_the_words_that_met_are_told_with_those_that_did_not() -> None:
    first = explain(BY_WORDS, "wage of a zebra").entries[0]
    assert ("wage", "pay") in [(one.word, one.met) for one in first.meetings]
    assert "zebra" in [one.word for one in first.met_nothing]


@BOTH
@pytest.mark.parametrize("text", QUESTIONS)
def test_the_weights_of_the_meetings_are_what_alignment_counts_of_the_question(matcher: Matcher, text: str) -> None:
    for one in explain(matcher, text).entries:
        held = features_of(matcher, text, one.id)["question_held"]
        total = sum(met.weight for met in measuring_of(matcher).met(matcher.mended(text), 0))
        assert sum(met.weight for met in one.meetings) == pytest.approx(held * total, abs=2e-3)


def test_the_nearest_out_of_scope_message_is_named() -> None:
    found = explain(BY_WORDS, "do you like bread").out_of_scope
    assert found is not None
    assert (found.text, found.by) == ("do you like the night", "words")


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize(
    ("matcher", "feature"), [(BY_WORDS, "over_outside_letters"), (BY_MEANING, "over_outside_cosine")]
)
def test_how_near_it_is_beside_the_likeliest_entry_is_what_the_feature_says(
    matcher: Matcher, feature: str, text: str
) -> None:
    explanation = explain(matcher, text)
    assert explanation.out_of_scope is not None
    ahead = explanation.out_of_scope.entry_nearness - explanation.out_of_scope.nearness
    assert ahead == pytest.approx(features_of(matcher, text, explanation.entries[0].id)[feature], abs=1e-3)


def test_where_no_out_of_scope_message_is_known_none_is_told() -> None:
    assert explain(Matcher(ENTRIES, LEXICON), "baker wage").out_of_scope is None


def test_mended_words_are_told() -> None:
    assert explain(BY_MEANING, "bakers, at nigth?").mended == (Mended("nigth", "night"),)


def test_what_needs_no_mending_is_not_told() -> None:
    assert explain(BY_MEANING, "bakers, at night?").mended == ()


def test_the_parts_of_a_message_are_told_with_the_reason_of_each() -> None:
    explanation = explain(BY_WORDS, "how much do bakers make, and do bakers work at night?")
    assert explanation.why == "Answer: the message asks 2 questions, and each has an answer of its own."
    assert [part.text for part in explanation.parts] == ["how much do bakers make", "do bakers work at night?"]
    assert [part.why for part in explanation.parts] == [
        "Answer: this is word for word a phrasing of pay.",
        "Answer: this is word for word a phrasing of night.",
    ]
    assert [one.read for one in explanation.entries[:2]] == [part.text for part in explanation.parts]


def test_a_part_is_told_against_the_cut_off_of_parts() -> None:
    usual = BY_WORDS.cutoffs.answer
    parts = explain(BY_WORDS, "what is the wage of bakers and do the bakers work at night?").parts
    assert len(parts) == 2
    for at, part in enumerate(parts):
        lower = BY_WORDS.cutoffs_of_part(part.text, at).answer
        assert lower < usual
        assert f"{usual:.2f} (sure" not in part.why
        assert f"{lower:.2f} (sure" in part.why


def test_a_message_that_is_one_question_has_no_parts() -> None:
    assert explain(BY_WORDS, "how much do bakers make").parts == ()


def test_an_entry_found_by_a_passage_of_a_long_message_names_it() -> None:
    aunt = "My aunt has a shop in a town by the sea, with boats and gulls and far too many visitors in August."
    dog = "Her dog chases every car, bicycle and postman along our street."
    found = {one.id: one.read for one in explain(BY_WORDS, f"{aunt} {dog} How much do bakers make?").entries}
    assert found["switch"] == dog


def test_an_entry_found_by_the_whole_message_names_no_passage() -> None:
    assert explain(BY_MEANING, "do bakers bake at nigth").entries[0].read is None


def test_a_follow_up_is_told_with_the_question_before_it_and_its_own_confidence() -> None:
    explanation = explain(BY_WORDS, "and at night?", Before("how much do bakers make", "pay"))
    alone = {one.id: round(one.confidence, 4) for one in BY_WORDS.rank("and at night?")}
    for one in explanation.entries:
        assert one.read == "how much do bakers make and at night?"
        assert one.alone == alone[one.id]


def test_a_follow_up_is_judged_by_cut_offs_of_its_own() -> None:
    before = Before("how much do bakers make", "pay")
    told = explain(BY_WORDS, "and at night?", before).why
    assert ", as a follow-up: " in told
    assert told == why(BY_WORDS.judge("and at night?", before), BY_WORDS.cutoffs_after)


def test_a_message_that_is_only_like_an_entry_is_told_as_such() -> None:
    alike = Indexed("pay", ("baker pay", "what do bakers earn"), lookalikes=("what do footballers earn",))
    found = {one.id: one.alike for one in explain(Matcher([alike, ENTRIES[2]], LEXICON), "footballers earn").entries}
    assert found == {"pay": True, "night": False}


def test_an_occupation_that_the_entry_does_not_name_is_told() -> None:
    lexicon = Lexicon(WORDS.model_copy(update={"trades": ["nurse"]}))
    assert explain(Matcher(ENTRIES, lexicon), "pay of a nurse").entries[0].other_trade
    assert not explain(Matcher(ENTRIES, lexicon), "pay of a baker").entries[0].other_trade


def test_thanks_are_told_as_social() -> None:
    explanation = explain(BY_WORDS, "thanks!")
    assert (explanation.kind, explanation.entries) == (Kind.SOCIAL, ())
    assert explanation.why.startswith("Social: ")


def test_an_exact_wording_is_told_as_such() -> None:
    assert explain(BY_WORDS, "Baker PAY!").why == "Answer: this is word for word a phrasing of pay."


@pytest.mark.parametrize("matcher", [BY_WORDS, Matcher([], LEXICON)], ids=["no words", "no entries"])
def test_where_nothing_can_be_compared_that_is_told(matcher: Matcher) -> None:
    assert explain(matcher, "¿?!").why == "Not known: no word of the message can be compared with an entry."


def verdict(kind: Kind, *confidences: float) -> Verdict:
    ranked = tuple(Ranked(f"e{number}", confidence, "") for number, confidence in enumerate(confidences))
    return Verdict(kind, ranked, len(ranked), interject=False)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            verdict(Kind.ANSWER, 0.91, 0.01),
            "Answer: 0.91 is at least 0.76 (sure enough to answer) and 0.90 ahead of the next (0.05 are needed).",
        ),
        (verdict(Kind.ANSWER, 0.76), "Answer: 0.76 is at least 0.76 (sure enough to answer)."),
        (
            verdict(Kind.SUGGESTIONS, 0.55, 0.3),
            "Suggestions: 0.55 is below 0.76 (sure enough to answer) but at least 0.43 (near enough to offer).",
        ),
        (
            verdict(Kind.SUGGESTIONS, 0.8, 0.77),
            (
                "Suggestions: 0.80 is at least 0.76 (sure enough to answer), "
                "but only 0.03 ahead of the next (0.05 are needed)."
            ),
        ),
        (verdict(Kind.NONE, 0.2, 0.1), "Not known: 0.20 is below 0.43 (near enough to offer)."),
        (
            verdict(Kind.NONE, 0.5),
            "Not known: 0.50 is below 0.76 (sure enough to answer), and suggestions need a second entry.",
        ),
        (verdict(Kind.NONE, 0.4299, 0.1), "Not known: 0.4299 is below 0.4300 (near enough to offer)."),
    ],
)
def test_the_rule_that_decided_is_told_with_its_figures(found: Verdict, told: str) -> None:
    assert why(found, CUTOFFS) == told


@BOTH
@given(text=st.text(max_size=200))
def test_no_text_at_all_makes_it_fail(matcher: Matcher, text: str) -> None:
    explanation = explain(matcher, text, Before("do bakers work", "night"))
    assert explanation.kind is matcher.judge(text, Before("do bakers work", "night")).kind


def test_entries_with_the_same_wording_are_told_apart() -> None:
    twins = Matcher([Indexed("own", ("Opening hours?",)), Indexed("base", ("opening hours",))], LEXICON)
    assert [(one.id, one.phrasing) for one in explain(twins, "hours of opening").entries] == [
        ("own", "Opening hours?"),
        ("base", "opening hours"),
    ]


def test_in_a_large_index_an_exact_wording_that_many_share_is_explained_too() -> None:
    same = [Indexed(f"e{number}", ("opening hours",)) for number in range(9)]
    matcher = Matcher(same, LEXICON)
    with as_large_index(nearest=1):
        explanation = explain(matcher, "opening hours")
    assert explanation.why == "Answer: this is word for word a phrasing of e0."
