"""The card of a question in the mentors' channel: one mentor claims it, and may release it; the asker may close it."""

import datetime as dt

import discord
import structlog
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, MISS, OFFER, Item, heading, layout, lines, notice, small
from bot.front.mentor_forms import (
    NUMBER,
    AskerReplyButton,
    MentorReplyButton,
    ReportButton,
    own_request,
    request_here,
)
from bot.front.mentor_relay import WRITTEN_LIMIT, Way, name_of, named, to_asker
from bot.front.nearest import percent
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, reply
from bot.front.text import quoted
from bot.matching.coach import Coach
from bot.store.mentor_request import MentorRequest

log = structlog.stdlib.get_logger("waymark.front")

_TONES = {"open": OFFER, "claimed": OFFER, "answered": ANSWER, "closed": MISS}


def request_card(coach: Coach, request: MentorRequest, *, is_over: bool = False) -> ui.LayoutView:
    """The card as mentors see it; `is_over`: whether the asker needs no more."""
    buttons = [] if is_over or request.state == "closed" else _buttons(request)
    return layout(
        _TONES[request.state],
        heading(f"Question {request.number} for the mentors"),
        f"> {quoted(request.text, WRITTEN_LIMIT)}" if request.text else "The asker had it forgotten.",
        lines(
            # The list last: a line behind it would look like a part of it.
            _asker(request),
            request.step and f"**On the path:** {quoted(request.step, 200)}",
            _tried(coach, request),
        ),
        _standing(request, is_over=is_over),
        buttons,
    )


async def refresh(client: WaymarkBot, request: MentorRequest, *, is_over: bool = False) -> None:
    """Brings the card to how the request stands; a card that is gone or out of reach is left alone."""
    if request.card is None:
        return
    channel, message = request.card
    coach = await client.coaches.of(request.server)
    card = client.get_partial_messageable(channel, guild_id=request.server).get_partial_message(message)
    try:
        await card.edit(view=request_card(coach, request, is_over=is_over))
    except discord.HTTPException as error:
        log.info("a mentors' card could not be changed", request=request.number, reason=str(error))


def _asker(request: MentorRequest) -> str:
    if request.anonymous:
        return "**Asked by:** somebody who stays anonymous; I bring replies to them"
    return f"**Asked by:** <@{request.asker}> in <#{request.channel}>" if request.asker else ""


def _tried(coach: Coach, request: MentorRequest) -> str:
    found = [(coach.knowledge.entry(one.entry_id), one.confidence) for one in request.tried]
    known = [f"{entry.question} ({percent(confidence)})" for entry, confidence in found if entry]
    return "\n".join(["**What comes nearest:**", *(f"- {one}" for one in known)]) if known else ""


def _standing(request: MentorRequest, *, is_over: bool) -> str:
    who = f"<@{request.claimed_by}>" if request.claimed_by else "a mentor"
    over = ", and the asker needs no more" if is_over else ""
    match request.state:
        case "open":
            return f"**Open:** nobody has taken it yet. Asked {_since(request.at)}"
        case "claimed":
            return f"**Taken** by {who} {_since(request.claimed_at or request.at)}"
        case "answered":
            return f"**Answered** by {who} {_since(request.answered_at or request.at)}{over}"
        case "closed":
            return "**Closed:** no answer is needed any more"


def _since(moment: dt.datetime) -> str:
    return discord.utils.format_dt(moment, "R")


def _buttons(request: MentorRequest) -> list[Item]:
    begin: dict[str, list[Item]] = {
        "open": [ClaimButton(request.number)],
        "claimed": [ReleaseButton(request.number)],
    }
    report: list[Item] = [ReportButton(request.number)] if request.anonymous else []
    return [*begin.get(request.state, []), MentorReplyButton(request.number), *report]


class ClaimButton(Persistent[Button], template=rf"wm:mentor-claim:{NUMBER}"):
    """Gives the question to the mentor who presses it first, and tells the asker who that is."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        button = Button(custom_id=f"wm:mentor-claim:{number}", label="Claim", style=discord.ButtonStyle.primary)
        super().__init__(button)

    async def used(self, interaction: Interaction) -> None:
        """Claims it; whoever comes later is told whose it is."""
        async with in_time(interaction, private=True):
            told = await self._claim(interaction)
        await reply(interaction, notice(told, ANSWER), private=True)

    async def _claim(self, interaction: Interaction) -> str:
        client, mentor = interaction.client, interaction.user.id
        before = await request_here(interaction, self.number)
        request = await client.store.mentoring.claim(self.number, mentor)
        await refresh(client, request)
        if request.state != "claimed" or request.claimed_by != mentor:
            raise WaymarkError(taken_text(request))
        if before.claimed_by == mentor:
            return "It is yours already. Press **Reply** when you know what to say."
        claimed_at = request.claimed_at or request.at
        way = await to_asker(
            client, request, lambda lead: _claimed_view(request, name_of(interaction), lead),
            mark=f"c{request.number}.{claimed_at.timestamp():.0f}", is_news=True,
        )  # fmt: skip
        return f"It is yours. {_told_text(way)}"


def _told_text(way: Way) -> str:
    """That the asker was told what has just been said, and how; or why not."""
    if way is Way.DIRECT:
        return "I told the asker so by direct message."
    return f"I told the asker so. {way.value}" if way.is_reached else way.value


def taken_text(request: MentorRequest) -> str:
    """Why a mentor cannot have it."""
    who = f"<@{request.claimed_by}>" if request.claimed_by else "Another mentor"
    match request.state:
        case "closed":
            return "This question is closed: no answer is needed any more."
        case "answered":
            return f"{who} has answered this question already."
        case _:
            return f"{who} has taken this question already. They can release it for others."


def _claimed_view(request: MentorRequest, mentor: str, lead: str) -> ui.LayoutView:
    """What the asker is told when a mentor has taken it."""
    text = lines(named(request, "A mentor has your question"), f"**{mentor}** will reply to you.")
    return layout(ANSWER, lead, text, asker_buttons(request.number))


def asker_buttons(number: int, *, has_reply: bool = False) -> list[Item]:
    """What the asker can do at any time; `has_reply`: whether there is something to reply to."""
    return [AskerReplyButton(number, "Reply" if has_reply else "Add something"), CloseButton(number)]


class ReleaseButton(Persistent[Button], template=rf"wm:mentor-release:{NUMBER}"):
    """Lets others have the question: for the mentor who has it, and for moderators when that one stays away."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(Button(custom_id=f"wm:mentor-release:{number}", label="Release"))

    async def used(self, interaction: Interaction) -> None:
        """Opens it again for others, and tells the asker."""
        async with in_time(interaction, private=True):
            told = await self._release(interaction)
        await reply(interaction, notice(told, ANSWER), private=True)

    async def _release(self, interaction: Interaction) -> str:
        client, store = interaction.client, interaction.client.store
        before = await request_here(interaction, self.number)
        holder = before.claimed_by or interaction.user.id
        if holder != interaction.user.id and before.state == "claimed":
            await require_moderator(interaction)
        request = await store.mentoring.release(self.number, holder)
        await refresh(client, request)
        if request.state != "open":
            raise WaymarkError(taken_text(request))
        if before.state == "open":
            return "It is open already, for whoever takes it."
        way = await to_asker(
            client, request, lambda lead: _released_view(request, lead), mark=f"r{interaction.id}", is_news=True
        )
        return f"It is open again for others. {_told_text(way)}"


def _released_view(request: MentorRequest, lead: str) -> ui.LayoutView:
    text = lines(
        named(request, "Your question is open again"),
        "The mentor who had it cannot reply after all. It stays with the others, and I tell you who takes it.",
    )
    return layout(OFFER, lead, text, asker_buttons(request.number))


class CloseButton(Persistent[Button], template=rf"wm:mentor-close:{NUMBER}"):
    """Ends the question, for whoever asked it."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(Button(custom_id=f"wm:mentor-close:{number}", label="Close"))

    async def used(self, interaction: Interaction) -> None:
        """Closes it; mentors see so on the card."""
        async with in_time(interaction, private=True):
            await own_request(interaction, self.number)
            request = await interaction.client.store.mentoring.close(self.number)
            await refresh(interaction.client, request, is_over=True)
        text = f"Closed. The mentors see that you need no more.\n{small('You can ask anew at any time with `/ask`.')}"
        await reply(interaction, notice(text, ANSWER), private=True)
