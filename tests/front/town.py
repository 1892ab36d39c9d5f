"""A server with members of every kind, where there is something that each command, button and form is about."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import discord
import pytest
import simcord
from discord import ui
from simcord import interactions
from simcord.results import InteractionResult

from bot.app import opened
from bot.coaching.skills import Ratings
from bot.errors import WaymarkError
from bot.front import client, forms, items
from bot.front.carried import Carried, checked_guides
from bot.front.client import WaymarkBot
from bot.front.cooldown import Cooldown
from bot.front.errors import answer_interaction
from bot.front.layout import OFFER, layout
from bot.front.member_path import walk
from bot.front.practice_state import at_level, moved, practising_guides
from bot.front.saved_results import score_of
from bot.settings import Settings
from bot.store.drafts import Draft
from bot.store.member_rows import State
from bot.store.server_settings import ServerSettings
from tests.front.checking import checking_folder
from tests.front.conftest import Community
from tests.front.exchanging import PARKING, import_now, send
from tests.front.mentors import button_id
from tests.front.stock import KINDER, MEETING, NIGHT, RULES, add, edit, remove
from tests.front.waiting import BIKE
from tests.front.walking import begin

#: Stands in all that the owner has told or written and that nobody else may read.
SECRET = "quince"
#: The roles that let in, by what their holders are called. Three have permissions of Discord's, two the server named.
PERMISSIONS: Mapping[str, discord.Permissions] = {
    "mentor": discord.Permissions.none(),
    "keeper": discord.Permissions.none(),
    "moderator": discord.Permissions(manage_messages=True),
    "manager": discord.Permissions(manage_guild=True),
    "administrator": discord.Permissions(administrator=True),
}
#: The members, by what they are called in tables of access, with the role that each has. What was made for one member
#: was made for the owner; the neighbour has the same things for themselves; the newcomer has nothing.
PEOPLE: Mapping[str, str] = {
    "owner": "", "newcomer": "", "neighbour": "", "mentor": "mentor", "colleague": "mentor", "keeper": "keeper",
    "moderator": "moderator", "manager": "manager", "administrator": "administrator",
}  # fmt: skip
#: So long discord.py watches a private message, in seconds; with many of them watched each click takes long.
WATCHING, WATCHED = 901, 25
#: How somebody is called who had a role until just now.
FORMER = "former "


@dataclass(frozen=True)
class Town:
    """The server. `number`, `key`, `text`: what custom ids hold, by what that is about; `faults`: what went wrong."""

    community: Community
    bot: WaymarkBot
    roles: Mapping[str, simcord.RoleHandle]
    people: Mapping[str, simcord.MemberActor]
    number: dict[str, int] = field(default_factory=dict)
    text: dict[str, str] = field(default_factory=dict)
    messages: dict[str, discord.Message] = field(default_factory=dict)
    cards: list[discord.Message] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    @property
    def server(self) -> int:
        return self.community.guild.id

    @property
    def owner(self) -> int:
        return self.people["owner"].id

    def arriving(self, name: str, *more: str) -> simcord.MemberActor:
        """Somebody of that kind; a new member where they have a role that they lose, or for now have `more` of them."""
        role = name.removeprefix(FORMER) if name.startswith(FORMER) else PEOPLE[name]
        if name in PEOPLE and not more:
            return self.people[name]
        guild, wanted = self.community.guild, {role, *more} - {""}
        return guild.add_member(self.community.env.create_user("somebody"), roles=[self.roles[one] for one in wanted])

    async def take(self, who: simcord.MemberActor, role: str) -> None:
        """Takes a role away from somebody; what is open on their screen stays."""
        guild = self.bot.get_guild(self.server)
        assert guild is not None
        await (await guild.fetch_member(who.id)).remove_roles(discord.Object(self.roles[role].id))

    async def press(
        self, name: str, item: items.Persistent[Any], picks: Sequence[Any] | None = None
    ) -> InteractionResult:
        """Somebody of that kind uses what stands on a card that all can see; `picks`: not the first that is offered."""
        who = self.arriving(name)
        card = await self.put_up(item)
        if name.startswith(FORMER):
            await self.take(who, name.removeprefix(FORMER))
        return await self.used(who, card, item, picks)

    @staticmethod
    async def used(
        who: simcord.MemberActor, card: discord.Message, item: items.Persistent[Any], picks: Sequence[Any] | None = None
    ) -> InteractionResult:
        """Somebody presses the button or picks from the menu."""
        if isinstance(item.item, ui.Button):
            return await who.click(card)
        return await who.select(card, [item.item.options[0].value] if picks is None else picks)

    async def put_up(self, item: items.Persistent[Any]) -> discord.Message:
        """A message of the bot's with this on it, which all can see, as an old card may stand in a channel."""
        if isinstance(item.item, ui.Button):
            item.item.label = "Press"
        place = self.bot.get_partial_messageable(self.community.channel.id, guild_id=self.server)
        card = await place.send(view=layout(OFFER, "An old card.", item))
        self.cards.append(card)
        return card

    def stored(self) -> tuple[str, ...]:
        """All rows of the database."""
        with closing(sqlite3.connect(self.bot.store.database.file or "")) as connection:
            return tuple(connection.iterdump())

    async def held(self) -> str:
        """All that is held on the owner."""
        return json.dumps(await self.bot.store.privacy.export(self.owner), default=str)

    def posts(self) -> int:
        """How often the bot has changed something in a channel, be it a direct one, besides putting up cards."""
        changing = [one for one in self.community.env.http_requests if one.method in ("POST", "PATCH", "DELETE", "PUT")]
        return sum(one.path.startswith("/channels/") for one in changing) - len(self.cards)

    def restorer(self) -> Callable[[], None]:
        """Brings the database back to how it is now."""
        file, copy = self.bot.store.database.file or "", sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(file)) as connection:
            connection.backup(copy)

        def restore() -> None:
            with closing(sqlite3.connect(file)) as connection:
                copy.backup(connection)

        return restore


async def told(result: InteractionResult) -> str:
    """All that somebody was shown, with forms and files, as text."""
    shown = [one for one in (result.response, *result.followups) if one is not None]
    files = [(await file.read()).decode(errors="replace") for one in shown for file in one.attachments]
    return json.dumps([result.modal, [one.components for one in shown], files], ensure_ascii=False)


@asynccontextmanager
async def settled(folder: Path) -> AsyncIterator[Town]:
    """The town with everything in it, while this lasts."""
    knowledge = checking_folder(folder)
    settings = Settings(
        _env_file=None, waymark_knowledge=knowledge, waymark_data=folder / "data", waymark_encoder="off",
        waymark_listening="on",
    )  # fmt: skip
    async with opened(settings) as bot:
        # As SimCord's own fixture does: whoever ends it may be in another context.
        env = simcord.Env(bot, shard_count=1, settle_timeout=60.0)
        await env.start()
        try:
            town = _members(bot, env)
            with pytest.MonkeyPatch.context() as patch:
                for module in (client, forms, items):
                    patch.setattr(module, "answer_interaction", _noting(town.faults))
                await _furnish(town)
                yield town
            # discord.py hands on what commands raised; all of it has been told.
            assert all(isinstance(getattr(error, "original", error), WaymarkError) for error in env.errors)
        finally:
            await env.shutdown()


def _noting(faults: list[BaseException]) -> Callable[[discord.Interaction, BaseException], Any]:
    """The funnel, with a note of what went through it."""

    async def note(interaction: discord.Interaction, error: BaseException) -> None:
        faults.append(error)
        await answer_interaction(interaction, error)

    return note


def _members(bot: WaymarkBot, env: simcord.Env) -> Town:
    guild = env.create_guild("Bakers")
    roles = {name: guild.create_role(name.title(), permissions=may) for name, may in PERMISSIONS.items()}
    people = {
        name: guild.add_member(env.create_user(name), roles=[roles[role]] if role else [])
        for name, role in PEOPLE.items()
    }
    channel = guild.create_text_channel("ask")
    community = Community(env, guild, channel, people["newcomer"], people["owner"], people["moderator"])
    for command in bot.synced:
        # An admin lets everybody see all commands, which Discord hides by its default rules alone.
        guild.set_command_permissions(command, {guild.default_role: True})
    return Town(community, bot, roles, people)


async def _furnish(town: Town) -> None:
    mentors = town.community.guild.create_text_channel("mentors")
    settings = ServerSettings(
        moderator_role=town.roles["keeper"].id, mentor_role=town.roles["mentor"].id, mentors_channel=mentors.id,
        digest_channel=1,
    )  # fmt: skip
    await town.bot.store.settings.put(town.server, settings)
    await _entries(town)
    await _questions(town)
    await _requests(town)
    for name, word in (("owner", SECRET), ("neighbour", "apple")):
        await _path(town, town.people[name], word)
        await _checks(town, town.people[name], word)
    town.bot.cooldown = Cooldown()
    town.faults.clear()


async def _entries(town: Town) -> None:
    community, bot = town.community, town.bot
    done = await import_now(community, PARKING)
    town.text["undo"] = button_id(done, "wm:import:undo:")
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    await add(community, bot, NIGHT, "night")
    await add(community, bot, MEETING, "meeting")
    await remove(community, bot, "meeting")
    offered = await send(community, "## Who sweeps the floor?\n\nAnn does.\n", keep=True)
    town.text["import"] = button_id(offered, "wm:import:go:")
    town.text["no import"] = button_id(offered, "wm:import:no:")
    keep, author = bot.store.pending.keep, community.moderator.id
    new = Draft("Who locks up?", "The last one.", ("who has the key",))
    town.text["new"] = (await keep(town.server, new, author)).key
    stale = await keep(town.server, RULES, author, entry_id="rules", expected_version=1)
    town.text["stale"] = stale.key
    asked = await keep(town.server, KINDER, author, entry_id="rules", expected_version=2, as_typed=True)
    town.text["removal"] = asked.key


async def _questions(town: Town) -> None:
    store, channel = town.bot.store, town.community.channel.id

    async def record(text: str) -> int:
        return await store.questions.record(
            server=town.server, channel=channel, member=town.owner, text=text, kind="none", entry_id=None
        )

    town.number["missed"] = await record(BIKE)
    await store.promises.promise(town.number["missed"], town.owner, channel)
    town.number["chosen"] = await record("dark hours?")
    await store.questions.tell(town.number["chosen"], "missed", chosen="night")
    town.number["dismissed"] = await record("Which guitar should I buy?")
    await store.inbox.dismiss(town.server, [town.number["dismissed"]])
    town.number["pointed"] = await store.points.point(town.server, town.people["mentor"].id, "night")
    message = await town.people["owner"].send(town.community.channel, "baker salary?")
    town.messages["asked"], town.number["message"] = message, message.id


async def _requests(town: Town) -> None:
    store, mentor = town.bot.store, town.people["mentor"].id
    for name, text in (("open", "May I bake at home?"), ("claimed", "Which flour?")):
        request = await store.mentoring.ask(
            server=town.server, channel=town.community.channel.id, asker=town.owner, text=text, anonymous=True
        )
        town.number[name] = request.number
    await store.anonymity.report(town.number["open"], town.people["colleague"].id, "rude")
    await store.mentoring.claim(town.number["claimed"], mentor)


async def _path(town: Town, who: simcord.MemberActor, word: str) -> None:
    bot, store = town.bot, town.bot.store
    await begin(who, town.community, region=f"{word} county")
    path = await walk(bot, who.id, "baker", lambda path: path.progress.add_note(path.plan, "school", f"{word} note"))
    town.text["guide"] = path.key
    town.number["version"] = path.progress.version
    await store.check_ins.set(
        who.id, "baker", every="week", hour=18, zone="Europe/Berlin", server=town.server,
        channel=town.community.channel.id,
    )  # fmt: skip
    await store.path_viewers.allow(who.id, "baker", town.server, town.roles["mentor"].id, is_role=True)


async def _checks(town: Town, who: simcord.MemberActor, word: str) -> None:
    bot, store = town.bot, town.bot.store
    (checked,) = checked_guides(bot.coaches.base.knowledge)
    (practising,) = practising_guides(bot.coaches.base.knowledge)
    carried = Carried(checked, checked.readiness_level, Ratings({"dough": 1}), {"papers": frozenset({"begun"})})
    town.text["code"] = carried.code
    skills: State = {"level": carried.level.id, "ratings": carried.ratings.as_json()}
    saved = await store.results.save(who.id, "baker", "skills", skills)
    if who.id == town.owner:
        town.number["result"] = saved.number
    await store.results.save(who.id, "baker", "readiness", cast("State", score_of(carried).as_json()))
    await at_level(bot, who.id, practising, "baker")
    state = await moved(bot, who.id, practising, lambda state: state.with_paper("resume", {"name": f"{word} person"}))
    assert state.session is not None
    if who.id == town.owner:
        town.text["question"] = state.session.seen[-1]


async def rest(town: Town, restore: Callable[[], None], before: tuple[str, ...]) -> None:
    """After a test: all as it was, in the database, in the coach's mind and for the cooldown."""
    town.faults.clear()
    town.bot.cooldown = Cooldown()
    if len(asyncio.all_tasks()) > WATCHED:
        await town.community.env.advance_time(WATCHING)
    if town.stored() != before:
        await asyncio.to_thread(restore)
        await town.bot.coaches.refresh(town.server)


async def sent_by_other(town: Town, who: simcord.MemberActor, kind: type[forms.Form], number: str) -> InteractionResult:
    """Sends a form that was never opened for that member, which Discord itself does not let anybody do."""
    env, channel = town.community.env, town.community.channel
    form = kind(number)  # type: ignore[call-arg]
    data = {
        "custom_id": form.custom_id,
        "components": [{"type": 18, "component": {"type": 4, "custom_id": "text", "value": "And salt?"}}],
    }
    record, payload = interactions.base_payload(
        env.backend, type=5, channel_id=channel.id, guild_id=town.server, user_id=who.id, data=data
    )
    env.backend.emit("INTERACTION_CREATE", payload)
    await env.settle()
    return InteractionResult(env, record)
