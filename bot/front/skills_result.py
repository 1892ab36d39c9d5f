"""What ratings of skills come to, as members read it: the nearest level, how far the target is, what is missing."""

from collections.abc import Iterable

from discord import ui

from bot.coaching.skills import Gap, Ratings, SkillsGap, gap
from bot.front.carried import Carried
from bot.front.layout import Block, heading, lines, small
from bot.front.next_moves import NextMove, bar, move_blocks
from bot.knowledge.skills_models import Skill

#: Most skills that are named in a line.
NAMED = 10
#: What the numbers are worth, and where they come from.
OWN_READING = (
    "The guide names these skills and tells what each level does, but gives no numbers: how well a level needs each "
    "skill is our own reading of it. A point is one step up in one skill."
)


def skills_gap(carried: Carried) -> SkillsGap:
    """What the ratings come to for the target level."""
    checked = carried.checked
    return gap(checked.skills, checked.ladder, carried.ratings, carried.level.id)


def skills_blocks(carried: Carried) -> list[Block]:
    """The result from its title to its small print."""
    found = skills_gap(carried)
    title = lines(heading(f"Your skills and the {found.target.level.title}"), _nearest(found), _distance(found))
    guide = carried.checked.guide.guide
    return [
        title,
        ui.Separator(),
        "**The gaps that matter most**" if found.gaps else _no_gap(found),
        *move_blocks(carried.checked.knowledge, guide, map(_move, found.biggest)),
        ui.Separator(),
        lines(_as_big(found), _strengths(found), _unrated(found)),
        small(OWN_READING),
    ]


def changed_text(carried: Carried, before: Ratings) -> str:
    """What changed from the ratings before, seen from the same target level."""
    now, then = skills_gap(carried), skills_gap(Carried(carried.checked, carried.level, before))
    names = [name.name for name in carried.checked.skills.ratings]
    moved = [
        (skill, was, rating)
        for skill in carried.checked.skills.skills
        if (rating := carried.ratings.of(skill)) != (was := before.of(skill))
    ]
    up = [f"- {s.name}: {names[a]} → {names[b]}" for s, a, b in moved if a is not None and b is not None and b > a]
    down = [f"- {s.name}: {names[a]} → {names[b]}" for s, a, b in moved if a is not None and b is not None and b < a]
    new = [skill for skill, was, rating in moved if was is None and rating is not None]
    left = [skill for skill, was, rating in moved if rating is None]
    return lines(
        f"**For {carried.level.title}:** {_points(then)} then, {_points(now)} now.",
        f"**Nearest:** {_levels(then)} then, {_levels(now)} now." if then.nearest != now.nearest else "",
        _named_list("Better", up),
        _named_list("Lower", down),
        f"**Rated now for the first time:** {_names(new)}" if new else "",
        f"**Not rated this time:** {_names(left)}" if left else "",
        "" if moved else "All ratings are as they were.",
    )


def _move(found: Gap) -> NextMove:
    return NextMove(f"{found.skill.name}.", found.why, found.skill.entry, found.skill.step)


def _levels(found: SkillsGap) -> str:
    return " or ".join(level.title for level in found.nearest) or "none"


def _nearest(found: SkillsGap) -> str:
    if not found.nearest:
        return "No skill is rated, so there is nothing to tell yet."
    both = " (equally near)" if len(found.nearest) > 1 else ""
    return f"**Nearest today:** {_levels(found)}{both}, from {found.rated} rated skills."


def _distance(found: SkillsGap) -> str:
    target = found.target
    if not target.needed:
        return ""
    good, all_needed = len(found.strengths), len(found.strengths) + len(found.gaps)
    return (
        f"**To {target.level.title}:** {bar(_percent(found))} {_points(found)}, {good} of {all_needed} skills in full."
    )


def _percent(found: SkillsGap) -> float:
    target = found.target
    return 100 * (1 - target.missing / target.needed) if target.needed else 0


def _points(found: SkillsGap) -> str:
    return f"{found.target.needed - found.target.missing} of {found.target.needed} points"


def _no_gap(found: SkillsGap) -> str:
    if not found.target.needed:
        return "Nothing that you rated is needed at that level."
    return f"**No gap:** nothing that you rated falls short of what {found.target.level.title} asks for."


def _as_big(found: SkillsGap) -> str:
    return f"**Gaps that matter as much:** {_names(each.skill for each in found.as_big)}" if found.as_big else ""


def _strengths(found: SkillsGap) -> str:
    return f"**Strengths:** {_names(found.strengths)}" if found.strengths else "**Strengths:** none of those rated yet"


def _unrated(found: SkillsGap) -> str:
    return f"**Not rated, so not counted:** {_names(found.unrated)}" if found.unrated else ""


def _names(skills: Iterable[Skill]) -> str:
    names = [skill.name for skill in skills]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _named_list(title: str, items: list[str]) -> str:
    return f"**{title}**\n" + "\n".join(items) if items else ""
