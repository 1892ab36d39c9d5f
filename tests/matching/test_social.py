"""Which messages are social, and which entries are about such messages."""

from bot.matching.index import Indexed
from bot.matching.social import LETTERS, Social
from tests.matching.made_up import LEXICON

SOCIAL = Social(
    [Indexed("greeting", ("How do you greet?", "Hello")), Indexed("pay", ("What do bakers earn?",))], LEXICON
)


def test_thanks_are_social_however_they_are_written() -> None:
    assert SOCIAL.is_social("THANKS!!")


def test_a_question_is_not_social() -> None:
    assert not SOCIAL.is_social("What do bakers earn?")


def test_an_entry_with_a_social_wording_is_about_such_messages() -> None:
    assert SOCIAL.entries == {"greeting"}


def test_a_long_text_is_not_looked_at_as_a_greeting() -> None:
    assert not Social([Indexed("long", ("hello " * LETTERS,))], LEXICON).entries
