"""The texts of a step's card, each about one thing, so that a card is read in parts and fits one message."""

from collections.abc import Iterable

from bot.coaching.card import Card, Standing, overview
from bot.coaching.progress import NOTE_LIMIT, StepState
from bot.front.layout import heading, lines, small
from bot.front.member_path import MemberPath, news_text
from bot.front.text import quoted
from bot.knowledge.path_models import ChecklistItem

TICKED, OPEN = "✓", "☐"
#: What is said of a path that is finished.
FINISHED = "**You have finished your path: every step that counts for you is done.** Congratulations!"
#: What is said of a step that is not open.
_STATES = {
    StepState.DONE: "**This step is done.**",
    StepState.SKIPPED: "**You left this step for later.**",
    StepState.NOT_FOR_ME: "**This step does not count for you.**",
}

#: How the items without a tick are called in a step that is not open.
_LEFT = {StepState.DONE: "Not ticked", StepState.SKIPPED: "To do", StepState.NOT_FOR_ME: "To do"}


def head(path: MemberPath, card: Card, told: str) -> str:
    """The title with how far the member is, and what is told at the top."""
    return lines(
        heading(f"{card.heading}: {card.standing.step.title}"),
        f"{card.bar} · {card.percent}%",
        told,
        _standing(path, card),
        news_text(path.news),
    )


def aim(card: Card) -> str:
    """What the step is for, and how it is another one for this member."""
    step = card.standing.step
    return lines(f"**Goal:** {step.goal}", step.differs and f"**For you:** {step.differs}")


def to_do(card: Card) -> str:
    """The checklist: what to do now, what comes later, what is ticked."""
    items = card.standing.items
    later = [item for item, is_ticked in items if not is_ticked and item not in card.this_week]
    parts = {
        "Do now": _listed(OPEN, card.this_week),
        _LEFT.get(card.standing.record.state, "Later in this step"): _listed(OPEN, later),
        "Ticked": small(_listed(TICKED, (item for item, is_ticked in items if is_ticked))),
    }
    return "\n".join(f"**{title}**\n{text}" for title, text in parts.items() if text)


def facts(path: MemberPath, card: Card) -> str:
    """Why it is worth it, how long it takes, what it costs, when it is done, and what depends on where one lives."""
    step, region = card.standing.step, quoted(path.plan.situation.region)
    where = f" ({region})" if region else ""
    return lines(
        f"**Why:** {step.why}",
        f"**Time:** {time(path, card.standing)}",
        f"**Cost:** {step.cost.shown(path.today) if step.cost else 'the guide gives none'}",
        f"**Done when:** {step.done_when}",
        step.varies and f"**Depends on where you live{where}:** {step.varies}",
        step.note and f"**Note:** {step.note}",
    )


def notes(card: Card) -> str:
    """The member's own notes."""
    written = [f"- {quoted(note, NOTE_LIMIT)}" for note in card.standing.record.notes]
    return lines("**Your notes**", *written) if written else ""


def fine_print(card: Card) -> str:
    """What estimates rest on, and the sources."""
    step = card.standing.step
    estimates = [f"Our estimate of the {estimate[:1].lower()}{estimate[1:]}" for estimate in step.estimates]
    return small(lines(*estimates, step.source_line and f"Source: {step.source_line}"))


def time(path: MemberPath, standing: Standing) -> str:
    """How long a step takes, beside which other, when it ends: `6-12 months, ends May 2027 to Nov 2027`."""
    step, finish, state = standing.step, standing.finish, standing.record.state
    told = [
        step.duration.shown(path.today) if step.duration else "the guide gives none",
        _beside(path, standing),
    ]
    if state is StepState.DONE and standing.record.done_on:
        told.append(f"done on {standing.record.done_on:%d %b %Y}")
    elif finish is not None and state in (StepState.OPEN, StepState.SKIPPED):
        told.append(f"ends {finish.shown()}")
    return ", ".join(filter(None, told))


def _beside(path: MemberPath, standing: Standing) -> str:
    """Which other step it is taken beside, as long as that one goes on."""
    if standing.step.during is None or standing.record.state is StepState.DONE:
        return ""
    host = path.plan.step(standing.step.during)
    if host is None or path.progress.record(host.id).state not in (StepState.OPEN, StepState.SKIPPED):
        return "beside the others"
    return f"beside step {host.number}"


def _standing(path: MemberPath, card: Card) -> str:
    """What is said of a step that is ended, and of a path that is."""
    if card.is_finished:
        return FINISHED
    standings = overview(path.plan, path.progress, path.today)
    left = [one.step for one in standings if one.record.state is StepState.SKIPPED]
    if left and not any(one.record.state is StepState.OPEN for one in standings):
        names = ", ".join(f"{step.number}. {step.title}" for step in left)
        return f"**Left for later:** {names}. Overview leads to {'it' if len(left) == 1 else 'them'}."
    return _STATES.get(card.standing.record.state, "")


def _listed(sign: str, items: Iterable[ChecklistItem]) -> str:
    return "\n".join(f"{sign} {item.text}" for item in items)
