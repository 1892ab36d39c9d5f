"""The bot as Discord sees it: what it asks for, what it registers, and where it connects to."""

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias, TypeVar

import discord
import structlog
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import INTERNAL_API_VERSION, Route

from bot.coaches import Coaches
from bot.front.cooldown import Cooldown, CoolingDownError
from bot.front.drawing import Drawing
from bot.front.errors import answer_interaction
from bot.front.memory import Memory
from bot.front.offers import Offers
from bot.matching.answer import Answer, Kind
from bot.matching.coach import Coach
from bot.matching.likeness import Met
from bot.metrics import Metrics
from bot.store.database import StoreUnavailableError
from bot.store.privacy import Forgotten
from bot.store.store import Store

log = structlog.stdlib.get_logger("waymark")


def intents(*, listening: bool = False) -> discord.Intents:
    """What the bot asks Discord for. Listening channels alone need the privileged intent, for what others write there.

    Direct messages and messages that mention the bot carry their text without it.
    """
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=listening)


# The bot never speaks in voice channels; discord.py warns at each start that it could not.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

_Result = TypeVar("_Result")

DynamicItems = Sequence[type[discord.ui.DynamicItem[Any]]]


class Tree(app_commands.CommandTree["WaymarkBot"]):
    """The commands: each counts for the member's cooldown, and every error is led into the one funnel."""

    async def interaction_check(self, interaction: "Interaction", /) -> bool:
        """Whether the command may run now; when not, the member has been told."""
        if interaction.type is discord.InteractionType.autocomplete:
            return True
        try:
            self.client.cooldown.check(interaction.user, interaction.created_at)
        except CoolingDownError as error:
            await answer_interaction(interaction, error)
            return False
        return True

    async def on_error(self, interaction: "Interaction", error: app_commands.AppCommandError, /) -> None:
        """Tells the member and the log."""
        await answer_interaction(interaction, error)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the bot is put together from: its command groups, its persistent buttons and menus, and what takes forms."""

    groups: Sequence[Callable[["WaymarkBot"], commands.Cog]]
    items: DynamicItems
    receive: Callable[["Interaction"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to a question, the coach that gave it, and the number under which it was recorded.

    `server`: where it was asked, None for a direct message. `number` is None there, for a friendly word, and where the
    database was away.
    """

    answer: Answer
    coach: Coach
    number: int | None = None
    server: int | None = None


class WaymarkBot(commands.AutoShardedBot):
    """The bot. `coaches` gives each server's coach as it stands at the moment; `store` is what survives a restart.

    It shards itself as Discord recommends, so that a small server and a large community run the same code.
    """

    def __init__(
        self,
        coaches: Coaches,
        store: Store,
        parts: Parts,
        api_url: str | None = None,
        *,
        listening: bool = False,
    ) -> None:
        """`api_url` replaces the address of Discord's REST; `listening`: whether it may hear what others write."""
        self.metrics = Metrics()
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents(listening=listening),
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=self.metrics.trace(),
            max_messages=None,  # the library would keep members' messages, and nothing here looks at them again
            # Slash commands only work in servers that invited the bot; nothing here is for one's own account.
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
        )
        self.coaches = coaches
        self.store = store
        self.cooldown = Cooldown()
        self.memory = Memory()
        #: What open questions mean, by server, as `bot.matching.grouping` keeps it for the next time.
        self.met: defaultdict[int, Met] = defaultdict(dict)
        self.offers = Offers()
        self.drawing = Drawing()
        self._forgetting = asyncio.Lock()
        self._thinking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="coach")
        self.synced: tuple[app_commands.AppCommand, ...] = ()
        self._parts = parts
        self._api_url = api_url
        if api_url is not None:
            # The one base of REST in discord.py 2.7; it is the library's own global, so it holds for the process.
            Route.BASE = f"{api_url}/v{INTERNAL_API_VERSION}"

    async def ask(self, question: str, *, server: int | None, channel: int, member: int, at: dt.datetime) -> Asked:
        """The answer of the server's coach to a member, with their question before in mind; recorded for the server.

        One at a time in a thread of its own: a long story takes half a second, in which others want to be heard.
        """
        coach = await self.coaches.of(server)
        think = partial(self.memory.ask, coach, question, channel=channel, member=member, at=at)
        with self.metrics.thinking():
            answer = await self._think(think)
        self.metrics.asked(answer.kind)
        if server is None or answer.kind is Kind.SOCIAL:
            return Asked(answer, coach, server=server)
        first = answer.matches[0].entry.id if answer.matches else None
        try:
            number = await self.store.questions.record(
                server=server, channel=channel, member=member, text=question, kind=answer.kind, entry_id=first
            )
        except StoreUnavailableError as error:
            log.warning("a question could not be recorded", why=str(error))
            return Asked(answer, coach, server=server)
        return Asked(answer, coach, number, server)

    async def overhear(self, question: str, server: int) -> Asked:
        """The answer of the server's coach to what a member wrote to others; nothing of it is kept or counted."""
        coach = await self.coaches.of(server)
        return Asked(await self._think(partial(coach.ask, question)), coach, server=server)

    async def forget(self, member: int) -> Forgotten:
        """Lets go all that is held on the member, in memory and in the database; tells what went and what stays.

        Their cooldown stays for its seconds: whoever could be rid of it would have none.
        """
        # In the thread of the questions: one that is being thought about would be remembered after it.
        remembered = await self._think(partial(self.memory.forget, member))
        # One at a time, so that of two presses one tells all that went.
        async with self._forgetting:
            gone = await self.store.privacy.forget(member)
        return replace(gone, places={**gone.places, "memory": remembered})

    async def setup_hook(self) -> None:
        """Registers commands and buttons, before the gateway opens."""
        if self._api_url is not None:
            _, address, _ = await self.http.get_bot_gateway()
            # Asked for anew by a sharded client, but not when it reconnects after a session could not be resumed.
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)
        self.add_dynamic_items(*self._parts.items)
        for group in self._parts.groups:
            await self.add_cog(group(self))
        self.synced = tuple(await self.tree.sync())

    async def on_ready(self) -> None:
        """Logs that the bot is up; Discord may say so again after a reconnect."""
        log.info("ready", name=str(self.user), servers=len(self.guilds), commands=len(self.synced))

    async def on_interaction(self, interaction: "Interaction", /) -> None:
        """Takes forms; commands, buttons and menus are led by discord.py."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self._parts.receive(interaction)

    async def coach_of(self, interaction: "Interaction") -> Coach:
        """The coach of the server that the interaction comes from."""
        return await self.coaches.of(interaction.guild_id)

    async def on_message(self, message: discord.Message, /) -> None:
        """Leaves out the library's own commands by prefix: the bot has none."""

    async def _think(self, work: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._thinking, work)

    async def close(self) -> None:
        """Closes the connection; gives up on an unwilling gateway after five seconds."""
        try:
            async with asyncio.timeout(5):
                await super().close()
        except TimeoutError:
            log.warning("the gateway did not close in time")
        finally:
            self._thinking.shutdown(wait=False)
            self.drawing.close()


Interaction: TypeAlias = discord.Interaction[WaymarkBot]
