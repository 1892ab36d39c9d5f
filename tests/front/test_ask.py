"""`/ask` in a channel: answers, suggestions, misses, and the list while one types."""

import pytest
from simcord.results import InteractionResult

from tests.front.conftest import Community
from tests.front.reading import answered, seen


async def ask(community: Community, question: str) -> InteractionResult:
    return await community.newcomer.slash(community.channel, "ask", question=question)


async def test_an_answer_shows_title_text_and_dated_source(community: Community) -> None:
    shown = seen((await ask(community, "baker salary")).response)
    assert "### What does a baker earn?\nThe median is $30,000 a year." in shown.text
    assert "-# Source: Bakers' union: Pay survey (as of 2024)" in shown.text


async def test_an_answer_begins_with_what_the_question_names(community: Community) -> None:
    shown = seen((await ask(community, "how much money do head bakers make")).response)
    assert "earn?\nA head baker: more than $30,000.\n\nThe median" in shown.text


async def test_an_answer_in_a_channel_is_for_all_to_see(community: Community) -> None:
    assert not answered(await ask(community, "baker salary")).ephemeral


async def test_an_answer_tells_what_was_asked(community: Community) -> None:
    assert (
        "-# asked: baker **salary**".replace("**", "\\*\\*")
        in seen((await ask(community, "baker **salary**")).response).text
    )


async def test_an_answer_has_a_button_for_each_related_entry_and_not_this_one(community: Community) -> None:
    assert seen((await ask(community, "baker salary")).response).buttons == (
        "What makes a baker's pay higher or lower?", "Do bakers work at night?", "That helped", "Not this one",
    )  # fmt: skip


async def test_a_related_entry_that_is_gone_has_no_button(community: Community) -> None:
    assert seen((await ask(community, "working hours")).response).buttons == ("That helped", "Not this one")


@pytest.mark.usefixtures("wavering")
async def test_a_question_between_two_entries_offers_both(community: Community) -> None:
    shown = seen((await ask(community, "pay")).response)
    assert "Did you mean one of these?" in shown.text
    assert {"What does a baker earn?", "What makes a baker's pay higher or lower?"} <= set(shown.buttons)


async def test_a_miss_says_so_and_offers_the_nearest_themes(community: Community) -> None:
    shown = seen((await ask(community, "xylophone zeppelins")).response)
    assert "I do not know that one" in shown.text
    assert shown.buttons[:2] == ("Pay", "The work")


async def test_thanks_get_a_friendly_word(community: Community) -> None:
    assert "Glad to help!" in seen((await ask(community, "thanks")).response).text


async def test_nobody_can_be_pinged_through_the_bot(community: Community) -> None:
    result = await ask(community, f"@everyone <@{community.other.id}> xylophone")
    message = answered(result).message
    assert (message.mention_everyone, message.mentions) == (False, [])


async def choices(community: Community, typed: str) -> list[str]:
    found = await community.newcomer.autocomplete(community.channel, "ask", "question", typed)
    return [choice["name"] for choice in found]


async def test_before_the_first_letter_each_theme_is_offered_in_turn(community: Community) -> None:
    assert (await choices(community, ""))[:2] == ["What does a baker earn?", "Do bakers work at night?"]


async def test_while_one_types_the_best_matches_come_first(community: Community) -> None:
    assert (await choices(community, "appren"))[0] == "How long does the apprenticeship take?"


async def test_a_choice_keeps_discords_100_characters(community: Community) -> None:
    assert 90 < max(map(len, await choices(community, "oven"))) <= 100


async def test_a_shortened_choice_finds_its_entry(community: Community) -> None:
    (name,) = [name for name in await choices(community, "oven") if name.endswith("…")]
    assert "By doing." in seen((await ask(community, name)).response).text


@pytest.mark.parametrize("question", ["a" * 1_000, "🥐" * 900, "\u202e" + "(" * 500, "<script>alert(1)</script>"])
async def test_an_odd_question_still_gets_a_message(community: Community, question: str) -> None:
    assert seen((await ask(community, question)).response).text


async def test_too_many_questions_are_told_privately_to_wait(community: Community) -> None:
    results = [await ask(community, "baker salary") for _ in range(9)]
    assert answered(results[-1]).ephemeral
    assert "Try again in" in seen(results[-1].response).text


async def test_after_a_while_one_may_ask_again(community: Community) -> None:
    for _ in range(9):
        await ask(community, "baker salary")
    await community.env.advance_time(21)
    assert "$30,000" in seen((await ask(community, "baker salary")).response).text


async def test_one_members_hurry_keeps_nobody_else_waiting(community: Community) -> None:
    for _ in range(9):
        await ask(community, "baker salary")
    result = await community.other.slash(community.channel, "ask", question="baker salary")
    assert "$30,000" in seen(result.response).text
