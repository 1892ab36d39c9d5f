"""What becomes of the forms of mentors and askers once they are sent: replies are brought over, reports are posted, and
whenever a moderator learns who asked, it is logged and the asker is told.
"""

import structlog
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.front.forms import Filled
from bot.front.layout import ANSWER, MISS, OFFER, heading, layout, lines, notice, small
from bot.front.mentor_card import asker_buttons, refresh, taken_text
from bot.front.mentor_forms import (
    AskerReplyForm,
    MentorReplyButton,
    MentorReplyForm,
    ReportButton,
    ReportForm,
    UnmaskButton,
    UnmaskForm,
    own_request,
    request_here,
)
from bot.front.mentor_relay import mentors_channel, name_of, named, passed_on, to_asker, to_mentors
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, reply
from bot.front.text import quoted
from bot.store.drafts import REASON_LIMIT
from bot.store.mentor_request import MentorRequest

log = structlog.stdlib.get_logger("waymark.front")


class SentMentorReplyForm(MentorReplyForm):
    """A mentor's reply, brought to the asker."""

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Brings it over; a question that nobody has taken is theirs then."""
        written = _written(values)
        async with in_time(interaction, private=True):
            told = await self._bring(interaction, written)
        await reply(interaction, notice(told, ANSWER), private=True)

    async def _bring(self, interaction: Interaction, written: str) -> str:
        client, mentoring, mentor = interaction.client, interaction.client.store.mentoring, interaction.user.id
        await request_here(interaction, self.number)
        # So that of two mentors who reply at once, one does.
        request = await mentoring.claim(self.number, mentor)
        if request.state == "closed" or request.claimed_by not in (mentor, None):
            await refresh(client, request)
            raise WaymarkError(f"{taken_text(request)} Your reply was not sent:\n{written}")
        way = await to_asker(
            client,
            request,
            lambda lead: _reply_view(request, name_of(interaction), written, lead),
            mark=str(interaction.id),
        )
        if way.is_reached:
            request = await mentoring.answered(self.number, mentor)
        await refresh(client, request)
        return way.value if way.is_reached else f"{way.value} This is what you wrote:\n{written}"


def _reply_view(request: MentorRequest, mentor: str, written: str, lead: str) -> ui.LayoutView:
    title = named(request, "A mentor replies to you")
    buttons = asker_buttons(request.number, has_reply=True)
    return layout(ANSWER, lead, title, written, small(f"from {mentor}"), buttons)


class SentAskerReplyForm(AskerReplyForm):
    """What the asker writes back, brought to the mentors."""

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Brings it to the mentors' channel."""
        written = _written(values)
        async with in_time(interaction, private=True):
            request = await own_request(interaction, self.number)
            if request.state == "closed":
                raise WaymarkError(f"Your question is closed, so I sent nothing. Ask anew with `/ask`.\n{written}")
            view = _written_back_view(request, written)
            try:
                await to_mentors(interaction.client, request, view, mark=str(interaction.id), by_asker=True)
            except WaymarkError as error:
                raise WaymarkError(f"{error} This is what you wrote:\n{written}") from None
        await reply(interaction, notice("The mentors have it. I bring their reply to you.", ANSWER), private=True)


def _written_back_view(request: MentorRequest, written: str) -> ui.LayoutView:
    who = "somebody who stays anonymous" if request.anonymous else f"<@{request.asker}>"
    lead = f"<@{request.claimed_by}>" if request.claimed_by else ""
    title = lines(heading(f"More on question {request.number}"), small(f"from {who}"))
    report = [ReportButton(request.number)] if request.anonymous else []
    return layout(OFFER, lead, title, written, [MentorReplyButton(request.number), *report])


class SentReportForm(ReportForm):
    """A report of what was asked without a name."""

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Posts it below the card, where a moderator can look up who asked."""
        client, reporter = interaction.client, interaction.user.id
        reason = values.text("reason")
        async with in_time(interaction, private=True):
            request = await request_here(interaction, self.number)
            if not request.anonymous:
                raise WaymarkError("This was not asked anonymously: the card names who asked. Tell a moderator.")
            # Before it is kept: what was reported already is not posted again.
            await mentors_channel(client, request.server)
            is_new = await client.store.anonymity.report(self.number, reporter, reason)
            if is_new:
                view = _report_view(request, reporter, reason)
                await to_mentors(client, request, view, mark=str(interaction.id))
        told = (
            "Reported. A moderator can look up who asked; that is logged."
            if is_new
            else "You have reported it already."
        )
        await reply(interaction, notice(told), private=True)


def _report_view(request: MentorRequest, reporter: int, reason: str) -> ui.LayoutView:
    title = lines(heading(f"Question {request.number} was reported"), small(f"by <@{reporter}>"))
    why = f"> {quoted(reason, REASON_LIMIT)}" if reason.strip() else ""
    text = "Moderators can look up who asked. They have to say why, it is logged, and the asker is told."
    return layout(MISS, title, why, text, UnmaskButton(request.number))


class SentUnmaskForm(UnmaskForm):
    """A moderator's reason to learn who asked."""

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Tells the moderator alone, after it was logged; then tells the asker."""
        client, moderator = interaction.client, interaction.user.id
        async with in_time(interaction, private=True):
            server = await require_moderator(interaction)
            request = await request_here(interaction, self.number)
            asker = await client.store.anonymity.unmask(self.number, moderator, values.text("reason"))
            log.warning("who asked anonymously was looked up", request=self.number, moderator=moderator, server=server)
            await to_asker(
                client, request, lambda lead: _unmasked_view(request, lead), mark=str(interaction.id), is_news=True
            )
        await reply(
            interaction,
            notice(f"<@{asker}> asked this. It is logged that you looked, and they are told."),
            private=True,
        )


def _unmasked_view(request: MentorRequest, lead: str) -> ui.LayoutView:
    text = "It was reported, and a moderator has looked up that you asked it. The moderator had to say why."
    return layout(MISS, lead, lines(named(request, "A moderator knows who asked"), text))


def _written(values: Filled) -> str:
    """What was typed, as a quote; raises `WaymarkError` when nothing of it can be seen."""
    written = passed_on(values.text("text"))
    if not written:
        raise WaymarkError("There was nothing to read in it, so I sent nothing. Press the button again and write.")
    return written
