"""What becomes of the forms of a path once they are sent: a path begun or planned anew, a note on a step."""

from collections.abc import Sequence
from dataclasses import replace

from bot.coaching.planning import path_of, plan_for
from bot.coaching.progress import NOTE_LIMIT, Progress
from bot.coaching.situation import Situation, read_target
from bot.errors import WaymarkError
from bot.front.add_to_plan import added_text, entries_of, with_entries
from bot.front.become_form import PACES, Answers, BecomeForm, hours_shown
from bot.front.client import Interaction
from bot.front.forms import Filled
from bot.front.layout import Shown, lines
from bot.front.member_path import MemberPath, UnreadablePathError, guide_of, today, walk
from bot.front.path_reply import show
from bot.front.step_card import card_shown, overview_shown
from bot.front.step_notes import NoteForm
from bot.front.text import quoted
from bot.knowledge.models import Entry
from bot.knowledge.path_models import PathFile
from bot.store.database import StoreUnavailableError

#: Most characters of a refusal, which repeats a part of what was typed.
_REFUSAL = 300


class SentBecomeForm(BecomeForm):
    """The form of a path, as it comes back: who has no path begins one, who has one gets it planned anew."""

    is_light = True

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Shows the whole path. A date that cannot be read holds nothing else up, and is kept to be mended."""
        answers = self.answers(values)
        try:
            await show(interaction, self._shown(interaction, answers))
        except StoreUnavailableError as error:
            path = path_of(interaction.client.coaches.base.knowledge, guide_of(interaction.client, self.guide))
            raise StoreUnavailableError(f"{error}\n\nYou had put in: {_told(answers, path)}") from None

    async def _shown(self, interaction: Interaction, answers: Answers) -> Shown:
        client, member, refusal = interaction.client, interaction.user.id, ""
        guide, entries = guide_of(client, self.guide), entries_of(client, self.entries)
        situation = Situation(
            guide, answers.starting_point, answers.pace, answers.hours_a_week, today(client), answers.region
        )
        try:
            situation = replace(situation, target=read_target(answers.target, today(client)))
        except WaymarkError as error:
            refusal = f"**Your date is not in your path yet.** {quoted(str(error), _REFUSAL)}"
        is_new = await client.store.member_paths.get(member, guide) is None
        begun = Progress.begun(plan_for(client.coaches.base.knowledge, situation, today(client))).as_json()
        await client.store.member_paths.begin(member, guide, begun)
        try:
            path = await walk(
                client, member, guide, lambda path: _planned_anew(path, situation, entries, keep_target=bool(refusal))
            )
        except UnreadablePathError:
            await client.store.member_paths.replace(member, guide, begun)
            path, is_new = await walk(client, member, guide, lambda path: with_entries(path, entries)), True
        noted = added_text(replace(path, moved=True), entries) if entries else ""
        told = lines(_outcome(path, is_new=is_new), noted, refusal)
        return await overview_shown(
            interaction, path, told, undo=path.moved and not is_new, typed=answers.target if refusal else ""
        )


def _planned_anew(path: MemberPath, situation: Situation, entries: Sequence[Entry], *, keep_target: bool) -> Progress:
    """The progress in the new situation, counted from the same day; what was done is kept."""
    before = path.progress.situation
    target = before.target if keep_target else situation.target
    plan = plan_for(path.knowledge, replace(situation, begun_on=before.begun_on, target=target), path.today)
    return with_entries(replace(path, plan=plan, progress=path.progress.resituated(plan)), entries)


def _outcome(path: MemberPath, *, is_new: bool) -> str:
    if is_new:
        return "This is your path. It is saved, and only you see it; `/become` brings you back to it."
    if path.moved:
        return "Your path is planned anew. What you ticked and noted is kept."
    return "Your answers are as they were, and so is your path."


def _told(answers: Answers, path: PathFile | None) -> str:
    """What was put in, so that nothing has to be thought of again."""
    start = path.starting_point(answers.starting_point) if path else None
    told = [
        start.label if start else "",
        PACES[answers.pace][0],
        hours_shown(answers.hours_a_week),
        answers.region,
        answers.target,
    ]
    return "; ".join(quoted(text) for text in told if text)


class SentNoteForm(NoteForm):
    """The form of a note, as it comes back."""

    is_light = True

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Shows the card with the note; what cannot be saved is given back."""
        note = values.text("note")
        try:
            await show(
                interaction, card_shown(interaction, self.guide, lambda path: self._noted(path, note), self._told)
            )
        except WaymarkError as error:
            raise WaymarkError(f"{error}\n\nYour note: {quoted(note, NOTE_LIMIT)}") from None

    def _noted(self, path: MemberPath, note: str) -> Progress:
        if path.plan.step(self.step) is None:
            raise WaymarkError("That step is not on your path any more, so the note was not saved.")
        return path.progress.add_note(path.plan, self.step, note)

    def _told(self, path: MemberPath) -> str:
        step = path.plan.step(self.step)
        is_here = step is None or path.progress.at(path.plan) == step.id
        return "" if is_here or step is None else f"Your note stands at step {step.number}, “{step.title}”."
