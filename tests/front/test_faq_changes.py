"""What changes for members, in words."""

import pytest

from bot.front.faq_changes import NAMED, changes_text
from bot.matching.answer import Kind
from bot.matching.effects import Affected, Consequences, Fate, Named, NearDuplicate, Outcome

PAY, NIGHT = Named("pay", "What does a *baker* earn?"), Named("night", "Do bakers work at night?")


def effects(*affected: Affected, near: tuple[NearDuplicate, ...] = ()) -> Consequences:
    return Consequences(near, affected, (), unchanged=3, untouched=0, unasked=0)


def affected(fate: Fate, question: str = "pay?") -> Affected:
    return Affected(question, fate, Outcome(Kind.ANSWER, (PAY,)), Outcome(Kind.ANSWER, (NIGHT,)))


def test_no_change_is_told() -> None:
    assert changes_text(effects()) == (
        "**What changes for members**\n- No question that was tried gets another answer."
    )


@pytest.mark.parametrize("fate", list(Fate))
def test_questions_of_each_fate_are_named(fate: Fate) -> None:
    assert changes_text(effects(affected(fate, "what about pay"))).endswith(": “what about pay”")


def test_of_many_questions_the_first_are_named() -> None:
    many = [affected(Fate.LOST, f"question {number}") for number in range(1_003)]
    last = changes_text(effects(*many)).splitlines()[-1]
    assert last == "-# Not answered any more: “question 0”, “question 1”, “question 2” and 1,000 more"
    assert NAMED == 3


def test_the_worst_comes_first() -> None:
    lines = changes_text(effects(affected(Fate.GAINED), affected(Fate.LOST))).splitlines()
    assert [line.partition(":")[0] for line in lines[-2:]] == ["-# Not answered any more", "-# Now answered"]


def test_what_members_and_authors_wrote_stays_text() -> None:
    text = changes_text(effects(affected(Fate.CHANGED, "**pay** @everyone\n# big")))
    assert "What does a \\*baker\\* earn?" in text
    assert "“\\*\\*pay\\*\\* @\N{ZERO WIDTH SPACE}everyone # big”" in text
    assert len(text.splitlines()) == 4
