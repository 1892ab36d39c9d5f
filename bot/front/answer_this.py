"""`Answer this` in the menu of a message: what fits it best, for the mentor alone, and what they pick as a reply to it.

The menu brings the message's text with it, so that no privileged intent is needed.
"""

from typing import ClassVar

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.entry_card import KEY, known_entry, show_entry
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, OFFER, heading, layout, lines, notice, small
from bot.front.nearest import percent
from bot.front.permissions import require_mentor
from bot.front.reply import in_time, replace, reply
from bot.front.shared_answer import Sharing
from bot.front.standing_message import changed, matches_in
from bot.front.text import quoted
from bot.front.verdicts import NEXT
from bot.matching.answer import Answer, Match
from bot.matching.coach import Coach

#: How many entries the mentor may choose from.
OFFERED = 3
#: How much of an entry's text and of the message is shown, in characters.
PREVIEW_LIMIT = 220
#: Discord's code for what it cannot take as it is, such as a reply to a message that is gone.
_INVALID_FORM = 50035
#: The message that is answered, who wrote it, and the entry, in a custom id.
_TARGET = rf"(?P<message>[0-9]{{1,20}}):(?P<asker>[0-9]{{1,20}}):(?P<key>{KEY})"


class AnswerThis(commands.Cog):
    """The menu of a message."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name="Answer this", callback=self._offer)

    async def cog_load(self) -> None:
        """Adds the menu, which discord.py does not find in a cog by itself."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Takes it out again."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    # Not `guild_only`: discord.py 2.7.1 adds to that where the bot's other commands work, and so direct messages.
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def _offer(self, interaction: Interaction, message: discord.Message) -> None:
        async with in_time(interaction, private=True):
            await require_mentor(interaction)
            _check(message)
            coach = await self._bot.coach_of(interaction)
            answer = await self._bot.coaches.work(lambda: coach.ask(message.content))
            view = _offered(coach, message, answer)
        await reply(interaction, view, private=True)


def _check(message: discord.Message) -> None:
    """Raises `WaymarkError` for what nobody asked."""
    if message.author.bot or message.is_system():
        raise WaymarkError(
            "A bot or Discord itself wrote that, so nobody waits for an answer to it. Choose a member's message, or "
            "use `/point` to send somebody an answer."
        )
    if not message.content.strip():
        raise WaymarkError(
            "That message has no text that I could look up. `/point` sends its author an answer all the same."
        )


def _offered(coach: Coach, message: discord.Message, answer: Answer) -> ui.LayoutView:
    matches = [*answer.matches, *answer.others][:OFFERED]
    quote = small(f"<@{message.author.id}> wrote: {quoted(message.content, PREVIEW_LIMIT)}")
    if not matches:
        text = "Nothing in the guide comes near, so there is nothing to share. `/point` lets you look for it yourself."
        return layout(OFFER, quote, text)
    keys = [match.key for match in matches]
    picks = [PickAnswerButton(place, message.id, message.author.id, key) for place, key in enumerate(keys, start=1)]
    picks[0].mark(is_picked=True)
    previews = [_preview(coach, place, match) for place, match in enumerate(matches, start=1)]
    last = [ShareButton(message.id, message.author.id, keys[0]), LookButton(keys[0])]
    return layout(OFFER, quote, _title(answer), *previews, picks if len(picks) > 1 else [], last)


def _title(answer: Answer) -> str:
    if answer.matches:
        return heading("What fits best")
    return lines(heading("Nothing fits well"), "Asked this, I would say that I do not know. What comes nearest:")


def _preview(coach: Coach, place: int, match: Match) -> str:
    text = coach.knowledge.text_of(match.shown, discord.utils.utcnow().date())
    title = f"**{place}. {match.entry.question}** · {percent(match.confidence)}"
    return lines(title, quoted(discord.utils.remove_markdown(text), PREVIEW_LIMIT))


class PickAnswerButton(Persistent[Button], template=rf"wm:answer-pick:(?P<place>[1-9]):{_TARGET}"):
    """Picks the entry that `Look at it` and `Share` are about."""

    is_light = True

    def __init__(self, place: int | str, message: int | str, asker: int | str, key: str) -> None:
        self.place, self.message, self.asker, self.key = place, message, asker, key
        super().__init__(Button(custom_id=f"wm:answer-pick:{place}:{message}:{asker}:{key}"))
        self.mark(is_picked=False)

    def mark(self, *, is_picked: bool) -> None:
        """Shows whether it is the one that is picked."""
        _mark(self.item, self.place, is_picked=is_picked)

    async def used(self, interaction: Interaction) -> None:
        """Marks it as picked, and lets the buttons below be about it."""
        await require_mentor(interaction)
        assert interaction.message is not None, "a button is on a message"
        await interaction.response.edit_message(view=changed(interaction.message, self._change))

    def _change(self, button: Button) -> None:
        custom_id = button.custom_id or ""
        if found := type(self).__discord_ui_compiled_template__.fullmatch(custom_id):
            _mark(button, found["place"], is_picked=found["key"] == self.key)
        elif ShareButton.__discord_ui_compiled_template__.fullmatch(custom_id):
            button.custom_id = ShareButton(self.message, self.asker, self.key).custom_id
        elif LookButton.__discord_ui_compiled_template__.fullmatch(custom_id):
            button.custom_id = LookButton(self.key).custom_id


def _mark(button: Button, place: int | str, *, is_picked: bool) -> None:
    button.label = f"✓ Answer {place}" if is_picked else f"Answer {place}"
    button.disabled = is_picked


class LookButton(Persistent[Button], template=rf"wm:answer-look:(?P<key>{KEY})"):
    """Shows the entry that is picked as the asker would see it, to the mentor alone."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:answer-look:{key}", label="Look at it"))

    async def used(self, interaction: Interaction) -> None:
        """Shows it below."""
        await show_entry(interaction, self.key)


class ShareButton(Persistent[Button], template=rf"wm:answer-share:{_TARGET}"):
    """Replies to the message with the entry that is picked."""

    #: What is being shared at the moment: a double click shares once.
    _under_way: ClassVar[set[str]] = set()

    def __init__(self, message: int | str, asker: int | str, key: str) -> None:
        self.message, self.asker, self.key = int(message), int(asker), key
        button = Button(
            custom_id=f"wm:answer-share:{message}:{asker}:{key}", label="Share", style=discord.ButtonStyle.primary
        )
        super().__init__(button)

    async def used(self, interaction: Interaction) -> None:
        """Shares it, and takes the buttons away."""
        if self.custom_id in self._under_way:
            await interaction.response.defer()
            return
        self._under_way.add(self.custom_id)
        try:
            async with in_time(interaction, in_place=True):
                posted = await self._share(interaction)
            await replace(interaction, notice(f"Shared: {posted.jump_url}", ANSWER))
        finally:
            self._under_way.discard(self.custom_id)

    async def _share(self, interaction: Interaction) -> discord.Message:
        server = await require_mentor(interaction)
        client, mentor = interaction.client, interaction.user.id
        coach = await client.coach_of(interaction)
        entry = known_entry(coach, self.key)
        channel = client.get_partial_messageable(interaction.channel_id or 0, guild_id=server)
        message = channel.get_partial_message(self.message)
        await _check_there(message)
        number = await client.store.points.point(server, mentor, entry.id)
        sharing = Sharing(mentor, self.asker, number, is_reply=True)
        picks = matches_in(interaction.message, PickAnswerButton.__discord_ui_compiled_template__)
        others = ".".join([pick["key"] for pick in picks if pick["key"] != self.key][:NEXT])
        shown = await sharing.entry(interaction, coach, entry, others)
        try:
            return await message.reply(view=shown.view, files=shown.files(), allowed_mentions=sharing.pinging)
        except discord.HTTPException as error:
            if error.code == _INVALID_FORM and "message_reference" in error.text:
                raise _gone() from None
            raise


async def _check_there(message: discord.PartialMessage) -> None:
    """Raises `WaymarkError` when the message is gone; where the bot may not look, replying will tell."""
    try:
        await message.fetch()
    except discord.NotFound:
        raise _gone() from None
    except discord.Forbidden:
        return


def _gone() -> WaymarkError:
    return WaymarkError(
        "That message has been deleted meanwhile, so I posted nothing. `/point` sends its author the answer all the "
        "same."
    )
