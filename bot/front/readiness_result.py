"""What readiness comes to, as members read it: the total never without its parts, and what would move it most."""

from discord import ui

from bot.coaching.readiness import Gain, PartScore, Readiness, readiness
from bot.front.carried import Carried
from bot.front.layout import Block, heading, lines, small
from bot.front.next_moves import NextMove, bar, move_blocks
from bot.knowledge.skills_models import SKILLS_PART

#: How many of the things that would move the total are shown.
MOVES = 3


def readiness_blocks(carried: Carried) -> list[Block]:
    """The result from its title to its small print."""
    checked = carried.checked
    found = readiness(checked.skills, checked.ladder, carried.ratings, carried.answers)
    moves = [_move(gain) for gain in found.gains[:MOVES]]
    return [
        lines(heading(f"How ready you are: {checked.readiness_level.title}"), _total(found)),
        "\n".join(_part(part) for part in found.score.parts),
        "\n".join(f"**{part.name}:** {part.holds_back}" for part in found.held_back),
        ui.Separator(),
        "**What would move it most**" if moves else "Nothing of what you answered could be better.",
        *move_blocks(checked.knowledge, checked.guide.guide, moves),
        ui.Separator(),
        _unanswered(found),
        small(checked.skills.readiness.note),
    ]


def _total(found: Readiness) -> str:
    total, weight = found.score.total, found.score.answered_weight
    if total is None:
        return "Nothing was answered, so there is no score yet."
    rest = "" if weight == 100 else f", from the parts you answered, which count {weight}% of all"
    return f"{bar(total)} **{total} of 100**{rest}.\nEach part, with how much it counts, from 0 to 100:"


def _part(part: PartScore) -> str:
    if part.score is None:
        return f"{bar(0)} **{part.name}** ({part.weight}%): not answered"
    some = f" ({part.answered} of {part.asked} rated)" if part.id == SKILLS_PART and part.answered < part.asked else ""
    return f"{bar(part.score)} **{part.name}** ({part.weight}%): {part.score}{some}"


def _move(gain: Gain) -> NextMove:
    return NextMove(f"{gain.do}:", _points(gain.points), gain.entry, gain.step)


def _points(points: float) -> str:
    """How much it would lift the total; small gains are told as such, since totals are whole."""
    whole = round(points)
    return "less than 1 point more" if whole < 1 else f"about {whole} point{'s' if whole > 1 else ''} more"


def _unanswered(found: Readiness) -> str:
    names = ", ".join(part.name for part in found.unanswered)
    return f"**Not answered, so not counted:** {names}" if names else ""
