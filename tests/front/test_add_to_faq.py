"""`Add to FAQ` in the menu of a message."""

import discord
import pytest
import simcord

from bot.app import opened
from bot.front.add_to_faq import UNREADABLE
from bot.knowledge.models import QUESTION_LIMIT
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.filling import ask, filled_in, send
from tests.front.reading import answered, seen

MENU = "Add to FAQ"
QUESTION = "Where may I park my bike?"


async def form_of(community: Community, message: discord.Message) -> dict[str, str]:
    """What the form begins with that the moderator opens on a message."""
    return filled_in(await community.moderator.context_menu(community.channel, MENU, message))


async def test_a_message_is_the_answer(community: Community) -> None:
    message = await community.other.send(community.channel, "The rack is behind the oven.\nLock your bike!")
    assert await form_of(community, message) == {
        "question": "", "answer": "The rack is behind the oven.\nLock your bike!", "phrasings": "",
    }  # fmt: skip


async def test_what_it_replied_to_is_the_question(community: Community) -> None:
    asked = await community.newcomer.send(community.channel, f"Hi all!\n{QUESTION}")
    message = await community.other.send(community.channel, "Behind the oven.", reply_to=asked)
    assert await form_of(community, message) == {
        "question": f"Hi all! {QUESTION}", "answer": "Behind the oven.", "phrasings": "",
    }  # fmt: skip


async def test_what_it_replied_to_is_the_question_when_it_mentions_the_bot(community: Community) -> None:
    asked = await community.newcomer.send(community.channel, f"<@{community.env.bot.user.id}> {QUESTION}")  # type: ignore[union-attr]
    message = await community.other.send(community.channel, "Behind the oven.", reply_to=asked)
    community.env.inject_error("GET", "/channels/*/messages/*", status=500)
    assert (await form_of(community, message))["question"] == QUESTION


@pytest.mark.parametrize("status", [403, 404, 500])
async def test_a_question_that_cannot_be_read_is_left_to_type(community: Community, status: int) -> None:
    asked = await community.newcomer.send(community.channel, QUESTION)
    message = await community.other.send(community.channel, "Behind the oven.", reply_to=asked)
    community.env.inject_error("GET", "/channels/*/messages/*", status=status, times=10)
    shown = await community.moderator.context_menu(community.channel, MENU, message)
    assert filled_in(shown) == {"question": "", "answer": "Behind the oven.", "phrasings": ""}
    assert UNREADABLE in str(shown.modal)


async def test_without_the_privileged_intent_the_question_is_left_to_type(settings: Settings) -> None:
    async with (
        opened(settings) as bot,
        simcord.run(bot, shard_count=1, settle_timeout=60.0, approved_intents=discord.Intents.default()) as env,
    ):
        guild = env.create_guild("Bakers")
        channel = guild.create_text_channel("ask")
        role = guild.create_role("Moderator", permissions=discord.Permissions(manage_messages=True))
        moderator = guild.add_member(env.create_user("moderator"), roles=[role])
        asked = await moderator.send(channel, QUESTION)
        message = await moderator.send(channel, "Behind the oven.", reply_to=asked)
        shown = await moderator.context_menu(channel, MENU, message)
        assert filled_in(shown) == {"question": "", "answer": "Behind the oven.", "phrasings": ""}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("They are pinned, {other}!", "They are pinned!"),
        ("{other}, they are pinned, see there", "they are pinned, see there"),
        ("Ask {other}, or look up.", "Ask, or look up."),
        ("Pinned {other} above", "Pinned above"),
    ],
)
async def test_a_mention_leaves_no_gap_behind(community: Community, text: str, left: str) -> None:
    message = await community.newcomer.send(community.channel, text.format(other=f"<@{community.other.id}>"))
    assert (await form_of(community, message))["answer"] == left


async def test_mentions_of_members_are_left_out(community: Community) -> None:
    asked = await community.newcomer.send(community.channel, f"<@{community.other.id}> {QUESTION}")
    message = await community.other.send(
        community.channel, f"<@!{community.newcomer.id}> behind the oven, see <#{community.channel.id}>", reply_to=asked
    )
    form = await form_of(community, message)
    assert (form["question"], form["answer"]) == (QUESTION, f"behind the oven, see <#{community.channel.id}>")


async def test_a_long_message_makes_a_question_of_its_beginning(community: Community) -> None:
    asked = await community.newcomer.send(community.channel, "why " * 400)
    message = await community.other.send(community.channel, "So.", reply_to=asked)
    question = (await form_of(community, message))["question"]
    assert QUESTION_LIMIT * 0.8 < len(question) <= QUESTION_LIMIT
    assert question.endswith("why…")


async def test_what_was_taken_from_the_chat_is_previewed_and_published(community: Community) -> None:
    asked = await community.newcomer.send(community.channel, QUESTION)
    message = await community.other.send(community.channel, "Behind the oven.", reply_to=asked)
    shown = await community.moderator.context_menu(community.channel, MENU, message)
    preview = answered(await send(community.moderator, shown, phrasings="bike rack"))
    assert preview.ephemeral
    await community.moderator.click(preview, label="Publish")
    assert "Behind the oven." in seen(await ask(community, "bike rack")).text


async def test_a_message_without_text_opens_the_form_all_the_same(community: Community) -> None:
    message = await community.other.send(community.channel, attachments=[("rack.png", b"")])
    assert await form_of(community, message) == {"question": "", "answer": "", "phrasings": ""}


async def test_members_do_not_have_the_menu(community: Community) -> None:
    message = await community.other.send(community.channel, "Behind the oven.")
    with pytest.raises(simcord.SetupError):
        await community.newcomer.context_menu(community.channel, MENU, message)


async def test_who_is_let_see_the_menu_still_has_to_be_a_moderator(community: Community) -> None:
    message = await community.other.send(community.channel, "Behind the oven.")
    role = community.guild.create_role("Curious")
    curious = community.guild.add_member(community.env.create_user("curious"), roles=[role])
    bot = community.env.bot
    (command,) = [command for command in bot.synced if command.name == MENU]  # type: ignore[attr-defined]
    community.guild.set_command_permissions(command, {role: True})
    result = await curious.context_menu(community.channel, MENU, message)
    assert "This is for moderators" in seen(result.response).text
    assert community.env.errors
