"""The real bot in a local Discord, in which a moderator adds and edits entries without end: a process to be killed.

Says on standard output the server's id, and then what the moderator was told is live, a line each: the entry's id, its
version, and the text's number. Arguments: the database's address, the folder of the knowledge, the number of the run.
"""

import asyncio
import random
import re
import sys
from itertools import count
from pathlib import Path

import discord
import simcord
from pydantic import SecretStr
from simcord.results import ResponseMessage

from bot.app import opened
from bot.log import configure_log
from bot.settings import Settings
from bot.store.drafts import Draft
from tests.front.conftest import Community
from tests.front.filling import add, edit
from tests.front.reading import seen

#: Makes answers long, so that half of one would be seen.
FILLING = "bread and butter " * 100
_SYLLABLES = "ba be bi do du fa fi go ka ke lo lu ma mi na no pa pu ra ri sa so ta tu va vo wa wi za zo".split()
_LIVE = re.compile(r"### It is live\n[^`]*Version (\d+) of `([a-z0-9-]+)`")


def settings(address: str, knowledge: Path) -> Settings:
    """Those of the bot that is killed, and of whoever looks at what it left."""
    return Settings(
        _env_file=None, database_url=SecretStr(address), waymark_knowledge=knowledge, waymark_encoder="off",
        waymark_data=knowledge.parent / "data",
    )  # fmt: skip


def draft(entry: str, number: str) -> Draft:
    """The whole text of that number, of the entry that was added under the number `entry`."""
    chance = random.Random(entry)
    words = " ".join("".join(chance.choices(_SYLLABLES, k=3)) for _ in range(2))
    return Draft(f"Where is the {words}?", f"{entry} {number} {FILLING}end", (f"way to {words}", f"{words} {number}"))


async def furnished(env: simcord.Env) -> Community:
    """A server whose id is the same in every run."""
    await env.advance_time(1)
    guild = env.create_guild("Bakers")
    moderators = guild.create_role("Moderator", permissions=discord.Permissions(manage_messages=True))
    moderator = guild.add_member(env.create_user("moderator"), roles=[moderators])
    return Community(env, guild, guild.create_text_channel("ask"), moderator, moderator, moderator)


async def publish(community: Community, preview: ResponseMessage) -> tuple[str, str]:
    """The id and version of what was published, as the moderator is told; a warning is read and overruled."""
    await community.moderator.click(preview, label="Publish")
    if "Publish anyway" in seen(preview).buttons:
        await community.moderator.click(preview, label="Publish anyway")
    told = _LIVE.search(seen(preview).text)
    assert told is not None, seen(preview).text
    return told[2], told[1]


def say(*words: object) -> None:
    """Passes on a line at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


async def main(address: str, knowledge: str, run: str) -> None:
    chance = random.Random(run)
    of_bot = settings(address, Path(knowledge))
    configure_log(of_bot)
    async with opened(of_bot) as bot, simcord.run(bot, shard_count=1, settle_timeout=60.0) as env:
        community = await furnished(env)
        stored = await bot.store.entries.all(community.guild.id)
        added = {entry.id: entry.draft.answer.split()[0] for entry in stored}
        say(community.guild.id)
        for step in count():
            number = f"{run}.{step}"
            if step % 2 and added:
                changed = chance.choice(list(added))
                text = draft(added[changed], number)
                preview = await edit(community, changed, answer=text.answer, phrasings="\n".join(text.phrasings))
            else:
                text = draft(number, number)
                preview = await add(community, text.question, text.answer, "\n".join(text.phrasings))
            entry_id, version = await publish(community, preview)
            added.setdefault(entry_id, number)
            say(entry_id, version, number)
            # The moderator is one person, and clicks no faster than the cooldown allows.
            await env.advance_time(30)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
