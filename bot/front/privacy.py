"""`/privacy`: gives a member all that is held on them, and lets it go when they say so."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.held import held_file
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, OFFER, heading, layout, lines, notice, small
from bot.front.reply import in_time, replace, reply
from bot.store.privacy import Forgotten

FILE = "what-waymark-holds.json"
#: What the parts of the store are called when they are counted: one, and several.
_PLACES: Mapping[str, tuple[str, str]] = {
    "questions": ("question", "questions"),
    "promises": ("wish to be told of an answer", "wishes to be told of an answer"),
    "mentoring": ("question to mentors", "questions to mentors"),
    "anonymity": ("message or report around mentors", "messages or reports around mentors"),
    "points": ("pointer to an answer", "pointers to an answer"),
    "entries": ("line about who wrote an entry", "lines about who wrote an entry"),
    "pending": ("unpublished entry", "unpublished entries"),
    "imports": ("import", "imports"),
    "member_paths": ("path", "paths"),
    "path_viewers": ("permission to see a path", "permissions to see a path"),
    "check_ins": ("reminder", "reminders"),
    "results": ("saved result", "saved results"),
    "practice_states": ("practice record", "practice records"),
    "memory": ("question in mind for a follow-up", "questions in mind for follow-ups"),
}
_NOTHING = "I hold nothing on you now."


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class Privacy(commands.GroupCog, group_name="privacy", group_description="What I hold on you: see it, or let it go."):
    """The command group of `/privacy`."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    @app_commands.command()
    async def export(self, interaction: Interaction) -> None:
        """Get a file with all that I hold on you."""
        async with in_time(interaction, private=True):
            held = await _held(self._bot, interaction.user.id)
        if not held:
            await reply(interaction, notice(f"{_NOTHING} So there is no file.", ANSWER), private=True)
            return
        content = held_file(interaction.user.id, held, self._bot.store.clock())
        if len(content) > interaction.filesize_limit:
            raise WaymarkError(
                f"The file would have {len(content):,} bytes, and Discord takes {interaction.filesize_limit:,} here. "
                "Ask whoever runs me for it; nothing was changed."
            )
        text = lines(
            heading("All that I hold on you"),
            "A file in JSON, which any text editor opens: each part says what it is. Only you see this message.",
            small(f"{_mention(self._bot, 'forget')} lets it go."),
        )
        view = layout(ANSWER, text, ui.File[ui.LayoutView](f"attachment://{FILE}"))
        await reply(interaction, view, private=True, files=[discord.File(io.BytesIO(content), FILE)])

    @app_commands.command()
    async def forget(self, interaction: Interaction) -> None:
        """Let me forget all that I hold on you; asks first."""
        async with in_time(interaction, private=True):
            held = await _held(self._bot, interaction.user.id)
        if not held:
            await reply(interaction, notice(f"{_NOTHING} So there is nothing to forget.", ANSWER), private=True)
            return
        await reply(interaction, layout(OFFER, *_asking(self._bot), [ForgetMeButton(), KeepMeButton()]), private=True)


class ForgetMeButton(Persistent[Button], template=r"wm:privacy-forget"):
    """Forgets whoever presses it; a second press finds nothing more to do."""

    def __init__(self) -> None:
        super().__init__(Button(custom_id="wm:privacy-forget", label="Forget me", style=discord.ButtonStyle.danger))

    async def used(self, interaction: Interaction) -> None:
        """Does it and tells what went."""
        async with in_time(interaction, private=True, in_place=True):
            gone = await interaction.client.forget(interaction.user.id)
        if not any(gone.places.values()):
            # The other press has told what went, and that stays.
            await reply(interaction, notice(_NOTHING, ANSWER), private=True)
            return
        await replace(interaction, layout(ANSWER, *_told(gone)))


class KeepMeButton(Persistent[Button], template=r"wm:privacy-keep"):
    """Leaves everything as it is."""

    def __init__(self) -> None:
        super().__init__(Button(custom_id="wm:privacy-keep", label="Cancel"))

    async def used(self, interaction: Interaction) -> None:
        """Says so."""
        await replace(interaction, notice("Nothing was changed; I hold what I held."))


def _mention(client: WaymarkBot, name: str) -> str:
    """A command of the group, to be clicked."""
    options = (option for command in client.synced for option in command.options)
    found = (option for option in options if isinstance(option, app_commands.AppCommandGroup))
    return next((one.mention for one in found if one.qualified_name == f"privacy {name}"), f"`/privacy {name}`")


async def _held(client: WaymarkBot, member: int) -> dict[str, Sequence[Mapping[str, object]]]:
    """All that is held on the member, in the database and in memory."""
    held = dict(await client.store.privacy.export(member))
    remembered = client.memory.held(member)
    if remembered:
        held["in memory"] = [
            {"channel": channel, "at": at.astimezone(dt.UTC).isoformat(), "text": text}
            for channel, at, text in remembered
        ]
    return held


def _asking(client: WaymarkBot) -> tuple[str, ...]:
    return (
        f"{heading('Shall I forget you?')}\nThis holds for all servers and our direct messages, and cannot be undone.",
        lines(
            "**Goes:** the words of your questions and that they were yours; your paths with their notes, saved "
            "results, practice and reminders; what you put to mentors or took over; wishes to be told of an answer; "
            "unpublished entries.",
            "**Stays:** entries of the community that you wrote, without your name; and that something was asked, for "
            "the counts, without words or asker. What stands in Discord's channels is not mine to delete.",
        ),
        small(f"{_mention(client, 'export')} gives you all of it as a file first."),
    )


def _told(gone: Forgotten) -> tuple[str, ...]:
    counts = [
        f"{count} {_PLACES.get(place, (place, place))[count != 1]}" for place, count in gone.places.items() if count
    ]
    stays = (
        "Nothing that leads to you stays."
        if not gone.versions
        else (
            f"{gone.versions} {'text' if gone.versions == 1 else 'texts'} of entries that you wrote "
            f"{'stays' if gone.versions == 1 else 'stay'} with the community, without your name."
        )
    )
    return (
        f"{heading('I have forgotten you')}\nGone: {', '.join(counts)}.",
        f"{stays} If you ask me something, we start anew.",
    )
