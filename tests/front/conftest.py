"""A small community in a local Discord, with the real bot in it, over a guide about bakers."""

from dataclasses import dataclass, replace
from pathlib import Path

import discord
import pytest
import simcord

from bot.app import build
from bot.front.client import WaymarkBot
from bot.matching.coach import Coach
from bot.matching.confidence import shipped_confidence
from bot.matching.features import feature_names
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher
from bot.settings import Settings
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.knowledge.folders import knowledge_folder


@dataclass(frozen=True)
class Community:
    """The people and places of a test: two members, a moderator, one channel."""

    env: simcord.Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    newcomer: simcord.MemberActor
    other: simcord.MemberActor
    moderator: simcord.MemberActor


@pytest.fixture
def bot(tmp_path: Path) -> WaymarkBot:
    folder = knowledge_folder(tmp_path, guide=GUIDE, entries=ENTRIES, words=WORDS)
    return build(Settings(_env_file=None, waymark_knowledge=folder))


@pytest.fixture
def simcord_bot(bot: WaymarkBot) -> WaymarkBot:
    """What SimCord's own fixture `simcord_env` starts."""
    return bot


@pytest.fixture
def wavering(bot: WaymarkBot) -> None:
    """Makes the coach offer whatever is not asked for exactly: tests of suggestions then need no unclear question."""
    confidence = shipped_confidence(feature_names(meaning=False, outside=bool(bot.coach.knowledge.out_of_scope)))
    unsure = replace(confidence, cutoffs=replace(confidence.cutoffs, answer=0.985, offer=0.0))
    knowledge = bot.coach.knowledge
    entries = [Indexed(entry.id, (entry.question, *entry.phrasings)) for entry in knowledge.entries]
    bot.coach = Coach(
        knowledge, Matcher(entries, Lexicon(knowledge.words), unsure, out_of_scope=knowledge.out_of_scope)
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tells the local Discord how many shards to give the bot, which Discord itself would say."""
    item.add_marker(pytest.mark.simcord(shard_count=1))


@pytest.fixture
def community(simcord_env: simcord.Env) -> Community:
    env = simcord_env
    guild = env.create_guild("Bakers")
    moderators = guild.create_role("Moderator", permissions=discord.Permissions(manage_messages=True))
    return Community(
        env,
        guild,
        guild.create_text_channel("ask"),
        guild.add_member(env.create_user("newcomer")),
        guild.add_member(env.create_user("other")),
        guild.add_member(env.create_user("moderator"), roles=[moderators]),
    )
