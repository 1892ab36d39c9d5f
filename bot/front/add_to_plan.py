"""What joins answers and paths: the step that an answer belongs to, and the button that adds it to one's own path."""

from collections.abc import Iterable, Iterator, Sequence

from bot.coaching.planning import path_of
from bot.coaching.progress import Progress
from bot.front.become_form import ENTRIES, open_form
from bot.front.client import Interaction, WaymarkBot
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, notice, small
from bot.front.member_path import GUIDE, MemberPath, find, guide_of, guides_with_path, soon, walk
from bot.front.reply import reply
from bot.knowledge.knowledge import Knowledge, key_of
from bot.knowledge.models import Entry
from bot.knowledge.path_models import PathStep


def step_lines(knowledge: Knowledge, entries: Iterable[Entry]) -> str:
    """A small line that names the steps to which the entries belong; empty where they belong to none."""
    titles = dict.fromkeys(step.title for _, _, step in _steps(knowledge, entries))
    names = ", ".join(f"“{title}”" for title in titles)
    return small(f"For the step{'s' if len(titles) > 1 else ''} {names} of `/become`") if names else ""


def add_button(knowledge: Knowledge, entries: Sequence[Entry]) -> "list[AddToPlanButton]":
    """The button that adds the entries to the member's path; none where they belong to no step of one."""
    found = list(_steps(knowledge, entries))
    if not found:
        return []
    guide = found[0][0]
    keys = ".".join(key_of(entry.id) for of_guide, entry, _ in found if of_guide == guide)
    return [AddToPlanButton(key_of(guide), keys)]


def with_entries(path: MemberPath, entries: Iterable[Entry]) -> Progress:
    """The progress with each entry's question as a note on the step of the path that it belongs to.

    Raises `WaymarkError` when the step has no room for another note.
    """
    progress = path.progress
    for entry in entries:
        step = path.plan.step_of(entry.id)
        if step is not None:
            progress = progress.add_note(path.plan, step.id, entry.question)
    return progress


def entries_of(client: WaymarkBot, keys: Iterable[str]) -> list[Entry]:
    """The entries of the guides by their keys; those that are gone are left out."""
    return [entry for key in keys if (entry := client.coaches.base.knowledge.entry_by_key(key))]


def _steps(knowledge: Knowledge, entries: Iterable[Entry]) -> Iterator[tuple[str, Entry, PathStep]]:
    """For each entry that belongs to a step: the first guide on whose path that is, the entry, and the step."""
    paths = [(guide.guide, path) for guide in guides_with_path(knowledge) if (path := path_of(knowledge, guide.guide))]
    for entry in entries:
        found = next(((guide, step) for guide, path in paths if (step := path.step_of(entry.id))), None)
        if found is not None:
            yield found[0], entry, found[1]


class AddToPlanButton(Persistent[Button], template=rf"wm:plan-add:{GUIDE}:{ENTRIES}"):
    """Notes the questions of an answer on the step that they belong to; opens the form for who has no path yet."""

    def __init__(self, guide: str, entries: str) -> None:
        self.guide, self.entries = guide, entries
        super().__init__(Button(custom_id=f"wm:plan-add:{guide}:{entries}", label="Add to my plan"))

    async def used(self, interaction: Interaction) -> None:
        """Adds them to the path of whoever pressed it, and tells where they are."""
        client, member = interaction.client, interaction.user.id
        guide = guide_of(client, self.guide)
        if await soon(find(client, member, guide)) is None:
            await open_form(interaction, guide, entries=self.entries)
            return
        entries = entries_of(client, self.entries.split("."))
        path = await walk(client, member, guide, lambda path: with_entries(path, entries))
        told = f"{added_text(path, entries)} `/become` shows your path."
        await reply(interaction, notice(told, ANSWER), private=True)


def added_text(path: MemberPath, entries: Iterable[Entry]) -> str:
    """Where on the path the entries stand now; `path` is as it was after they were added."""
    steps = {step.id: step for entry in entries if (step := path.plan.step_of(entry.id))}
    if not steps:
        return "Your path leaves that step out, so there was nothing to add it to."
    names = ", ".join(f"“{step.title}” (step {step.number})" for step in steps.values())
    begin = "Added to your plan as a note:" if path.moved else "On your plan already:"
    return f"{begin} {names}."
