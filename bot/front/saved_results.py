"""The checks that members had saved: saving one, looking at what changed since the last, letting one go."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import discord
import structlog
from pydantic import TypeAdapter

from bot.charts.progress import Course, draw_course
from bot.coaching.readiness import Change, Score, compare, readiness
from bot.coaching.skills import Ratings
from bot.errors import WaymarkError
from bot.front.carried import CODE, Carried, Checked, carried_in, checked_guide
from bot.front.client import Interaction, WaymarkBot
from bot.front.items import Button, Select
from bot.front.layout import ANSWER, CHOICE_LIMIT, OPTIONS_LIMIT, Attached, Block, Item, Shown, heading, layout, small
from bot.front.path_reply import OnPath
from bot.front.skills_result import changed_text
from bot.front.text import shorten
from bot.knowledge.knowledge import key_of
from bot.store.member_rows import State
from bot.store.results import Kind

log = structlog.stdlib.get_logger("waymark.front")

#: What kind of check was saved, in a custom id.
KIND = r"(?P<kind>skills|readiness)"
#: How the file of the picture is called.
COURSE = "readiness-over-time.png"
#: Most saved scores that are shown; older ones are kept all the same.
SHOWN = 20
#: What is saved, and how it goes again.
KEPT: dict[Kind, str] = {
    "skills": "how you rated each skill, the level and the time",
    "readiness": "the level, the score of each part and the time, but not what you answered",
}

_Values = TypeVar("_Values")
_STATE = TypeAdapter(State)


@dataclass(frozen=True, slots=True)
class SavedSkills:
    """Ratings that were saved, and the level that they were for."""

    level: str
    ratings: Ratings


@dataclass(frozen=True, slots=True)
class Saved(Generic[_Values]):
    """A saved check, by its number, with what it holds."""

    number: int
    at: dt.datetime
    values: _Values


async def saved_skills(client: WaymarkBot, member: int, guide: str) -> Sequence[Saved[SavedSkills]]:
    """The member's saved ratings, oldest first, as far as they can be read."""
    found: list[Saved[SavedSkills]] = []
    for result in await client.store.results.of(member, guide, "skills"):
        try:
            skills = SavedSkills(str(result.values.get("level")), Ratings.from_json(result.values.get("ratings")))
        except ValueError:
            log.warning("saved ratings cannot be read", number=result.number)
        else:
            found.append(Saved(result.number, result.at, skills))
    return found


async def saved_scores(client: WaymarkBot, member: int, guide: str) -> Sequence[Saved[Score]]:
    """The member's saved scores, oldest first, as far as they can be read."""
    found: list[Saved[Score]] = []
    for result in await client.store.results.of(member, guide, "readiness"):
        try:
            found.append(Saved(result.number, result.at, Score.from_json(result.values)))
        except ValueError:
            log.warning("a saved score cannot be read", number=result.number)
    return found


def day(at: dt.datetime) -> str:
    """When something was saved, in each reader's own zone and language."""
    return discord.utils.format_dt(at, "D")


class SaveButton(OnPath[Button], template=rf"wm:check-save:{KIND}:{CODE}"):
    """Saves a check for whoever presses it; a second press saves nothing more."""

    is_below = True

    def __init__(self, kind: str, code: str) -> None:
        self.kind, self.code = kind, code
        super().__init__(
            Button(custom_id=f"wm:check-save:{kind}:{code}", label="Save this", style=discord.ButtonStyle.success)
        )

    async def shown(self, interaction: Interaction) -> Shown:
        """What is saved now, and how it goes again."""
        client = interaction.client
        carried = carried_in(client.coaches.base.knowledge, self.code)
        guide, kind = carried.checked.guide.guide, _kind(self.kind)
        saved = await client.store.results.save(interaction.user.id, guide, kind, _values(carried, kind))
        onward: list[Item] = [ForgetButton(str(saved.number))]
        if kind == "readiness":
            onward.insert(0, OverTimeButton(key_of(guide)))
        elif len(await saved_skills(client, interaction.user.id, guide)) > 1:
            # The first one has no last time.
            onward.insert(0, CompareButton(self.code))
        text = (
            f"**Saved**, for you alone: {KEPT[kind]}. It stays until you let it go: here, or with all that I keep on "
            "you by `/privacy forget`."
        )
        return Shown(layout(ANSWER, text, onward))


def _kind(kind: str) -> Kind:
    return "skills" if kind == "skills" else "readiness"


def _values(carried: Carried, kind: Kind) -> State:
    """What is kept of a check."""
    if kind == "skills":
        return {"level": carried.level.id, "ratings": carried.ratings.as_json()}
    return _STATE.validate_python(score_of(carried).as_json())


def score_of(carried: Carried) -> Score:
    """The score of readiness that the ratings and answers come to."""
    checked = carried.checked
    return readiness(checked.skills, checked.ladder, carried.ratings, carried.answers).score


class ForgetButton(OnPath[Button], template=r"wm:check-forget:(?P<number>[0-9]{1,18})"):
    """Lets a saved check go."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(Button(custom_id=f"wm:check-forget:{number}", label="Forget it"))

    async def shown(self, interaction: Interaction) -> Shown:
        """That it is gone."""
        await interaction.client.store.results.drop(interaction.user.id, int(self.number))
        return Shown(layout(ANSWER, "**Forgotten.** What was saved there is gone."))


class ForgetMenu(OnPath[Select], template=r"wm:check-forget-one"):
    """Lets one of several saved checks go."""

    def __init__(self, saved: Sequence[tuple[int, dt.datetime, str]] = ()) -> None:
        """`saved`: number, time and what it came to, oldest first; the newest are offered."""
        options = [
            discord.SelectOption(
                label=shorten(f"{at:%d %b %Y}: {text}", CHOICE_LIMIT), value=str(number), description=f"{at:%H:%M} UTC"
            )
            for number, at, text in reversed(saved[-OPTIONS_LIMIT:])
        ]
        text = "Forget it" if len(options) == 1 else "Forget one of them"
        super().__init__(Select(custom_id="wm:check-forget-one", placeholder=text, options=options))

    async def shown(self, interaction: Interaction) -> Shown:
        """That it is gone."""
        await interaction.client.store.results.drop(interaction.user.id, int(self.item.values[0]))
        return Shown(layout(ANSWER, "**Forgotten.** What was saved there is gone; the others are kept."))


class CompareButton(OnPath[Button], template=rf"wm:skills-compare:{CODE}"):
    """Compares ratings with those that were saved before."""

    is_below = True

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(Button(custom_id=f"wm:skills-compare:{code}", label="Compare with last time"))

    async def shown(self, interaction: Interaction) -> Shown:
        """What changed since the newest saved ratings that say something else."""
        client = interaction.client
        carried = carried_in(client.coaches.base.knowledge, self.code)
        saved = await saved_skills(client, interaction.user.id, carried.checked.guide.guide)
        if not saved:
            raise WaymarkError("Nothing is saved to compare with. `Save this` keeps what you rated for the next time.")
        other = [one for one in saved if dict(one.values.ratings.by_skill) != dict(carried.ratings.by_skill)]
        before = other[-1] if other else saved[-1]
        levels = {level.id: level.title for level in carried.checked.ladder.levels}
        kept = [(one.number, one.at, levels.get(one.values.level, "another level")) for one in saved]
        text = f"{heading('Compared with last time')}\nLast time was {day(before.at)}."
        return Shown(layout(ANSWER, text, changed_text(carried, before.values.ratings), ForgetMenu(kept)))


class OverTimeButton(OnPath[Button], template=r"wm:ready-time:(?P<guide>[0-9a-f]{8})"):
    """Shows how readiness changed, as a picture and as text."""

    is_below = True

    def __init__(self, guide: str) -> None:
        self.guide = guide
        super().__init__(Button(custom_id=f"wm:ready-time:{guide}", label="Over time"))

    async def shown(self, interaction: Interaction) -> Shown:
        """All that was saved; the picture has what can be compared with the newest."""
        client = interaction.client
        checked = checked_guide(client.coaches.base.knowledge, self.guide)
        saved = (await saved_scores(client, interaction.user.id, checked.guide.guide))[-SHOWN:]
        if not saved:
            raise WaymarkError("Nothing is saved yet. `Save this` below a result keeps it for the next time.")
        allowed = interaction.guild_id is None or interaction.app_permissions.attach_files
        picture = await client.drawing.picture(draw_course, course_of(checked, saved)) if allowed else None
        attached = [Attached(COURSE, picture)] if picture else []
        kept = [(one.number, one.at, _told(one.values)) for one in saved]
        blocks: list[Block] = [heading("Your readiness over time"), *(one.block() for one in attached)]
        return Shown(layout(ANSWER, *blocks, _list(saved), _since(saved), ForgetMenu(kept)), attached)


def course_of(checked: Checked, saved: Sequence[Saved[Score]]) -> Course:
    """What the picture shows: the scores that measure the same as the newest, so that the line goes up or down."""
    newest = saved[-1].values
    points = [(one.at.date(), float(one.values.total or 0)) for one in saved if _alike(one.values, newest)]
    if not points:
        points = [(saved[-1].at.date(), float(newest.total or 0))]
    level = checked.ladder.level(newest.level)
    return Course(f"Readiness: {level.title if level else checked.guide.title}", tuple(points))


def _alike(before: Score, now: Score) -> bool:
    return compare(before, now).total is not None


def _told(score: Score) -> str:
    answered = sum(part.score is not None for part in score.parts)
    return f"{score.total or 0} of 100, from {answered} of {len(score.parts)} parts"


def _list(saved: Sequence[Saved[Score]]) -> str:
    newest = saved[-1].values
    lines = [
        f"- {day(one.at)}: {_told(one.values)}"
        + ("" if _alike(one.values, newest) else " (other parts than the last, so it is not in the line)")
        for one in saved
    ]
    return "\n".join(lines)


def _since(saved: Sequence[Saved[Score]]) -> str:
    """What changed since the check before the newest."""
    if len(saved) == 1:
        return small("One result is saved so far; the next one shows what has changed.")
    change = compare(saved[-2].values, saved[-1].values)
    return "\n".join([f"**Since {day(saved[-2].at)}:** {_total(change)}", *_parts(change)])


def _total(change: Change) -> str:
    if change.total is None:
        return "the totals cannot be compared, as other parts were answered."
    return "no change in all." if change.total == 0 else f"{change.total:+d} in all."


def _parts(change: Change) -> list[str]:
    return [
        f"- {part.name}: {_scored(part.before)} → {_scored(part.now)}"
        for part in change.parts
        if part.before != part.now
    ] or ["- No part has changed."]


def _scored(score: int | None) -> str:
    return "not answered" if score is None else str(score)
