"""Cutting long messages into passages."""

from bot.matching.passages import LONG, MOST, passages_of

STORY = (
    "So I have worked in a bank for nine years and I am tired of it. My sister says hi. "
    "What does a baker earn? My dog is called Biscuit and he likes bread very much"
)


def test_a_short_message_is_one_passage() -> None:
    assert [passage.text for passage in passages_of("Hi there. What does a baker earn?")] == [
        "Hi there. What does a baker earn?"
    ]


def test_a_long_message_is_looked_at_whole_and_sentence_by_sentence() -> None:
    texts = [passage.text for passage in passages_of(STORY)]
    assert texts[0] == STORY
    assert "What does a baker earn?" in texts


def test_a_long_message_of_one_sentence_is_one_passage() -> None:
    assert len(passages_of("word " * LONG)) == 1


def test_the_whole_counts_most_then_a_question_then_a_statement() -> None:
    shares = {passage.text: passage.share for passage in passages_of(STORY)}
    statement = shares["My dog is called Biscuit and he likes bread very much"]
    assert 1.0 == shares[STORY] > shares["What does a baker earn?"] > statement > 0


def test_scraps_are_joined_to_what_follows() -> None:
    texts = [passage.text for passage in passages_of("Well. OK. " + STORY)]
    assert not {"Well.", "OK."} & set(texts)


def test_a_wall_of_text_has_a_bounded_number_of_passages() -> None:
    assert len(passages_of("One more sentence for you. " * 500)) == MOST + 1
