"""A small community in a local Discord, with the real bot in it, over a guide about bakers."""

import asyncio
import datetime as dt
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import discord
import pytest
import simcord

from bot.app import opened
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


@pytest.fixture(scope="session")
def made_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the bot leaves it after a start: its database in the newest shape, and the built index."""
    folder = tmp_path_factory.mktemp("made")

    async def start() -> None:
        async with opened(bakers_settings(folder)):
            pass

    asyncio.run(start())
    return folder / "data"


@pytest.fixture
def settings(tmp_path: Path, made_data: Path) -> Settings:
    # A copy costs a tenth of what making it anew for each test does.
    shutil.copytree(made_data, tmp_path / "data")
    return bakers_settings(tmp_path)


def bakers_settings(folder: Path) -> Settings:
    """Settings for the guide about bakers in a folder, by words alone."""
    knowledge = knowledge_folder(folder, guide=GUIDE, entries=ENTRIES, words=WORDS)
    return Settings(_env_file=None, waymark_knowledge=knowledge, waymark_data=folder / "data", waymark_encoder="off")


@pytest.fixture
def clock() -> Callable[[], dt.datetime]:
    """Tells the time of what is stored; tests that let time pass put their own in its place."""
    return partial(dt.datetime.now, tz=dt.UTC)


@pytest.fixture
async def bot(settings: Settings, clock: Callable[[], dt.datetime]) -> AsyncIterator[WaymarkBot]:
    async with opened(settings, clock) as bot:
        yield bot


@pytest.fixture
async def next_bot(settings: Settings, clock: Callable[[], dt.datetime]) -> AsyncIterator[WaymarkBot]:
    """The same bot as another process starts it, over the same files and database."""
    async with opened(settings, clock) as bot:
        yield bot


@pytest.fixture
def simcord_bot(bot: WaymarkBot) -> WaymarkBot:
    """What SimCord's own fixture `simcord_env` starts."""
    return bot


@pytest.fixture
def wavering(bot: WaymarkBot) -> None:
    """Makes the coach offer whatever is not asked for exactly: tests of suggestions then need no unclear question."""
    confidence = shipped_confidence(feature_names(meaning=False, outside=bool(bot.coaches.base.knowledge.out_of_scope)))
    unsure = replace(confidence, cutoffs=replace(confidence.cutoffs, answer=0.985, offer=0.0))
    knowledge = bot.coaches.base.knowledge
    entries = [Indexed(entry.id, (entry.question, *entry.phrasings)) for entry in knowledge.entries]
    bot.coaches.base = Coach(
        knowledge, Matcher(entries, Lexicon(knowledge.words), unsure, out_of_scope=knowledge.out_of_scope)
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tells the local Discord how many shards to give the bot, which Discord itself would say.

    A slow machine is no fault: it may take a minute for the bot to come to rest, where SimCord allows 5 seconds.
    """
    item.add_marker(pytest.mark.simcord(shard_count=1, settle_timeout=60.0))


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
