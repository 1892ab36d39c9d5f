"""The bot as Discord sees it: what it asks for, what it registers, and where it connects to."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeAlias

import discord
import structlog
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import INTERNAL_API_VERSION, Route

from bot.front.cooldown import Cooldown, CoolingDownError
from bot.front.errors import answer_interaction
from bot.front.memory import Memory
from bot.matching.answer import Answer
from bot.matching.coach import Coach

log = structlog.stdlib.get_logger("waymark")

#: Direct messages and messages that mention the bot carry their text without the privileged intent.
INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)

# The bot never speaks in voice channels; discord.py warns at each start that it could not.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

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


class WaymarkBot(commands.AutoShardedBot):
    """The bot. `coach`, made by `make_coach`, may be replaced at any time; a request uses the one that stands then.

    It shards itself as Discord recommends, so that a small server and a large community run the same code.
    """

    def __init__(
        self,
        make_coach: Callable[[], Coach],
        *,
        groups: Sequence[Callable[["WaymarkBot"], commands.Cog]],
        items: DynamicItems,
        api_url: str | None = None,
    ) -> None:
        """`groups` makes the command groups, `items` are the persistent buttons; `api_url` replaces Discord's REST."""
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=INTENTS,
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,  # the library would keep members' messages, and nothing here looks at them again
            # Slash commands only work in servers that invited the bot; nothing here is for one's own account.
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
        )
        self.make_coach = make_coach
        self.coach = make_coach()
        self.cooldown = Cooldown()
        self.memory = Memory()
        self._thinking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="coach")
        self.synced: tuple[app_commands.AppCommand, ...] = ()
        self._groups = groups
        self._items = items
        self._api_url = api_url
        if api_url is not None:
            # The one base of REST in discord.py 2.7; it is the library's own global, so it holds for the process.
            Route.BASE = f"{api_url}/v{INTERNAL_API_VERSION}"

    async def ask(self, question: str, *, channel: int, member: int, at: dt.datetime) -> Answer:
        """The coach's answer to a member, with their question before in mind.

        One at a time in a thread of its own: a long story takes half a second, in which others want to be heard.
        """
        answer = partial(self.memory.ask, self.coach, question, channel=channel, member=member, at=at)
        return await asyncio.get_running_loop().run_in_executor(self._thinking, answer)

    async def setup_hook(self) -> None:
        """Registers commands and buttons, before the gateway opens."""
        if self._api_url is not None:
            _, address, _ = await self.http.get_bot_gateway()
            # Asked for anew by a sharded client, but not when it reconnects after a session could not be resumed.
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)
        self.add_dynamic_items(*self._items)
        for group in self._groups:
            await self.add_cog(group(self))
        self.synced = tuple(await self.tree.sync())

    async def on_ready(self) -> None:
        """Logs that the bot is up; Discord may say so again after a reconnect."""
        log.info("ready", name=str(self.user), servers=len(self.guilds), commands=len(self.synced))

    async def on_message(self, message: discord.Message, /) -> None:
        """Leaves out the library's own commands by prefix: the bot has none."""

    async def close(self) -> None:
        """Closes the connection; gives up on an unwilling gateway after five seconds."""
        try:
            async with asyncio.timeout(5):
                await super().close()
        except TimeoutError:
            log.warning("the gateway did not close in time")
        finally:
            self._thinking.shutdown(wait=False)


Interaction: TypeAlias = discord.Interaction[WaymarkBot]
