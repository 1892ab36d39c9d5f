"""`/faq try`: the verdict that members get, why, and what a moderator can do about it."""

from dataclasses import replace

import pytest
from simcord.results import ResponseMessage
from sqlalchemy import text as sql

from bot.front.client import WaymarkBot
from bot.front.faq_try import ROOM, try_view
from bot.matching.answer import Answer, Kind
from bot.matching.explaining import Considered, Explanation
from bot.matching.meetings import How, Meeting, Unmet
from tests.front.conftest import Community
from tests.front.filling import filled_in, send
from tests.front.reading import answered, seen
from tests.front.stock import KINDER, RULES, add, answer, edit, versions

MISS = "xylophone zeppelins"


async def ask(community: Community, question: str) -> ResponseMessage:
    """The moderator's `/faq try`."""
    return answered(await community.moderator.slash(community.channel, "faq try", question=question))


def considered(number: int, confidence: float = 0.5, *, title: str = "", long: bool = False) -> Considered:
    """A likely entry, made up; `long`: with as many words as there can be."""
    words = [f"{'w' * 40}{at}" for at in range(20 if long else 1)]
    return Considered(
        id=f"e-{number}",
        title=title or f"Title {number}",
        confidence=confidence,
        alone=None,
        read=None,
        phrasing="phrasing " * (30 if long else 1),
        meetings=tuple(Meeting(word, f"{word}s", How.SYNONYM, 1.0) for word in words),
        met_nothing=tuple(Unmet(word, 1.0) for word in words),
        phrasing_meant="meant " * 30 if long else None,
        alignment=0.5,
        letters=0.5,
        cosine=None,
        taught=None,
        said=0.5,
        other_trade=long,
        alike=long,
    )


def told(*entries: Considered, question: str = "why?", why: str = "Because.") -> str:
    return seen(try_view(question, Answer(Kind.NONE), Explanation(Kind.NONE, why, entries))).text


async def test_it_is_private(community: Community) -> None:
    assert (await ask(community, "baker salary")).ephemeral


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("baker salary", "### I would answer\n"),
        (MISS, "### I would say that I do not know\n"),
        ("thanks", "### I would answer with a friendly word\n"),
    ],
)
async def test_the_verdict_is_that_of_members(community: Community, question: str, verdict: str) -> None:
    assert verdict in seen(await ask(community, question)).text


@pytest.mark.usefixtures("wavering")
async def test_what_would_be_offered_is_marked(community: Community) -> None:
    text = seen(await ask(community, "pay")).text
    assert "### I would ask which of these is meant" in text
    assert text.count("(members would see it)") >= 2


async def test_whether_it_would_speak_up_unasked_is_told(community: Community) -> None:
    assert "where I only listen, I would speak up." in seen(await ask(community, "What does a baker earn?")).text
    assert "where I only listen, I would keep silent." in seen(await ask(community, MISS)).text


async def test_entries_stand_in_the_order_and_with_the_confidence_of_the_answer(
    community: Community, bot: WaymarkBot
) -> None:
    question = "how much pay do bakers get"
    given = bot.coaches.base.ask(question)
    ranked = [*given.matches, *given.others][:5]
    text = seen(await ask(community, question)).text
    for number, match in enumerate(ranked, 1):
        percent = f"{match.confidence:.0%}" if match.confidence >= 0.01 else "under 1%"
        assert f"{percent} sure" in text.split(f"**{number}. ")[1].split("**")[1]


async def test_which_words_met_which_phrasing_is_told(community: Community) -> None:
    text = seen(await ask(community, "wage of a baker in Rome")).text
    assert "`" in text.split("**1. What does a baker earn?** (members would see it)\n")[1]
    assert "-# nearest phrasing “pay of bakers”: wage → pay (synonym), baker → bakers" in text
    assert "-# met nothing: in, rome" in text


async def test_the_rule_that_decided_is_told(community: Community) -> None:
    text = seen(await ask(community, "baker salary")).text
    assert "-# Answer: this is word for word a phrasing of median-pay." in text


async def test_the_servers_own_entries_are_tried_too(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    assert (
        "**1. What are the rules of this server?** (members would see it)"
        in seen(await ask(community, "what are the rules here")).text
    )


async def test_an_entry_opens_from_the_ranking(community: Community) -> None:
    message = await ask(community, "baker salary")
    assert "**1. What does a baker earn?**" in seen(message).text
    result = await community.moderator.click(message, label="Open 1")
    assert "The median is $30,000 a year." in seen(result.response).text


async def test_a_miss_can_be_made_a_new_entry(community: Community, bot: WaymarkBot) -> None:
    message = await ask(community, MISS)
    shown = await community.moderator.click(message, label="Add it as a new entry")
    assert filled_in(shown)["question"] == MISS
    preview = answered(await send(community.moderator, shown, answer="In the tower."))
    await community.moderator.click(preview, label="Publish")
    assert await answer(bot, community, MISS) == "In the tower."


async def test_a_question_can_be_made_a_phrasing_of_a_likely_entry(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await ask(community, "rules of the house for guests")
    assert "**1. What are the rules of this server?**" in seen(message).text
    shown = await community.moderator.click(message, label="Make it a phrasing of 1")
    assert filled_in(shown)["phrasings"].splitlines()[0] == "rules of the house for guests"
    preview = answered(await send(community.moderator, shown))
    await community.moderator.click(preview, label="Publish")
    assert await versions(community, bot, "rules") == [("edit", "Be kind."), ("add", "Be kind.")]
    given = (await bot.coaches.of(community.guild.id)).ask("rules of the house for guests")
    assert given.matches[0].confidence == pytest.approx(0.99)


async def test_what_can_be_done_fits_into_two_rows(community: Community) -> None:
    message = await ask(community, MISS)
    rows = [part for part in message.components[0]["components"] if part["type"] == 1]
    assert [len(row["components"]) <= 5 for row in rows] == [True, True]


async def test_what_can_be_done_with_a_question_outlives_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    message = await ask(community, MISS)
    await community.env.restart_bot(next_bot)
    shown = await community.moderator.click(message, label="Add it as a new entry")
    assert filled_in(shown)["question"] == MISS


@pytest.mark.parametrize("question", ["baker salary", "thanks", "why " * 60, "???", "パン"])
async def test_what_is_known_or_could_not_be_a_wording_is_not_offered_to_be_added(
    community: Community, question: str
) -> None:
    buttons = seen(await ask(community, question)).buttons
    assert not [label for label in buttons if label.startswith(("Add", "Make"))]


async def test_without_the_database_the_verdict_is_told_all_the_same(community: Community, bot: WaymarkBot) -> None:
    async with bot.store.database.writing() as session:
        await session.execute(sql("ALTER TABLE pending_drafts RENAME TO away"))
    message = await ask(community, MISS)
    assert "I would say that I do not know" in seen(message).text
    assert "Add it as a new entry" not in seen(message).buttons


async def test_a_try_is_no_question_of_a_member(community: Community, bot: WaymarkBot) -> None:
    await ask(community, MISS)
    assert await bot.store.questions.recent(community.guild.id) == ()


async def test_a_member_who_was_let_in_by_mistake_tries_nothing(community: Community, bot: WaymarkBot) -> None:
    role = community.guild.create_role("Curious")
    curious = community.guild.add_member(community.env.create_user("curious"), roles=[role])
    (command,) = [command for command in bot.synced if command.name == "faq"]
    community.guild.set_command_permissions(command, {role: True})
    result = await curious.slash(community.channel, "faq try", question=MISS)
    assert answered(result).ephemeral
    assert "This is for moderators" in seen(result.response).text
    assert community.env.errors


@pytest.mark.parametrize(
    "question",
    [
        "a" * 1_000, "🥐" * 900, "\u202e" + "(" * 500, "@everyone <@1> **x** [a](http://b) </ask:1> ```", "# big\n- x",
        "'; DROP TABLE entries; --", "baker salary " * 70,
    ],
)  # fmt: skip
async def test_odd_questions_are_tried_and_stay_text(community: Community, question: str) -> None:
    message = await ask(community, question)
    text = seen(message).text
    assert message.ephemeral
    assert text.startswith("-# tried:")
    assert not message.message.mention_everyone
    assert message.message.mentions == []
    for effect in ("@everyone", " [a](", "\n# big", "\n- x", "```"):
        assert effect not in text


def test_a_phone_has_room_for_it_however_much_there_is_to_tell() -> None:
    entries = [considered(number, title="title " * 40, long=True) for number in range(5)]
    text = told(*entries, question="why " * 250, why="so " * 500)
    assert len(text) <= ROOM + 10
    assert "**1. title" in text
    assert "met nothing" in text


def test_where_room_runs_short_the_first_entries_keep_their_reasons() -> None:
    text = told(*(considered(number, title="title " * 40, long=True) for number in range(5)))
    assert "nearest phrasing" in text.split("**2. ")[0]


@pytest.mark.parametrize(
    ("confidence", "shown"),
    [
        (0.0, "`░░░░░░░░░░` under 1% sure"), (0.34, "`███░░░░░░░` 34% sure"), (0.99, "`██████████` 99% sure"),
        (1.0, "`██████████` 100% sure"),
    ],
)  # fmt: skip
def test_confidence_is_told_in_figures_and_as_a_bar(confidence: float, shown: str) -> None:
    assert f"**1. Title 1**\n{shown}" in told(considered(1, confidence))


def test_words_that_count_little_are_left_out() -> None:
    entry = replace(considered(1), meetings=(Meeting("the", "the", How.SAME, 0.05), Meeting("pay", "pay", How.SAME, 1)))
    text = told(entry)
    assert ": pay" in text
    assert "the" not in text.split("nearest phrasing")[1].split()


async def test_the_edit_of_another_is_tried_at_once(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    assert "word for word a phrasing of rules" in seen(await ask(community, "what is allowed")).text
