"""The card of a step and all that leads from it and back: where the member is, what to do now, what moves them on.

Each move is saved before it is shown, and each button names the step that it was made for: one that comes twice, or
from an older card, moves nothing and shows where the member stands.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import discord
from discord import ButtonStyle, ui

from bot.coaching.card import Card, card_of, overview
from bot.coaching.progress import NOTES_LIMIT, Progress, StepState
from bot.front.check_in_form import CheckInButton
from bot.front.client import Interaction
from bot.front.items import Button, Select
from bot.front.layout import ANSWER, CHOICE_LIMIT, OFFER, Item, Shown, heading, layout
from bot.front.member_path import GUIDE, STEP, MemberPath, Move, begun, guide_of, walk
from bot.front.path_overview import AnswersButton, DetailButton, OverviewTextButton, overview_texts
from bot.front.path_pictures import path_picture
from bot.front.path_reply import OnPath
from bot.front.path_sharing import SharePathButton
from bot.front.path_viewers import ViewersButton
from bot.front.step_notes import AddNoteButton
from bot.front.step_questions import AskStepButton, QuestionMenu, entries_at
from bot.front.step_text import aim, facts, fine_print, head, notes, to_do
from bot.front.text import shorten
from bot.knowledge.path_models import ChecklistItem

_VERSION = r"(?P<version>[0-9]{1,18})"


def card_view(path: MemberPath, told: str = "", *, undo: bool = False) -> ui.LayoutView:
    """The card of the step that the member is at. `told`: what has just become of it; `undo`: whether to offer to take
    that back.
    """
    card = card_of(path.plan, path.progress, path.today)
    key, step, written = path.key, card.standing.step, card.standing.record.notes
    entries = entries_at(path.knowledge, step)
    return layout(
        ANSWER,
        head(path, card, told),
        aim(card),
        ui.Separator(),
        to_do(card),
        TickMenu(key, step.id, card.standing.items),
        _ending_row(path, card, undo=undo),
        [
            StepButton("back", key, step.id, disabled=card.is_first),
            StepButton("next", key, step.id, disabled=card.is_last),
            OverviewButton(key),
        ],
        ui.Separator(),
        facts(path, card),
        notes(card),
        fine_print(card),
        [QuestionMenu(key, step.id, entries)] if entries else [],
        [RemoveNoteMenu(key, step.id, written)] if written else [],
        [AskStepButton(key, step.id), AddNoteButton(key, step.id, disabled=len(written) >= NOTES_LIMIT)],
        [AnswersButton(key), StartOverButton(key)],
    )


def _ending_row(path: MemberPath, card: Card, *, undo: bool) -> list[Item]:
    """What ends the step, what opens it again, and what takes the last move back."""
    state, key, step = card.standing.record.state, path.key, card.standing.step.id
    row: list[Item] = [
        StepButton("done", key, step, disabled=state is StepState.DONE),
        StepButton("skip", key, step, disabled=state in (StepState.DONE, StepState.SKIPPED)),
        StepButton("not-for-me", key, step, disabled=state in (StepState.DONE, StepState.NOT_FOR_ME)),
    ]
    if state is not StepState.OPEN:
        row.append(StepButton("reopen", key, step))
    if undo:
        row.append(UndoButton(key, path.progress.version))
    return row


async def overview_shown(
    interaction: Interaction, path: MemberPath, told: str = "", *, undo: bool = False, typed: str = ""
) -> Shown:
    """The whole path with its picture, and ways into it. `told` and `undo` as on a card.

    `typed`: a date that could not be read, with which the form can be opened again.
    """
    picture = await path_picture(interaction, path)
    card = card_of(path.plan, path.progress, path.today)
    number, state = card.standing.step.number, card.standing.record.state
    on = "Go on with" if state in (StepState.OPEN, StepState.SKIPPED) else "Back to"
    row: list[Item] = [OpenCardButton(path.key, f"{on} step {number}" if card.percent or number > 1 else "Start")]
    if picture is not None:
        row.append(OverviewTextButton(path.key))
    if undo:
        row.append(UndoButton(path.key, path.progress.version))
    first, *others = overview_texts(path, told)
    view = layout(
        ANSWER,
        first,
        [AnswersButton(path.key, typed, "Open the form again")] if typed else [],
        *others,
        picture.block() if picture else "",
        GoToMenu(path.key, path),
        row,
        [DetailButton("varies", path.key), DetailButton("estimates", path.key), AnswersButton(path.key)],
        [CheckInButton(path.key), SharePathButton(path.key), ViewersButton(path.key)],
    )
    return Shown(view, [picture] if picture else [])


async def card_shown(interaction: Interaction, key: str, move: Move, told: Callable[[MemberPath], str]) -> Shown:
    """The card after a move of the member on the path of the guide that a custom id names, with what is told of it."""
    path = await _walked(interaction, key, move)
    return Shown(card_view(path, told(path)))


async def _walked(interaction: Interaction, key: str, move: Move) -> MemberPath:
    client = interaction.client
    return await walk(client, interaction.user.id, guide_of(client, key), move)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A move at a step: its label, how it goes, and what it makes of the step (None: nothing), in words as well."""

    label: str
    go: Callable[[MemberPath, str], Progress]
    state: StepState | None = None
    told: str = ""


_KINDS = {
    "done": _Kind(
        "Done", lambda path, step: path.progress.done(path.plan, step, path.today), StepState.DONE, "is done."
    ),
    "skip": _Kind(
        "Skip", lambda path, step: path.progress.skip(path.plan, step), StepState.SKIPPED, "is left for later."
    ),
    "not-for-me": _Kind(
        "Not for me",
        lambda path, step: path.progress.not_for_me(path.plan, step),
        StepState.NOT_FOR_ME,
        "does not count for you any more.",
    ),
    "reopen": _Kind(
        "Open again", lambda path, step: path.progress.reopen(path.plan, step), StepState.OPEN, "is open again."
    ),
    "back": _Kind("Back", lambda path, step: path.progress.back(path.plan, step)),
    "next": _Kind("Next", lambda path, step: path.progress.next(path.plan, step)),
}


class StepButton(OnPath[Button], template=rf"wm:step:(?P<kind>{'|'.join(_KINDS)}):{GUIDE}:{STEP}"):
    """Ends a step, opens it again, or goes on to the one beside it."""

    def __init__(self, kind: str, guide: str, step: str, *, disabled: bool = False) -> None:
        self.kind, self.guide, self.step = _KINDS[kind], guide, step
        style = ButtonStyle.success if kind == "done" else ButtonStyle.secondary
        super().__init__(
            Button(custom_id=f"wm:step:{kind}:{guide}:{step}", label=self.kind.label, style=style, disabled=disabled)
        )

    async def shown(self, interaction: Interaction) -> Shown:
        """Where the member stands after it."""
        path = await _walked(interaction, self.guide, lambda found: self.kind.go(found, self.step))
        return Shown(card_view(path, self._told(path), undo=self._can_be_undone(path)))

    def _told(self, path: MemberPath) -> str:
        step = path.plan.step(self.step)
        if step is None:
            return "That step is not on your path any more, so nothing was changed."
        if self.kind.state is None:
            return ""
        if path.progress.record(step.id).state is self.kind.state:
            return f"**Step {step.number}, “{step.title}”, {self.kind.told}**"
        return f"Step {step.number}, “{step.title}”, is done already, so nothing was changed."

    def _can_be_undone(self, path: MemberPath) -> bool:
        """Whether the last move ended or opened this step, also when it was made by the same button before."""
        if self.kind.state is None or not path.progress.earlier:
            return False
        before, now = path.progress.earlier[-1].steps.get(self.step), path.progress.record(self.step)
        return before is not None and before.state is not now.state


class TickMenu(OnPath[Select], template=rf"wm:ticks:{GUIDE}:{STEP}"):
    """Ticks the items of a step's checklist, and takes ticks away."""

    def __init__(self, guide: str, step: str, items: Sequence[tuple[ChecklistItem, bool]] = ()) -> None:
        self.guide, self.step = guide, step
        options = [discord.SelectOption(label=item.text, value=item.id, default=is_ticked) for item, is_ticked in items]
        super().__init__(
            Select(
                custom_id=f"wm:ticks:{guide}:{step}",
                placeholder="Tick what you have done",
                options=options,
                min_values=0,
                max_values=max(len(options), 1),
            )
        )

    async def shown(self, interaction: Interaction) -> Shown:
        """The card, with what was changed against what the menu showed, so that ticks made elsewhere stay."""
        shown, chosen = self._ticked_in(interaction.message), set(self.item.values)

        def move(path: MemberPath) -> Progress:
            ticks = {*path.progress.record(self.step).ticks} | (chosen - shown)
            return path.progress.set_ticks(path.plan, self.step, ticks - (shown - chosen))

        path = await _walked(interaction, self.guide, move)
        return Shown(card_view(path, self._told(path)))

    def _ticked_in(self, message: discord.Message | None) -> set[str]:
        """The items that were ticked in the menu as the message shows it."""
        view = ui.LayoutView.from_message(message) if message is not None else ui.LayoutView()
        menus = [item for item in view.walk_children() if isinstance(item, ui.Select)]
        return {
            option.value
            for menu in menus
            if menu.custom_id == self.custom_id
            for option in menu.options
            if option.default
        }

    def _told(self, path: MemberPath) -> str:
        standing = next(
            (one for one in overview(path.plan, path.progress, path.today) if one.step.id == self.step), None
        )
        if standing is None:
            return "That step is not on your path any more, so nothing was changed."
        if not standing.is_current:
            return f"Your ticks at step {standing.step.number}, “{standing.step.title}”, are saved."
        if standing.record.state is StepState.OPEN and all(is_ticked for _, is_ticked in standing.items):
            return "All is ticked. Is the step done? Then press **Done**."
        return ""


class RemoveNoteMenu(OnPath[Select], template=rf"wm:remove-note:{GUIDE}:{STEP}"):
    """Removes one of the member's notes."""

    def __init__(self, guide: str, step: str, written: Iterable[str] = ()) -> None:
        self.guide, self.step = guide, step
        options = [
            discord.SelectOption(label=shorten(" ".join(note.split()), CHOICE_LIMIT), value=_digest(note))
            for note in written
        ]
        super().__init__(
            Select(custom_id=f"wm:remove-note:{guide}:{step}", placeholder="Remove a note", options=options)
        )

    async def shown(self, interaction: Interaction) -> Shown:
        """The card without it."""

        def move(path: MemberPath) -> Progress:
            notes = path.progress.record(self.step).notes
            note = next((note for note in notes if _digest(note) == self.item.values[0]), "")
            return path.progress.remove_note(path.plan, self.step, note)

        path = await _walked(interaction, self.guide, move)
        earlier, now = path.progress.earlier, path.progress.record(self.step)
        before = earlier[-1].steps.get(self.step) if earlier else None
        return Shown(card_view(path, "The note is removed.", undo=before is not None and before.notes != now.notes))


def _digest(note: str) -> str:
    return hashlib.blake2b(note.encode(errors="replace"), digest_size=8).hexdigest()


class UndoButton(OnPath[Button], template=rf"wm:path-undo:{GUIDE}:{_VERSION}"):
    """Takes back the move that led to that version, as long as there was no other since."""

    def __init__(self, guide: str, version: int | str) -> None:
        self.guide, self.version = guide, int(version)
        super().__init__(Button(custom_id=f"wm:path-undo:{guide}:{version}", label="Undo"))

    async def shown(self, interaction: Interaction) -> Shown:
        """The card as it was before."""
        path = await _walked(interaction, self.guide, lambda found: found.progress.undo(self.version))
        told = "That is undone." if path.moved else "Nothing was undone now: this is how your path stands."
        return Shown(card_view(path, told))


class OpenCardButton(OnPath[Button], template=rf"wm:path-card:{GUIDE}"):
    """Opens the card of the step that the member is at."""

    def __init__(self, guide: str, text: str = "") -> None:
        self.guide = guide
        super().__init__(Button(custom_id=f"wm:path-card:{guide}", label=text or None, style=ButtonStyle.primary))

    async def shown(self, interaction: Interaction) -> Shown:
        """It."""
        return Shown(card_view(await begun(interaction.client, interaction.user.id, self.guide)))


class OverviewButton(OnPath[Button], template=rf"wm:path-overview:{GUIDE}"):
    """Opens the whole path."""

    def __init__(self, guide: str) -> None:
        self.guide = guide
        super().__init__(Button(custom_id=f"wm:path-overview:{guide}", label="Overview"))

    async def shown(self, interaction: Interaction) -> Shown:
        """It."""
        return await overview_shown(interaction, await begun(interaction.client, interaction.user.id, self.guide))


class GoToMenu(OnPath[Select], template=rf"wm:path-goto:{GUIDE}"):
    """Goes to a step of the path."""

    def __init__(self, guide: str, path: MemberPath | None = None) -> None:
        self.guide = guide
        steps = path.plan.steps if path else ()
        options = [
            discord.SelectOption(label=shorten(f"{step.number}. {step.title}", CHOICE_LIMIT), value=step.id)
            for step in steps
        ]
        super().__init__(Select(custom_id=f"wm:path-goto:{guide}", placeholder="Go to", options=options))

    async def shown(self, interaction: Interaction) -> Shown:
        """Its card."""
        path = await _walked(
            interaction, self.guide, lambda found: found.progress.go_to(found.plan, self.item.values[0])
        )
        is_there = path.plan.step(self.item.values[0]) is not None
        return Shown(card_view(path, "" if is_there else "That step is not on your path any more."))


class StartOverButton(OnPath[Button], template=rf"wm:start-over:{GUIDE}"):
    """Asks whether to begin again."""

    def __init__(self, guide: str) -> None:
        self.guide = guide
        super().__init__(Button(custom_id=f"wm:start-over:{guide}", label="Start over"))

    async def shown(self, interaction: Interaction) -> Shown:
        """The question."""
        path = await begun(interaction.client, interaction.user.id, self.guide)
        text = (
            f"{heading('Start over?')}\nEvery tick, note and finished step of “{path.plan.title}” goes, and your time "
            "counts from today. Your answers stay. You can undo it right afterwards."
        )
        yes = BeginAgainButton(self.guide, path.progress.version)
        return Shown(layout(OFFER, text, [yes, OpenCardButton(self.guide, "Keep my path")]))


class BeginAgainButton(OnPath[Button], template=rf"wm:begin-again:{GUIDE}:{_VERSION}"):
    """Begins again, if the path is still as it was when the member was asked."""

    def __init__(self, guide: str, version: int | str) -> None:
        self.guide, self.version = guide, int(version)
        super().__init__(
            Button(custom_id=f"wm:begin-again:{guide}:{version}", label="Yes, start over", style=ButtonStyle.danger)
        )

    async def shown(self, interaction: Interaction) -> Shown:
        """The first step."""

        def move(path: MemberPath) -> Progress:
            as_asked = path.progress.version == self.version
            return path.progress.start_over(path.plan, path.today) if as_asked else path.progress

        path = await _walked(interaction, self.guide, move)
        # So it is after a second click as well, which finds another version.
        if path.progress.start_over(path.plan, path.today) is path.progress:
            return Shown(card_view(path, "You are at the beginning again.", undo=bool(path.progress.earlier)))
        return Shown(card_view(path, "Your path has changed since I asked, so it was not started over."))
