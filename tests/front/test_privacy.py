"""`/privacy`: a member gets all that is held on them, and is forgotten when they say so; nobody else is touched."""

import asyncio
import json
from typing import Any

import pytest
import simcord
from simcord.results import InteractionResult

from bot.front.client import WaymarkBot
from bot.store.store import Store
from tests.front.conftest import Community
from tests.front.exchanging import text_of
from tests.front.reading import answered, seen
from tests.front.stock import RULES

QUESTION = "baker salary"


async def ask(community: Community, actor: simcord.MemberActor, question: str = QUESTION) -> None:
    await actor.slash(community.channel, "ask", question=question)


async def asked_to_forget(community: Community, actor: simcord.MemberActor) -> InteractionResult:
    return await actor.slash(community.channel, "privacy forget")


async def forget(community: Community, actor: simcord.MemberActor) -> InteractionResult:
    result = await asked_to_forget(community, actor)
    return await actor.click(answered(result), label="Forget me")


async def file_of(result: InteractionResult) -> dict[str, Any]:
    file: dict[str, Any] = json.loads(await text_of(answered(result)))
    return file


async def held(store: Store, member: int) -> set[str]:
    return set(await store.privacy.export(member))


async def test_a_member_gets_a_private_file_with_all_that_is_held(community: Community) -> None:
    await ask(community, community.newcomer)
    result = await community.newcomer.slash(community.channel, "privacy export")
    assert answered(result).ephemeral
    assert "All that I hold on you" in seen(result.response).text
    file = await file_of(result)
    assert file["member"] == str(community.newcomer.id)
    (question,) = file["questions"]["held"]
    assert (question["text"], question["server"]) == (QUESTION, str(community.guild.id))
    assert question["at"].endswith("+00:00")
    assert file["in memory"]["held"][0]["text"] == QUESTION


async def test_the_file_tells_nothing_of_others(community: Community) -> None:
    await ask(community, community.newcomer)
    await ask(community, community.other, "do bakers work at night")
    result = await community.newcomer.slash(community.channel, "privacy export")
    text = json.dumps(await file_of(result))
    assert "night" not in text
    assert str(community.other.id) not in text


@pytest.mark.parametrize("command", ["privacy export", "privacy forget"])
async def test_whoever_is_not_known_is_told_so_kindly(community: Community, command: str) -> None:
    result = await community.newcomer.slash(community.channel, command)
    assert answered(result).ephemeral
    assert "I hold nothing on you now." in seen(result.response).text
    assert seen(result.response).buttons == ()


async def test_it_works_in_a_direct_message(community: Community, bot: WaymarkBot) -> None:
    await ask(community, community.newcomer)
    file = await file_of(await community.newcomer.user.slash("privacy export"))
    assert "questions" in file
    asked = await community.newcomer.user.slash("privacy forget")
    gone = await community.newcomer.user.click(answered(asked), label="Forget me")
    assert "I have forgotten you" in seen(gone.response).text
    assert await held(bot.store, community.newcomer.id) == set()


async def test_it_says_what_goes_and_what_stays_and_does_nothing_yet(community: Community, bot: WaymarkBot) -> None:
    await ask(community, community.newcomer)
    result = await asked_to_forget(community, community.newcomer)
    shown = seen(result.response)
    assert answered(result).ephemeral
    assert "**Goes:**" in shown.text
    assert "**Stays:** entries of the community that you wrote, without your name" in shown.text
    assert shown.buttons == ("Forget me", "Cancel")
    assert await held(bot.store, community.newcomer.id) == {"questions"}


async def test_cancel_changes_nothing(community: Community, bot: WaymarkBot) -> None:
    await ask(community, community.newcomer)
    result = await asked_to_forget(community, community.newcomer)
    after = await community.newcomer.click(answered(result), label="Cancel")
    assert "Nothing was changed" in seen(after.response).text
    assert seen(after.response).buttons == ()
    assert await held(bot.store, community.newcomer.id) == {"questions"}


async def test_forgetting_tells_how_much_went(community: Community, bot: WaymarkBot) -> None:
    await ask(community, community.newcomer)
    await ask(community, community.newcomer, "who won the cup")
    gone = await forget(community, community.newcomer)
    text = seen(gone.response).text
    assert "Gone: 2 questions" in text
    assert "Nothing that leads to you stays." in text
    assert await held(bot.store, community.newcomer.id) == set()


async def test_what_others_asked_stays(community: Community, bot: WaymarkBot) -> None:
    await ask(community, community.newcomer)
    await ask(community, community.other, "do bakers work at night")
    await forget(community, community.newcomer)
    assert await held(bot.store, community.other.id) == {"questions"}
    assert bot.memory.held(community.other.id)


async def test_entries_that_they_wrote_stay_without_their_name(community: Community, bot: WaymarkBot) -> None:
    moderator = community.moderator
    await bot.store.entries.add(community.guild.id, RULES, moderator.id, entry_id="rules")
    gone = await forget(community, moderator)
    assert "1 text of entries that you wrote stays with the community, without your name." in seen(gone.response).text
    entry = await bot.store.entries.get(community.guild.id, "rules")
    assert entry is not None
    assert entry.draft == RULES
    assert entry.current.author is None


async def test_what_was_in_memory_alone_is_forgotten_too(community: Community, bot: WaymarkBot) -> None:
    await community.newcomer.send_dm("years of training")
    assert bot.memory.held(community.newcomer.id)
    gone = await forget(community, community.newcomer)
    assert "1 question in mind for a follow-up" in seen(gone.response).text
    assert bot.memory.held(community.newcomer.id) == ()


async def test_a_second_press_is_harmless_and_leaves_what_the_first_one_told(
    community: Community, bot: WaymarkBot
) -> None:
    await ask(community, community.newcomer)
    asked = [answered(await asked_to_forget(community, community.newcomer)) for _ in range(2)]
    first = await community.newcomer.click(asked[0], label="Forget me")
    second = await community.newcomer.click(asked[1], label="Forget me")
    assert "Gone: 1 question" in seen(first.response).text
    assert seen(second.response).text == "I hold nothing on you now."
    assert answered(second).ephemeral
    assert await held(bot.store, community.newcomer.id) == set()


async def test_of_two_at_once_one_tells_all(community: Community, bot: WaymarkBot) -> None:
    await ask(community, community.newcomer)
    both = await asyncio.gather(*(bot.forget(community.newcomer.id) for _ in range(2)))
    assert sorted(sum(gone.places.values()) for gone in both) == [0, 2]


async def test_the_button_works_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    await ask(community, community.newcomer)
    result = await asked_to_forget(community, community.newcomer)
    await community.env.restart_bot(next_bot)
    gone = await community.newcomer.click(answered(result), label="Forget me")
    assert "Gone: 1 question" in seen(gone.response).text
    assert await held(next_bot.store, community.newcomer.id) == set()


async def test_after_it_a_new_question_starts_anew(community: Community, bot: WaymarkBot) -> None:
    await ask(community, community.newcomer, "years of training")
    await forget(community, community.newcomer)
    result = await community.newcomer.slash(community.channel, "ask", question="and after that?")
    assert "night" not in seen(result.response).text
    (number,) = [row["number"] for row in (await bot.store.privacy.export(community.newcomer.id))["questions"]]
    assert number == 2


async def test_forgetting_gives_nobody_more_requests(community: Community) -> None:
    for _ in range(6):
        await ask(community, community.newcomer)
    await forget(community, community.newcomer)
    result = await community.newcomer.slash(community.channel, "ask", question=QUESTION)
    assert "That was a lot at once" in seen(result.response).text
