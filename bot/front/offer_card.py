"""The offer under a question in a channel to listen in: `I may know this`, the private answer, and sharing it."""

import discord
import structlog
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Asked, Interaction, WaymarkBot
from bot.front.drawing import may_attach
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, OFFER, Item, Shown, layout, notice, small
from bot.front.offers import LASTING
from bot.front.permissions import require_mentor, server_of
from bot.front.reply import in_time, replace, reply
from bot.front.standing_message import matches_in
from bot.front.verdicts import Beside, verdict_shown
from bot.matching.answer import Kind

log = structlog.stdlib.get_logger("waymark.front")

#: How many messages after a question are looked through for an answer of the bot's.
LOOKED = 100
#: Most buttons in a row.
ROW_LIMIT = 5
_QUESTION = r"(?P<asker>[0-9]{1,20}):(?P<question>[0-9]{1,20})"


def offer_view(asker: int, question: int) -> ui.LayoutView:
    """The offer: a button, and in small print what it does."""
    minutes = int(LASTING.total_seconds() // 60)
    return layout(
        OFFER,
        small(f"The answer opens for you alone. This button goes away in {minutes} minutes."),
        OfferButton(asker, question),
    )


def offered_in(message: discord.Message) -> tuple[int, int] | None:
    """The asker and the question of the offer that a message is, None when it is none."""
    for found in matches_in(message, OfferButton.__discord_ui_compiled_template__):
        return int(found["asker"]), int(found["question"])
    return None


async def take_away(client: WaymarkBot, question: int) -> None:
    """Takes the offer under a question away; where that fails, the log tells."""
    offer = client.offers.drop(question)
    # One that is being posted just now goes when it is there.
    if offer is None or offer.message is None:
        return
    try:
        await offer.message.delete()
    except discord.NotFound:
        return
    except discord.HTTPException as error:
        log.warning("an offer could not be taken away", channel=offer.channel, why=str(error))


class OfferButton(Persistent[Button], template=rf"wm:offer:{_QUESTION}"):
    """Opens the answer for whoever presses it, privately."""

    def __init__(self, asker: int | str, question: int | str) -> None:
        self.asker, self.question = int(asker), int(question)
        super().__init__(Button(custom_id=f"wm:offer:{asker}:{question}", label="I may know this"))

    async def used(self, interaction: Interaction) -> None:
        """Shows the answer, which the asker and mentors may share. Opened by its asker, the question counts as one."""
        async with in_time(interaction, private=True):
            words = (await _question(interaction, self.question)).content
            asked = await self._asked(interaction, words)
            shown = await verdict_shown(
                interaction.client, asked, interaction.user.id, words, Beside(may_attach=may_attach(interaction))
            )
            if asked.answer.kind is Kind.ANSWER and await _may_share(interaction, self.asker):
                _add(shown.view, ShareOfferButton(self.asker, self.question, asked.number or 0))
        await reply(interaction, shown.view, private=True, files=shown.files())

    async def _asked(self, interaction: Interaction, words: str) -> Asked:
        client, server = interaction.client, server_of(interaction)
        if interaction.user.id != self.asker:
            return await client.overhear(words, server)
        offer = client.offers.get(self.question)
        if offer is None:
            return await self._recorded(interaction, words, server)
        async with offer.one_at_a_time:
            if offer.number is not None:
                again = await client.overhear(words, server)
                return Asked(again.answer, again.coach, offer.number, server)
            asked = await self._recorded(interaction, words, server)
            offer.number = asked.number
            return asked

    @staticmethod
    async def _recorded(interaction: Interaction, words: str, server: int) -> Asked:
        return await interaction.client.ask(
            words,
            server=server, channel=interaction.channel_id or 0, member=interaction.user.id, at=interaction.created_at,
        )  # fmt: skip


class ShareOfferButton(Persistent[Button], template=rf"wm:offer-share:{_QUESTION}:(?P<number>[0-9]{{1,19}})"):
    """Replies to the question with the answer, for all to see. `number`: under which it was recorded, 0 for none."""

    def __init__(self, asker: int | str, question: int | str, number: int | str) -> None:
        self.asker, self.question, self.number = int(asker), int(question), int(number)
        super().__init__(Button(custom_id=f"wm:offer-share:{asker}:{question}:{number}", label="Share"))

    async def used(self, interaction: Interaction) -> None:
        """Shares it once, and takes the offer away."""
        async with in_time(interaction, in_place=True):
            if interaction.user.id != self.asker:
                await require_mentor(interaction)
            question = await _question(interaction, self.question)
            offer = interaction.client.offers.get(self.question)
            if offer is None:
                posted = await self._shared(interaction, question)
            else:
                async with offer.one_at_a_time:
                    posted = await self._shared(interaction, question)
            await take_away(interaction.client, self.question)
        await replace(interaction, notice(f"Shared: {posted.jump_url}", ANSWER))

    async def _shared(self, interaction: Interaction, question: discord.Message) -> discord.Message:
        """The message that shares it: the one that is there, or else a new one."""
        client = interaction.client
        if there := await _answer_to(client, question):
            return there
        asked = await client.overhear(question.content, server_of(interaction))
        shown = await self._shown(interaction, asked)
        # Discord gives the same message when it is sent twice in a row.
        return await question.reply(
            view=shown.view, files=shown.files(), mention_author=False, nonce=f"o{self.question}"
        )

    async def _shown(self, interaction: Interaction, asked: Asked) -> Shown:
        by_other = interaction.user.id != self.asker
        lead = small(f"shared by <@{interaction.user.id}>") if by_other else ""
        numbered = Asked(asked.answer, asked.coach, self.number or None, asked.server)
        return await verdict_shown(
            interaction.client, numbered, self.asker, beside=Beside(lead, may_attach=may_attach(interaction))
        )


async def _question(interaction: Interaction, question: int) -> discord.Message:
    """The message under which the offer stands; raises `WaymarkError` when it cannot be read any more."""
    channel = interaction.client.get_partial_messageable(interaction.channel_id or 0, guild_id=interaction.guild_id)
    try:
        message = await channel.fetch_message(question)
    except discord.NotFound:
        raise WaymarkError("The question has been deleted meanwhile. `/ask` answers it all the same.") from None
    if not message.content:
        raise WaymarkError(
            "I can no longer read what was asked, as I run without the right to listen now. `/ask` answers it all the "
            "same."
        )
    return message


async def _may_share(interaction: Interaction, asker: int) -> bool:
    if interaction.user.id == asker:
        return True
    try:
        await require_mentor(interaction)
    except WaymarkError:
        return False
    return True


async def _answer_to(client: WaymarkBot, question: discord.Message) -> discord.Message | None:
    """What the bot has replied to the question already, but for the offer."""
    async for message in question.channel.history(limit=LOOKED, after=question, oldest_first=True):
        reference = message.reference
        is_reply = reference is not None and reference.message_id == question.id
        if is_reply and message.author == client.user and offered_in(message) is None:
            return message
    return None


def _add(view: ui.LayoutView, button: Item) -> None:
    """Puts a button behind the last ones of the message, or below them where their row is full."""
    (frame,) = view.children
    assert isinstance(frame, ui.Container), "every message of the bot is one container"
    last = frame.children[-1]
    if isinstance(last, ui.ActionRow) and len(last.children) < ROW_LIMIT:
        last.add_item(button)
    else:
        frame.add_item(ui.ActionRow(button))
