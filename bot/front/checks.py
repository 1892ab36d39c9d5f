"""The way through the checks of skills and of readiness: what is asked, what came out, and what leads from one on."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import discord
from discord import ui

from bot.coaching.skills import Ratings
from bot.front.carried import CODE, Carried, Checked, carried_in, checked_guide
from bot.front.client import Interaction, WaymarkBot
from bot.front.forms import Filled
from bot.front.items import Button, Select
from bot.front.layout import (
    ANSWER,
    CHOICE_LIMIT,
    OPTIONS_LIMIT,
    Block,
    Item,
    Shown,
    heading,
    layout,
    lines,
    small,
)
from bot.front.next_moves import mention
from bot.front.path_reply import OnPath, show
from bot.front.readiness_form import AnswerButton, ReadinessForm
from bot.front.readiness_result import readiness_blocks
from bot.front.saved_results import KEPT, CompareButton, OverTimeButton, SaveButton, day, saved_scores, saved_skills
from bot.front.skills_form import RateButton, SkillsForm
from bot.front.skills_result import skills_blocks
from bot.front.text import shorten
from bot.knowledge.knowledge import key_of
from bot.store.results import Kind

#: Said as long as nothing is saved.
UNSAVED = "Nothing of this is saved; it stays in this message alone, which only you see."
_ROW = 5
_PAGES = r"(?P<page>target|skills|ready|rate-skills|rate-ready)"


async def skills_start(client: WaymarkBot, member: int, checked: Checked) -> Shown:
    """The levels to choose from, and what was saved last."""
    saved = await saved_skills(client, member, checked.guide.guide)
    carried, told, onward = Carried(checked, checked.readiness_level), "", []
    if saved:
        last = saved[-1]
        level = checked.ladder.level(last.values.level) or carried.level
        again = Carried(checked, level, last.values.ratings)
        told = f"You saved your ratings on {day(last.at)}, for {level.title}."
        onward = [PageButton("skills", again.code, "Go on from my last ratings")] if again.has_ratings else []
    return _target(carried, told, onward)


async def ready_start(client: WaymarkBot, member: int, checked: Checked) -> Shown:
    """What readiness asks for, with the ratings that were saved last."""
    saved = await saved_skills(client, member, checked.guide.guide)
    carried = Carried(checked, checked.readiness_level, saved[-1].values.ratings if saved else Ratings())
    told = f"For the part about skills I take your ratings of {day(saved[-1].at)}." if carried.has_ratings else ""
    return await _ready_begin(client, member, carried, told)


async def target_page(_: WaymarkBot, __: int, carried: Carried) -> Shown:
    """The levels to choose from."""
    return _target(carried, "Your ratings stay as they are." if carried.has_ratings else "", [])


def rating_view(carried: Carried, aim: str) -> ui.LayoutView:
    """The forms for the skills, what is rated already, and which comes next."""
    groups = carried.checked.skills.groups
    following = next((at for at, group in enumerate(groups) if not carried.is_rated(group)), None)
    status = [f"{'✓' if carried.is_rated(group) else '☐'} {group.title}" for group in groups]
    forms: list[Item] = []
    for at, group in enumerate(groups):
        text = f"{'Change' if carried.is_rated(group) else 'Rate'}: {group.title}"
        forms.append(RateButton(aim, str(at), carried.code, text, is_next=at == following))
    lowest, *others = carried.checked.skills.ratings
    scale = ", ".join(f"**{rating.name}** ({rating.meaning})" for rating in others)
    text = f"Tick each skill once: {scale}. One without a tick counts as “{lowest.name}”."
    to = "readiness" if aim == "ready" else carried.level.title
    if following is not None:
        next_one = f"**Form {following + 1} of {len(groups)} comes next: {groups[following].title}.**"
    else:
        next_one = "All forms are filled in."
    onward: list[Item] = []
    if aim == "ready":
        onward.append(PageButton("ready", carried.code, "Go on" if carried.has_ratings else "Leave skills out"))
    else:
        if carried.has_ratings:
            onward.append(PageButton("skills", carried.code, "Show the result"))
        onward.append(PageButton("target", carried.code, "Change target"))
    head = lines(heading(f"Rate your skills: {to}"), text)
    return layout(ANSWER, head, lines(*status, next_one), *_rows(forms), onward, small(UNSAVED))


async def skills_page(client: WaymarkBot, member: int, carried: Carried) -> Shown:
    """What the ratings come to; the forms where nothing was rated."""
    if not carried.has_ratings:
        return Shown(rating_view(carried, "skills"))
    saved = await saved_skills(client, member, carried.checked.guide.guide)
    return Shown(skills_view(carried, mention(client, "become"), has_saved=bool(saved)))


def skills_view(carried: Carried, become: str, *, has_saved: bool) -> ui.LayoutView:
    """The result of the ratings. `become`: how to press that command; `has_saved`: whether there is any to compare."""
    code, blocks = carried.code, skills_blocks(carried)
    buttons: list[Item] = [SaveButton("skills", code)]
    if has_saved:
        buttons.append(CompareButton(code))
    buttons += [
        PageButton("target", code, "Change target"),
        PageButton("rate-skills", code, "Change my ratings"),
        PageButton("ready", code, "How ready am I?"),
    ]
    return layout(ANSWER, *blocks, _steps(become, blocks), buttons, small(_keeping("skills")))


async def ready_page(client: WaymarkBot, member: int, carried: Carried) -> Shown:
    """How ready the answers show the member to be; what is asked for where nothing was answered."""
    if not carried.answers:
        return await _ready_begin(client, member, carried, "")
    saved = await saved_scores(client, member, carried.checked.guide.guide)
    return Shown(ready_view(carried, mention(client, "become"), has_saved=bool(saved)))


def ready_view(carried: Carried, become: str, *, has_saved: bool) -> ui.LayoutView:
    """The result of the answers; the rest as for skills."""
    code, blocks = carried.code, readiness_blocks(carried)
    buttons: list[Item] = [SaveButton("readiness", code)]
    if has_saved:
        buttons.append(OverTimeButton(key_of(carried.checked.guide.guide)))
    rate = "Change my ratings" if carried.has_ratings else "Rate my skills"
    buttons += [AnswerButton(code, "Change my answers"), PageButton("rate-ready", code, rate)]
    return layout(ANSWER, *blocks, _steps(become, blocks), buttons, small(_keeping("readiness")))


def _target(carried: Carried, told: str, onward: Sequence[Item]) -> Shown:
    text = (
        "Choose the level you want to reach. Then you rate your skills, in a short form for each kind, and see which "
        "gaps matter most for it."
    )
    head = lines(heading("Your skills, and where you want to go"), text, told)
    return Shown(layout(ANSWER, head, TargetMenu(carried.code, carried.checked), onward, small(UNSAVED)))


async def _ready_begin(client: WaymarkBot, member: int, carried: Carried, told: str) -> Shown:
    checked, code = carried.checked, carried.code
    form, guide = checked.skills.readiness, checked.guide.guide
    parts = ", ".join([form.skills.name, *(part.name for part in form.parts)])
    text = (
        f"How ready are you to apply as {checked.readiness_level.title}? It is looked at in {len(form.parts) + 1} "
        f"parts: {parts}. One form asks for all but the skills; leave out what you do not want to tell."
    )
    if not carried.has_ratings:
        told = "The part about skills comes from how you rate them. Rate them first, or see the other parts alone."
    rate = "Change my ratings" if carried.has_ratings else "Rate my skills first"
    saved = await saved_scores(client, member, guide)
    buttons: list[Item] = [
        AnswerButton(code, "Answer the questions", is_next=True),
        PageButton("rate-ready", code, rate),
    ]
    if saved:
        buttons.append(OverTimeButton(key_of(guide)))
    head = lines(heading("How ready are you?"), text, told)
    return Shown(layout(ANSWER, head, buttons, small(lines(form.note, UNSAVED))))


def _steps(become: str, blocks: Sequence[Block]) -> str:
    """What the buttons to steps do, where there are any."""
    if not any(isinstance(block, list) and block for block in blocks):
        return ""
    return small(f"Each “Step” button opens that step of your path, as {become} does.")


def _keeping(kind: Kind) -> str:
    return (
        f"{UNSAVED} “Save this” keeps {KEPT[kind]}, for you alone, until you let it go there or with `/privacy forget`."
    )


def _rows(items: Sequence[Item]) -> list[Block]:
    return [items[at : at + _ROW] for at in range(0, len(items), _ROW)]


Page = Callable[[WaymarkBot, int, Carried], Awaitable[Shown]]


async def _rate_skills(_: WaymarkBot, __: int, carried: Carried) -> Shown:
    return Shown(rating_view(carried, "skills"))


async def _rate_ready(_: WaymarkBot, __: int, carried: Carried) -> Shown:
    return Shown(rating_view(carried, "ready"))


#: The pages of the checks, by what custom ids call them.
PAGES: dict[str, Page] = {
    "target": target_page, "skills": skills_page, "ready": ready_page,
    "rate-skills": _rate_skills, "rate-ready": _rate_ready,
}  # fmt: skip


class PageButton(OnPath[Button], template=rf"wm:check:{_PAGES}:{CODE}"):
    """Goes to another page of the checks."""

    def __init__(self, page: str, code: str, text: str = "") -> None:
        self.page, self.code = page, code
        super().__init__(Button(custom_id=f"wm:check:{page}:{code}", label=text or None))

    async def shown(self, interaction: Interaction) -> Shown:
        """That page."""
        carried = carried_in(interaction.client.coaches.base.knowledge, self.code)
        return await PAGES[self.page](interaction.client, interaction.user.id, carried)


class TargetMenu(OnPath[Select], template=rf"wm:skills-target:{CODE}"):
    """Chooses the level to reach."""

    def __init__(self, code: str, checked: Checked | None = None) -> None:
        self.code = code
        options = [
            discord.SelectOption(label=level.title, value=level.id, description=shorten(level.does, CHOICE_LIMIT))
            for level in (checked.ladder.levels if checked else ())
        ]
        menu: Select = Select(custom_id=f"wm:skills-target:{code}", placeholder="Which level?", options=options)
        super().__init__(menu)

    async def shown(self, interaction: Interaction) -> Shown:
        """The result where skills were rated, else the forms."""
        carried = carried_in(interaction.client.coaches.base.knowledge, self.code)
        level = carried.checked.ladder.level(self.item.values[0]) or carried.level
        return await skills_page(interaction.client, interaction.user.id, replace(carried, level=level))


class SentSkillsForm(SkillsForm):
    """The form for a group of skills, as it comes back."""

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Shows which form comes next, or after the last of them the result."""
        await show(interaction, self._shown(interaction, values))

    async def _shown(self, interaction: Interaction, values: Filled) -> Shown:
        client, member = interaction.client, interaction.user.id
        carried = self.carried(client)
        carried = replace(carried, ratings=self.rated(carried, values))
        if not all(carried.is_rated(group) for group in carried.checked.skills.groups):
            return Shown(rating_view(carried, self.aim))
        return await (ready_page if self.aim == "ready" else skills_page)(client, member, carried)


class SentReadinessForm(ReadinessForm):
    """The form of readiness, as it comes back."""

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Shows the result."""
        await show(interaction, self._shown(interaction, values))

    async def _shown(self, interaction: Interaction, values: Filled) -> Shown:
        carried = carried_in(interaction.client.coaches.base.knowledge, self.code)
        carried = replace(carried, answers=self.answers(carried, values))
        return await ready_page(interaction.client, interaction.user.id, carried)


class CheckedMenu(OnPath[Select], template=r"wm:checked:(?P<check>skills|readiness)"):
    """Chooses one of several careers to be checked for."""

    def __init__(self, check: str, guides: Sequence[Checked] = ()) -> None:
        self.check = check
        options = [
            discord.SelectOption(label=shorten(checked.guide.title, CHOICE_LIMIT), value=key_of(checked.guide.guide))
            for checked in guides[:OPTIONS_LIMIT]
        ]
        super().__init__(Select(custom_id=f"wm:checked:{check}", placeholder="Which career?", options=options))

    async def shown(self, interaction: Interaction) -> Shown:
        """Its first page."""
        checked = checked_guide(interaction.client.coaches.base.knowledge, self.item.values[0])
        return await first_page(interaction.client, interaction.user.id, self.check, [checked])


async def first_page(client: WaymarkBot, member: int, check: str, guides: Sequence[Checked]) -> Shown:
    """What a check begins with: the careers, where there are several to choose from."""
    if len(guides) > 1:
        return Shown(layout(ANSWER, heading("Which career?"), CheckedMenu(check, guides)))
    start = skills_start if check == "skills" else ready_start
    return await start(client, member, guides[0])
