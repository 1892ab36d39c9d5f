"""Entries of a server's own, for tests that look after them."""

from simcord import MemberActor

from bot.front.client import WaymarkBot
from bot.store.drafts import Draft
from bot.store.values import StoredEntry
from tests.front.conftest import Community

RULES = Draft("What are the rules of this server?", "Be kind.", ("house rules", "what may I do here"))
KINDER = Draft("What are the rules of this server?", "Be kinder.", ("house rules", "what is allowed"))
MEETING = Draft("When do we meet?", "On Mondays.", ("day of the meeting",))
#: Another answer to a question of the guide about bakers, whose id there is `night`.
NIGHT = Draft("Do bakers work at night?", "Ask in #nights.", ("night shift",))


async def add(community: Community, bot: WaymarkBot, draft: Draft, entry_id: str) -> StoredEntry:
    """An entry of the moderator's, known to the coach; in the place of the guide's where that has the id."""
    overrides = bot.coaches.base.knowledge.entry(entry_id) is not None
    server, author = community.guild.id, community.moderator.id
    added = await bot.store.entries.add(server, draft, author, entry_id=entry_id, overrides=overrides)
    await bot.coaches.refresh(server)
    return added


async def edit(community: Community, bot: WaymarkBot, draft: Draft, entry_id: str) -> StoredEntry:
    """The next version of it, by another member."""
    server = community.guild.id
    stored = await bot.store.entries.get(server, entry_id)
    assert stored is not None
    edited = await bot.store.entries.edit(server, entry_id, draft, community.other.id, expected_version=stored.version)
    await bot.coaches.refresh(server)
    return edited


async def remove(community: Community, bot: WaymarkBot, entry_id: str) -> StoredEntry:
    """Puts it into the bin, by another member."""
    removed = await bot.store.entries.remove(community.guild.id, entry_id, community.other.id)
    await bot.coaches.refresh(community.guild.id)
    return removed


async def versions(community: Community, bot: WaymarkBot, entry_id: str) -> list[tuple[str, str]]:
    """How each version came to be and what it answers, the newest first."""
    history = await bot.store.entries.history(community.guild.id, entry_id)
    return [(version.action, version.draft.answer) for version in history]


async def answer(bot: WaymarkBot, community: Community, question: str) -> str:
    """What the server's members are answered with; empty for a miss."""
    given = (await bot.coaches.of(community.guild.id)).ask(question)
    return given.matches[0].entry.answer if given.matches else ""


def second_moderator(community: Community) -> MemberActor:
    """Another moderator."""
    role = community.guild.roles["Moderator"]
    return community.guild.add_member(community.env.create_user("second"), roles=[role])


async def demote(community: Community) -> None:
    """Takes the moderator's role away; what is open on their screen stays."""
    guild = community.env.bot.get_guild(community.guild.id)
    assert guild is not None
    member = await guild.fetch_member(community.moderator.id)
    await member.remove_roles(*[role for role in member.roles if role.name == "Moderator"])


async def rest(community: Community) -> None:
    """Lets time go by, so that what was done before no longer counts for the cooldown."""
    await community.env.advance_time(30)
