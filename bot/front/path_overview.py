"""A member's whole path: its steps, when it can be finished and what it costs; and what those numbers rest on.

Not here: what leads from the overview to a step (`step_card`).
"""

import re

from discord import ui

from bot.coaching.card import Standing, card_of, forecast_of, overview
from bot.coaching.forecast import Window
from bot.coaching.plan import PlannedStep
from bot.coaching.progress import StepState
from bot.coaching.target import outlook
from bot.front.become_form import PACES, TARGET_LIMIT, hours_shown, open_form
from bot.front.client import Interaction
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, Block, Shown, heading, layout, lines, notice, small
from bot.front.member_path import GUIDE, MemberPath, begun, news_text, soon
from bot.front.path_pictures import drawn
from bot.front.path_reply import OnPath
from bot.front.step_text import FINISHED, OPEN, TICKED, time
from bot.front.text import quoted

#: What stands before a step, by what became of it, and before the one that is next to do.
_SIGNS = {StepState.OPEN: OPEN, StepState.DONE: TICKED, StepState.SKIPPED: OPEN, StepState.NOT_FOR_ME: "✗"}
_HERE = "→"
#: Most characters of all steps together, so that the rest of the message has its room.
STEPS_ROOM = 2_600
_WORDS = {StepState.SKIPPED: "left for later", StepState.NOT_FOR_ME: "does not count for you"}


def overview_texts(path: MemberPath, told: str = "") -> list[Block]:
    """The path from top to bottom: whose it is, the totals, the steps, what they rest on."""
    finished = FINISHED if card_of(path.plan, path.progress, path.today).is_finished else ""
    return [
        lines(heading(path.plan.title), told, finished, news_text(path.news), small(_from(path))),
        _totals(path),
        ui.Separator(),
        _steps(path),
        small(lines(_varying(path), path.plan.source_line and f"Source: {path.plan.source_line}")),
    ]


def _from(path: MemberPath) -> str:
    """What the member told about themselves."""
    situation, start = path.plan.situation, path.plan.start
    told = [
        start.label if start else "Where you start from is not in the guide any more, so this is the whole path",
        PACES[situation.pace][0].lower(),
        hours_shown(situation.hours_a_week).lower(),
        quoted(situation.region),
    ]
    return " · ".join(filter(None, told))


def _totals(path: MemberPath) -> str:
    plan, finish = path.plan, forecast_of(path.plan, path.progress, path.today).whole
    return lines(
        f"**Finished:** {_window(finish)}" if finish else "",
        f"**In all:** {_duration(path)}",
        f"**Cost:** {plan.cost.shown(path.today)}" if plan.cost else "",
        f"Not counted, as the guide gives no cost: {', '.join(plan.without_cost)}" if plan.without_cost else "",
        f"**Your date:** {_outlook(path, finish)}" if finish and plan.situation.target else "",
    )


def _outlook(path: MemberPath, finish: Window) -> str:
    """Whether the member's date can be met as of today."""
    plan, target = path.plan, path.plan.situation.target
    if plan.outlook is not None and finish == plan.finish:
        # As long as all stands as on the first day, it knows besides how it would be full-time.
        return plan.outlook.text
    return outlook(target, finish).text if target else ""


def _window(finish: Window) -> str:
    earliest, latest = f"{finish.earliest:%B %Y}", f"{finish.latest:%B %Y}"
    return earliest if earliest == latest else f"{earliest} at the earliest, {latest} at the latest"


def _duration(path: MemberPath) -> str:
    """The whole way at the member's pace, beside what the guide itself says where that is another one."""
    plan = path.plan
    own = plan.duration.shown(path.today)
    if plan.guide_total is None:
        return own
    guide = plan.guide_total.shown(path.today)
    return f"{own}, as the guide says" if own == guide else f"{own} at your pace; the guide gives {guide}"


def _steps(path: MemberPath) -> str:
    """Each step with its time; without, where a long path would not fit: the picture and its words have it all."""
    standings = overview(path.plan, path.progress, path.today)
    told = lines(*(_step(standing, path) for standing in standings))
    return told if len(told) <= STEPS_ROOM else lines(*(_title(standing) for standing in standings))


def _title(standing: Standing) -> str:
    is_ahead = standing.record.state in (StepState.OPEN, StepState.SKIPPED)
    sign = _HERE if standing.is_current and is_ahead else _SIGNS[standing.record.state]
    return f"{sign} **{standing.step.number}. {standing.step.title}**"


def _step(standing: Standing, path: MemberPath) -> str:
    state = standing.record.state
    told = " · ".join(filter(None, [_WORDS.get(state, ""), time(path, standing)]))
    return f"{_title(standing)}\n{small(told)}"


def _varying(path: MemberPath) -> str:
    numbers = [str(step.number) for step in path.plan.steps if step.varies]
    if not numbers:
        return ""
    some, last = ", ".join(numbers[:-1]), numbers[-1]
    return f"Steps {some} and {last} depend on where you live." if some else f"Step {last} depends on where you live."


def _details(path: MemberPath) -> dict[str, tuple[str, dict[str, str]]]:
    """What can be read besides: by its name the title, and by the title of each step the text."""
    steps = path.plan.steps
    where = f": ask how it is in {quoted(path.plan.situation.region)}" if path.plan.situation.region else ""
    return {
        "varies": (
            f"What depends on where you live{where}",
            {f"{step.number}. {step.title}": step.varies for step in steps if step.varies},
        ),
        "estimates": (
            "What we estimated, where the guide gives nothing",
            {f"{step.number}. {step.title}": _estimated(step, path) for step in steps if step.estimates},
        ),
    }


def _estimated(step: PlannedStep, path: MemberPath) -> str:
    """What was estimated at a step: how much, and what that rests on."""
    amounts = {"Time": step.duration, "Cost": step.cost}
    told = []
    for estimate in step.estimates:
        what, _, because = estimate.partition(": ")
        amount = amounts.get(what)
        told.append(f"{what}: {amount.shown(path.today)}. {because}" if amount else estimate)
    return "\n".join(told)


class DetailButton(OnPath[Button], template=rf"wm:path-detail:(?P<detail>varies|estimates):{GUIDE}"):
    """Shows what depends on the state, or what estimates rest on, step by step."""

    is_below = True

    def __init__(self, detail: str, guide: str) -> None:
        self.detail, self.guide = detail, guide
        text = "What depends on where I live" if detail == "varies" else "What is estimated"
        super().__init__(Button(custom_id=f"wm:path-detail:{detail}:{guide}", label=text))

    async def shown(self, interaction: Interaction) -> Shown:
        """It, below the path."""
        title, texts = _details(await begun(interaction.client, interaction.user.id, self.guide))[self.detail]
        parts = [f"**{name}**\n{text}" for name, text in texts.items()]
        return Shown(layout(ANSWER, heading(title), *(parts or ["Nothing, on your path."])))


class OverviewTextButton(OnPath[Button], template=rf"wm:path-text:{GUIDE}"):
    """Shows the picture of the path as text."""

    is_below = True

    def __init__(self, guide: str) -> None:
        self.guide = guide
        super().__init__(Button(custom_id=f"wm:path-text:{guide}", label="Read it as text"))

    async def shown(self, interaction: Interaction) -> Shown:
        """It, below the path."""
        path = await begun(interaction.client, interaction.user.id, self.guide)
        picture = await drawn(interaction.client, path)
        text = picture.text if picture else "The picture cannot be drawn at the moment."
        # The numbers of the steps would else make a list of all lines up to the end.
        return Shown(notice(re.sub(r"(?m)^(\d+)\.", r"\1\.", text), ANSWER))


class AnswersButton(Persistent[Button], template=rf"wm:path-answers:{GUIDE}:(?P<typed>.{{0,{TARGET_LIMIT}}})"):
    """Opens the form filled in with what the member told, and with a date as they typed it where there is one."""

    is_light = True

    def __init__(self, guide: str, typed: str = "", text: str = "Change my answers") -> None:
        self.guide, self.typed = guide, typed
        super().__init__(Button(custom_id=f"wm:path-answers:{guide}:{typed}", label=text))

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        path = await soon(begun(interaction.client, interaction.user.id, self.guide))
        await open_form(interaction, path.guide, path.progress.situation, target=self.typed)
