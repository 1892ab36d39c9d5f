"""The whole loop with all who take part in it: from a question that nobody can answer to the asker who is told."""

import discord
import pytest

from bot.front.client import WaymarkBot
from bot.store.server_settings import ServerSettings
from tests.front.conftest import Community
from tests.front.filling import send
from tests.front.reading import answered, seen
from tests.front.waiting import BIKE, BIKES, RACK, TELL_ME, ask, minute, wait


async def test_from_a_missed_question_to_the_told_asker(community: Community, bot: WaymarkBot) -> None:
    newcomer, moderator = community.newcomer, community.moderator
    mentors = community.guild.create_role("Mentor")
    mentor = community.guild.add_member(community.env.create_user("mentor"), roles=[mentors])
    admins = community.guild.create_role("Admin", permissions=discord.Permissions(administrator=True))
    admin = community.guild.add_member(community.env.create_user("admin"), roles=[admins])
    await bot.store.settings.put(community.guild.id, ServerSettings(mentor_role=mentors.id))

    # The newcomer asks in vain and wants to be told; so does a mentor, in other words.
    await wait(community, newcomer, BIKES)
    await wait(community, mentor, RACK)
    # An admin asks the same, and is content to know that there is no answer.
    await ask(community, admin, "where to park a bike")

    # The moderator sees one group of three people, and writes the entry from their words.
    inbox = answered(await moderator.slash(community.channel, "faq inbox"))
    assert "asked by 3 people" in seen(inbox).text
    shown = await moderator.click(inbox, label="Write this entry")
    preview = answered(await send(moderator, shown, question=BIKE, answer="Behind the oven."))
    live = await moderator.click(preview, label="Publish")
    (told,) = live.followups
    # What was left as a phrasing is answered at once; what the form's question took the place of is confirmed.
    if "Tell them" in seen(told).buttons:
        await moderator.click(told, label="Tell them")

    await minute(community)
    for who, words in ((newcomer, BIKES), (mentor, RACK)):
        (message,) = who.user.dm_channel.history()
        assert f"asked: {words}" in seen(message).text
        assert f"### {BIKE}\nBehind the oven." in seen(message).text
    assert admin.user.dm_channel.history() == []

    # The inbox is empty, the next one who asks is answered, and the newcomer says that it helped.
    assert "### The inbox is empty" in seen((await admin.slash(community.channel, "faq inbox")).response).text
    assert "Behind the oven." in seen(await ask(community, community.other, BIKES)).text
    await newcomer.user.click(newcomer.user.dm_channel.history()[0], label="That helped")
    question = await bot.store.questions.get(1)
    assert question is not None
    assert (question.outcome, question.settled) == ("helped", "answered")


async def test_after_not_this_one_the_loop_is_the_same(community: Community) -> None:
    card = await ask(community, community.newcomer, "baker salary")
    offered = answered(await community.newcomer.click(card, label="Not this one"))
    await community.newcomer.click(offered, label=TELL_ME)
    inbox = answered(await community.moderator.slash(community.channel, "faq inbox"))
    assert "“baker salary”" in seen(inbox).text
    shown = await community.moderator.click(inbox, label="It is that entry")
    await community.moderator.submit_modal(shown, {"search": "pay-factors", "wordings": []})
    await minute(community)
    (message,) = community.newcomer.user.dm_channel.history()
    assert "Town, owner and years." in seen(message).text


@pytest.mark.parametrize("role", ["newcomer", "mentor"])
async def test_neither_members_nor_mentors_get_into_the_inbox(community: Community, bot: WaymarkBot, role: str) -> None:
    mentors = community.guild.create_role("Mentor")
    who = community.guild.add_member(community.env.create_user("somebody"), roles=[mentors] if role == "mentor" else [])
    await bot.store.settings.put(community.guild.id, ServerSettings(mentor_role=mentors.id))
    (command,) = [command for command in bot.synced if command.name == "faq"]
    community.guild.set_command_permissions(command, {who: True})
    result = await who.slash(community.channel, "faq inbox")
    assert "This is for moderators" in seen(result.response).text
    assert community.env.errors
