"""The pictures of a member's path, and their words."""

from bot.charts.picture import Picture
from bot.charts.timeline import State, Stretch, Timeline, draw_timeline
from bot.coaching.card import Standing, card_of, overview
from bot.coaching.progress import StepState
from bot.front.client import Interaction, WaymarkBot
from bot.front.drawing import may_attach
from bot.front.layout import Attached
from bot.front.member_path import MemberPath

#: How the file of a path's picture is called.
TIMELINE = "path.png"


async def path_picture(interaction: Interaction, path: MemberPath) -> Attached | None:
    """The path as a timeline; None where no files may be sent, and when it could not be drawn."""
    picture = await drawn(interaction.client, path) if may_attach(interaction) else None
    return Attached(TIMELINE, picture) if picture else None


async def drawn(client: WaymarkBot, path: MemberPath) -> Picture | None:
    """The picture of the path and its words; None when it could not be drawn."""
    return await client.drawing.picture(draw_timeline, timeline_of(path))


def timeline_of(path: MemberPath) -> Timeline:
    """What the picture shows: every step of which anybody can tell when it ends, and the date the member wants."""
    stretches = [
        Stretch(
            f"{standing.step.number}. {standing.step.title}",
            _state(standing),
            standing.finish.begins,
            standing.finish.earliest,
            standing.finish.latest,
        )
        for standing in overview(path.plan, path.progress, path.today)
        if standing.finish is not None
    ]
    card = card_of(path.plan, path.progress, path.today)
    return Timeline(
        path.plan.title, tuple(stretches), path.today, path.plan.situation.target, card.squares, card.reached
    )


def _state(standing: Standing) -> State:
    match standing.record.state:
        case StepState.DONE:
            return "done"
        case StepState.NOT_FOR_ME:
            return "left out"
        case StepState.OPEN | StepState.SKIPPED:
            return "now" if standing.is_current else "ahead"
