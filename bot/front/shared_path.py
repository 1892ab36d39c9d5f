"""A member's path as others see it: for everybody, or for those whom the member let in. Notes are never in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.charts.picture import ALT_LIMIT, Picture
from bot.charts.timeline import Stretch, Timeline, draw_timeline
from bot.coaching.card import Standing, card_of, forecast_of, overview
from bot.coaching.progress import StepState
from bot.front.become_form import PACES, hours_shown
from bot.front.client import WaymarkBot
from bot.front.layout import Attached, Block, heading, lines, small
from bot.front.member_path import MemberPath
from bot.front.path_pictures import TIMELINE, timeline_of
from bot.front.step_text import OPEN, TICKED
from bot.front.text import quoted, shorten

_SIGNS = {StepState.OPEN: OPEN, StepState.DONE: TICKED, StepState.SKIPPED: OPEN, StepState.NOT_FOR_ME: "✗"}
_WORDS = {StepState.DONE: "done", StepState.SKIPPED: "left for later", StepState.NOT_FOR_ME: "left out"}


@dataclass(frozen=True, slots=True)
class Showing:
    """What is shown besides the steps and how far they are.

    `region`: the state or country. `target`: the date that the member wants. `situation`: from where they started, how
    they study, when they may be finished, and the list of the step they are at.
    """

    region: bool = False
    target: bool = False
    situation: bool = False

    @classmethod
    def of(cls, letters: str) -> "Showing":
        """As a custom id holds it: `r` and `t`."""
        return cls(region="r" in letters, target="t" in letters)

    @property
    def letters(self) -> str:
        """The same, for a custom id."""
        return f"{'r' * self.region}{'t' * self.target}"


#: What somebody sees whom the member let in: all but the notes.
FOR_MENTORS = Showing(region=True, target=True, situation=True)


def path_blocks(path: MemberPath, whose: int, showing: Showing) -> list[Block]:
    """The path of that member, dates by the month."""
    card = card_of(path.plan, path.progress, path.today)
    standings = overview(path.plan, path.progress, path.today)
    return [
        lines(heading(path.plan.title), f"The path of <@{whose}>", f"{card.bar} · {card.percent}%"),
        _told(path, showing),
        lines(*(_step(standing, is_finished=card.is_finished) for standing in standings)),
        _listed(card.standing) if showing.situation and not card.is_finished else "",
    ]


async def shared_picture(client: WaymarkBot, path: MemberPath, showing: Showing) -> Attached | None:
    """The path as a timeline by the month, None when it cannot be drawn."""
    picture = await client.drawing.picture(draw_timeline, by_month(timeline_of(path), target=showing.target))
    if picture is None:
        return None
    # The chart's own alt text names the day.
    alt = f"Timeline as of {path.today:%b %Y}. {'; '.join(picture.text.splitlines())}."
    return Attached(TIMELINE, Picture(picture.png, shorten(alt, ALT_LIMIT), picture.text))


def by_month(timeline: Timeline, *, target: bool) -> Timeline:
    """The timeline with the first of the month for each day, and the member's own date only if it is wanted."""
    return replace(
        timeline,
        today=timeline.today.replace(day=1),
        target=timeline.target.replace(day=1) if timeline.target and target else None,
        stretches=tuple(_stretch_by_month(stretch) for stretch in timeline.stretches),
    )


def _stretch_by_month(stretch: Stretch) -> Stretch:
    days = (stretch.begin, stretch.earliest, stretch.latest)
    begin, earliest, latest = (day.replace(day=1) for day in days)
    return replace(stretch, begin=begin, earliest=earliest, latest=latest)


def _told(path: MemberPath, showing: Showing) -> str:
    situation, start = path.plan.situation, path.plan.start
    finish = forecast_of(path.plan, path.progress, path.today).whole
    region = quoted(situation.region)
    facts = [
        ("Starts from", start.label if start else "") if showing.situation else None,
        ("Studies", f"{PACES[situation.pace][0]}, {hours_shown(situation.hours_a_week).lower()}")
        if showing.situation
        else None,
        ("State or country", region) if showing.region else None,
        ("Wants to be done by", f"{situation.target:%b %Y}" if situation.target else "") if showing.target else None,
        ("May be finished", finish.shown() if finish else "") if showing.situation else None,
    ]
    return lines(*(f"**{fact[0]}:** {fact[1]}" for fact in facts if fact and fact[1]))


def _step(standing: Standing, *, is_finished: bool) -> str:
    state, is_here = standing.record.state, standing.is_current and not is_finished
    words = ", ".join(filter(None, [_WORDS.get(state, ""), "now" if is_here and state is StepState.OPEN else ""]))
    sign = "→" if is_here and state is StepState.OPEN else _SIGNS[state]
    return f"{sign} **{standing.step.number}. {standing.step.title}**{f' · {words}' if words else ''}"


def _listed(standing: Standing) -> str:
    items: Sequence[str] = [f"{TICKED if is_ticked else OPEN} {item.text}" for item, is_ticked in standing.items]
    return lines(f"**The list of step {standing.step.number}**", small(lines(*items)))
