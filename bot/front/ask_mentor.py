"""`Ask a mentor` under what the coach could not answer: a form, and then a card in the mentors' channel."""

import asyncio
import datetime as dt
import math
import re

import discord
from discord import ui

from bot.coaching.card import card_of
from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.forms import Filled, Form, label, text_input
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, heading, layout, lines, notice, small
from bot.front.member_path import find
from bot.front.mentor_card import asker_buttons, request_card
from bot.front.mentor_forms import NUMBER
from bot.front.mentor_relay import mentors_channel, passed_on
from bot.front.reply import in_time, reply
from bot.front.text import quoted
from bot.store.mentor_request import MentorRequest, Tried
from bot.store.questions import StoredQuestion
from bot.store.waiting import Waiting

#: Most characters of a question, as many as `/ask` takes.
QUESTION_LIMIT = 1_000
#: How many entries that come near are shown to the mentors.
TRIED = 3
#: Discord waits three seconds for a form; so long it may take to find out what it begins with.
PATIENCE = 1.5


class AskMentorButton(Persistent[Button], template=rf"wm:mentor-ask:{NUMBER}"):
    """Opens the form for the mentors. `number`: that of the recorded question."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(Button(custom_id=f"wm:mentor-ask:{number}", label="Ask a mentor"))

    async def used(self, interaction: Interaction) -> None:
        """Opens it, with the question in it for whoever asked it; tells what else helps where nobody can be asked."""
        if interaction.guild_id is None:
            raise WaymarkError("Mentors are found in a server only. Ask there with `/ask`, and press this below it.")
        await mentors_channel(interaction.client, interaction.guild_id)
        question, step = await _beginning(interaction, self.number)
        form = AskMentorForm(self.number).showing(question.text or "" if question else "", step)
        await interaction.response.send_modal(form)


async def _beginning(interaction: Interaction, number: int) -> tuple[StoredQuestion | None, str | None]:
    """The member's own question and the step they are at, as far as they can be found in time."""
    try:
        async with asyncio.timeout(PATIENCE):
            question = await _own(interaction, number)
            return question, await current_step(interaction.client, interaction.user.id)
    except TimeoutError:
        return None, None


async def _own(interaction: Interaction, number: int) -> StoredQuestion | None:
    """The recorded question, if it is the member's: what others asked is not for them to read."""
    question = await interaction.client.store.questions.get(number)
    return question if question is not None and question.member == interaction.user.id else None


async def current_step(client: WaymarkBot, member: int) -> str | None:
    """Where the member is on the path that they went on with last; None when they have none."""
    for stored in await client.store.member_paths.of(member):
        try:
            path = await find(client, member, stored.guide)
        except WaymarkError:
            continue
        if path is not None:
            card = card_of(path.plan, path.progress, path.today)
            return f"{card.heading}: {card.standing.step.title}"
    return None


class AskMentorForm(Form):
    """The form for the mentors."""

    template = re.compile(rf"wm:mentor-ask-form:{NUMBER}")

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(title="Ask a mentor", custom_id=f"wm:mentor-ask-form:{number}")

    def showing(self, question: str, step: str | None) -> "AskMentorForm":
        """The form with its inputs, beginning with the question; the step can be shown where there is one."""
        text = text_input("question", long=True, default=question[:QUESTION_LIMIT], most=QUESTION_LIMIT)
        self.add_item(label("Your question", text))
        self.add_item(
            label("Stay anonymous", ui.Checkbox(custom_id="anonymous"), "Mentors do not see your name; I bring replies")
        )
        if step:
            self.add_item(label("Show my current step", ui.Checkbox(custom_id="step"), step[:100]))
        return self

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Puts the question to the mentors, and tells when to expect an answer."""
        async with in_time(interaction, private=True):
            view = await _ask(interaction, self.number, values)
        await reply(interaction, view, private=True)


async def _ask(interaction: Interaction, number: int, values: Filled) -> ui.LayoutView:
    client, member, server = interaction.client, interaction.user.id, interaction.guild_id
    text, is_anonymous = values.text("question").strip(), bool(values.text("anonymous"))
    if server is None or not quoted(text):
        raise WaymarkError("There was nothing to read in it, so nothing was sent. Press the button again and write.")
    channel = await mentors_channel(client, server)
    if is_anonymous:
        await _check_reachable(interaction, text)
    # Before it is asked: it has not waited yet.
    waiting = await client.store.mentoring.waiting_times(server)
    question = await client.store.questions.get(number)
    request = await client.store.mentoring.ask(
        server=server, channel=interaction.channel_id or 0, asker=member, text=text, anonymous=is_anonymous,
        question=number if question else None, tried=await _tried(client, server, text),
        step=await current_step(client, member) if values.text("step") else None,
    )  # fmt: skip
    if request.card is not None or request.state != "open":
        return _known_view(request, waiting)
    await _post(client, request, channel)
    return _asked_view(request, waiting)


async def _tried(client: WaymarkBot, server: int, text: str) -> list[Tried]:
    """What comes nearest in the guide, best first."""
    coach = await client.coaches.of(server)
    answer = await client.coaches.work(lambda: coach.ask(text))
    return [Tried(match.entry.id, match.confidence) for match in (*answer.matches, *answer.others)][:TRIED]


async def _check_reachable(interaction: Interaction, text: str) -> None:
    """Raises `WaymarkError` when replies could reach the member only where others see who asked."""
    try:
        await interaction.user.send(
            view=notice("When a mentor replies to what you asked without your name, I bring it to you here.", ANSWER)
        )
    except discord.Forbidden:
        raise WaymarkError(
            "Your direct messages are closed to me, so a reply could only reach you where others see that it was you. "
            "Nothing was sent: open them in this server's privacy settings and try again, or ask with your name.\n"
            f"{passed_on(text)}"
        ) from None


async def _post(client: WaymarkBot, request: MentorRequest, channel: discord.TextChannel | discord.Thread) -> None:
    view = request_card(await client.coaches.of(request.server), request)
    try:
        message = await channel.send(view=view, nonce=f"m{request.number}")
    except discord.HTTPException:
        raise WaymarkError(
            "I could not bring your question to the mentors' channel just now. It is kept: press the button once more "
            "in a while, and tell a moderator if that stays so."
        ) from None
    await client.store.mentoring.posted(request.number, channel.id, message.id)


def _asked_view(request: MentorRequest, waiting: Waiting | None) -> ui.LayoutView:
    who = (
        "They do not see your name. Whoever read your question in a channel may still guess."
        if request.anonymous
        else "They see that it is from you."
    )
    how = "I tell you by direct message who takes it, and bring you the reply there. Go on with anything meanwhile."
    text = lines(heading("The mentors have your question"), f"{who} {waiting_text(waiting)}", small(how))
    return layout(ANSWER, text, asker_buttons(request.number))


def _known_view(request: MentorRequest, waiting: Waiting | None) -> ui.LayoutView:
    match request.state:
        case "open":
            text = f"The mentors have this question from you already. {waiting_text(waiting)}"
        case "claimed":
            text = f"The mentors have this question from you already, and <@{request.claimed_by}> has taken it."
        case _:
            text = "The mentors had this question from you before, and it is settled. To ask anew, use `/ask`."
            return notice(text)
    return layout(ANSWER, text, asker_buttons(request.number))


def waiting_text(waiting: Waiting | None) -> str:
    """How long one waits, as honestly as it is known."""
    if waiting is None:
        return "Not enough questions were answered yet to tell how long it takes."
    last = waiting.answered + waiting.unanswered
    if waiting.median is None:
        return f"How long it takes I cannot tell: of the last {last}, {waiting.unanswered} wait still."
    return f"Usually a mentor answers within {span_text(waiting.median)}; half of the last {last} waited no longer."


def span_text(span: dt.timedelta) -> str:
    """A span in whole minutes, hours or days, rounded up."""
    minutes = max(1, math.ceil(span.total_seconds() / 60))
    hours, days = math.ceil(minutes / 60), math.ceil(minutes / 60 / 24)
    number, name = (minutes, "minute") if minutes < 60 else (hours, "hour") if hours < 48 else (days, "day")
    return f"{number} {name}{'s' if number > 1 else ''}"
