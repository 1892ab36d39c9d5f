"""What a member is asked: the message itself, the last one, and what its buttons do.

Whoever made a button knows the step: `Done` of an old message ends no other step, as on the step's own card.
"""

from enum import Enum

import discord
from discord import ButtonStyle, ui

from bot.coaching.card import Card, card_of
from bot.coaching.progress import StepState
from bot.front.ask_mentor import AskMentorButton
from bot.front.check_in_form import MEMBER, CheckInButton, OnCheckIn, StopButton, require_theirs
from bot.front.client import Interaction
from bot.front.items import Button
from bot.front.layout import ANSWER, MISS, OFFER, Block, Item, Shown, heading, layout, lines, small
from bot.front.member_path import GUIDE, STEP, MemberPath, begun, guide_of, walk
from bot.front.path_overview import AnswersButton
from bot.front.path_reply import OnPath
from bot.front.path_viewers import ViewersButton
from bot.front.standing_message import matches_in
from bot.front.step_card import OpenCardButton, TickMenu, UndoButton
from bot.front.step_questions import AskStepButton, QuestionMenu, entries_at
from bot.front.step_text import OPEN
from bot.knowledge.knowledge import key_of
from bot.store.check_ins import CheckIn, DueCheckIn

#: What asks a mentor without a question that was recorded before.
NO_QUESTION = 0
#: How long `Snooze` puts the next one off, in days.
SNOOZE_DAYS = 7


class Farewell(Enum):
    """Why a member is asked for the last time, as they are told."""

    FINISHED = (
        "**You have finished your path: every step that counts for you is done.** Congratulations! This is my last "
        "message about it."
    )
    LEFT = (
        "You have left the server in which you asked me to look in, so this is my last message about it. Your path is "
        "kept, and `/become` opens it here as well."
    )
    GONE = "Your path is not kept any more, so this is my last message about it. All the best on your way!"


def due_view(path: MemberPath, due: DueCheckIn, *, mention: bool = False) -> ui.LayoutView:
    """What a member is asked about the step they are at; `mention`: whether it names them, as it has to in a thread."""
    card = card_of(path.plan, path.progress, path.today)
    step = card.standing.step
    return layout(
        ANSWER,
        lines(
            f"<@{due.member}>" if mention else "",
            heading(f"{card.heading}: {step.title}"),
            "You asked me to look in. How is it going?",
        ),
        _this_week(card),
        small("There is no hurry: your path waits for you, however long a step takes. *Snooze* waits a week longer."),
        [
            DoneButton(path.key, step.id, due.member, disabled=card.standing.record.state is StepState.DONE),
            SnoozeButton(path.key, due.member),
            StuckButton(path.key, step.id, due.member),
            StopButton(path.key, due.member, due.nonce),
        ],
        OpenCardButton(path.key, "Open my step"),
    )


def farewell_view(why: Farewell, due: DueCheckIn, *, mention: bool = False) -> ui.LayoutView:
    """The last message to a member."""
    again = CheckInButton(key_of(due.guide), due.nonce, "Check in on me again")
    return layout(MISS, lines(f"<@{due.member}>" if mention else "", why.value), again)


def first_view(made: CheckIn, *, mention: bool = False) -> ui.LayoutView:
    """What a member gets when they have just asked for it, so that they see where it will come."""
    text = (
        f"This is where I look in and ask how your path goes, every {made.every} at {made.hour:02}:00, for the first "
        f"time on <t:{int(made.next_at.timestamp())}:F>."
    )
    stop = StopButton(key_of(made.guide), made.member)
    return layout(ANSWER, lines(f"<@{made.member}>" if mention else "", heading("Check-ins are on"), text), stop)


def _this_week(card: Card) -> str:
    """What to do now; where there is nothing, what to press."""
    if card.this_week:
        return "\n".join(["**This week**", *(f"{OPEN} {item.text}" for item in card.this_week)])
    if card.standing.record.state is StepState.OPEN:
        return "All of its list is ticked. Is the step done? Then press **Done**."
    return "This step is not open at the moment. **Open my step** leads to what is left."


class DoneButton(OnCheckIn, template=rf"wm:check-in-done:{GUIDE}:{STEP}:{MEMBER}"):
    """Ends the step that the message was about."""

    def __init__(self, guide: str, step: str, member: str | int, *, disabled: bool = False) -> None:
        self.guide, self.step, self.member = guide, step, int(member)
        custom_id = f"wm:check-in-done:{guide}:{step}:{member}"
        super().__init__(Button(custom_id=custom_id, label="Done", style=ButtonStyle.success, disabled=disabled))

    async def shown(self, interaction: Interaction) -> ui.LayoutView:
        """What comes next; without a `Done`, on which a second click would end another step."""
        client = interaction.client
        path = await walk(
            client, self.member, guide_of(client, self.guide),
            lambda found: found.progress.done(found.plan, self.step, found.today),
        )  # fmt: skip
        step, card = path.plan.step(self.step), card_of(path.plan, path.progress, path.today)
        if step is None:
            told = "That step is not on your path any more, so nothing was changed."
        else:
            told = f"**Step {step.number}, “{step.title}”, is done.** Well done!"
        after = "All of your path is done. Congratulations!"
        here = f"You are at {card.heading.lower()}: {card.standing.step.title}."
        row: list[Item] = [OpenCardButton(path.key, "Open my step")]
        if step is not None and path.moved:
            row.append(UndoButton(path.key, path.progress.version))
        row.append(StopButton(path.key, self.member, _nonce_in(interaction.message)))
        return layout(ANSWER, lines(told, after if card.is_finished else here), row)


def _nonce_in(message: discord.Message | None) -> str:
    """The nonce of the message, which has to stay in it: by that it is known to have been sent."""
    return next((found["nonce"] for found in matches_in(message, StopButton.__discord_ui_compiled_template__)), "")


class SnoozeButton(OnCheckIn, template=rf"wm:check-in-snooze:{GUIDE}:{MEMBER}"):
    """Puts the next one off."""

    def __init__(self, guide: str, member: str | int) -> None:
        self.guide, self.member = guide, int(member)
        super().__init__(Button(custom_id=f"wm:check-in-snooze:{guide}:{member}", label="Snooze"))

    async def shown(self, interaction: Interaction) -> ui.LayoutView:
        """When it comes."""
        client = interaction.client
        made = await client.store.check_ins.snooze(self.member, guide_of(client, self.guide), SNOOZE_DAYS)
        if made is None:
            return layout(
                MISS, "I do not ask you at the moment, so there is nothing to snooze.", CheckInButton(self.guide)
            )
        text = f"All right. I look in again on <t:{int(made.next_at.timestamp())}:D>."
        row = [OpenCardButton(self.guide, "Open my step"), StopButton(self.guide, self.member)]
        return layout(ANSWER, text, row)


class StuckButton(OnPath[Button], template=rf"wm:check-in-stuck:{GUIDE}:{STEP}:{MEMBER}"):
    """Offers ways on, below the message."""

    is_below = True

    def __init__(self, guide: str, step: str, member: str | int) -> None:
        self.guide, self.step, self.member = guide, step, int(member)
        super().__init__(Button(custom_id=f"wm:check-in-stuck:{guide}:{step}:{member}", label="Stuck"))

    async def used(self, interaction: Interaction) -> None:
        """Offers them to the member alone."""
        require_theirs(interaction, self.member)
        await super().used(interaction)

    async def shown(self, interaction: Interaction) -> Shown:
        """Them, for the step that the message was about; for the present one when that is gone."""
        client, server = interaction.client, interaction.guild_id
        path = await begun(client, self.member, self.guide)
        has_mentors = server is not None and (await client.store.settings.get(server)).mentors_channel is not None
        return Shown(stuck_view(path, self.step, has_mentors=has_mentors))


def stuck_view(path: MemberPath, step_id: str, *, has_mentors: bool) -> ui.LayoutView:
    """Ways on from a step at which somebody is stuck; `has_mentors`: whether some can be asked right here."""
    card = card_of(path.plan, path.progress, path.today, step_id)
    step = card.standing.step
    waiting = [item for item, is_ticked in card.standing.items if not is_ticked]
    small_step: list[Block] = (
        [
            lines(
                "**Something smaller:** leave the rest of the list, and do just this one. Half an hour of it counts.",
                f"{OPEN} {waiting[0].text}",
            ),
            TickMenu(path.key, step.id, card.standing.items),
        ]
        if waiting
        else []
    )
    entries = entries_at(path.knowledge, step)
    mentors: list[Item] = [AskMentorButton(NO_QUESTION), ViewersButton(path.key)] if has_mentors else []
    return layout(
        OFFER,
        lines(heading("Stuck? That happens to everybody"), f"At step {step.number}, “{step.title}”, you can:"),
        *small_step,
        "**Ask:** your own question, or one that others had here.",
        [QuestionMenu(path.key, step.id, entries)] if entries else [],
        [AskStepButton(path.key, step.id), *mentors],
        "**Take another way:** has something changed, such as your time? Then your path can be planned anew.",
        [AnswersButton(path.key), OpenCardButton(path.key, "Open my step")],
    )
