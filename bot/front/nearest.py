"""The entries that come nearest to a question nobody could answer, and how sure the coach is of each."""

from bot.knowledge.models import Entry
from bot.matching.coach import Coach
from bot.matching.grouping import Group
from bot.store.inbox import InboxQuestion


def confidences(coach: Coach, group: Group[InboxQuestion]) -> list[tuple[Entry, float]]:
    """The group's nearest entries, each with the probability that it answers its most typical wording."""
    answer = coach.ask(group.wordings[0])
    sure = {match.entry.id: match.confidence for match in (*answer.matches, *answer.others)}
    entries = [entry for entry_id in group.nearest if (entry := coach.knowledge.entry(entry_id))]
    return [(entry, sure.get(entry.id, 0.0)) for entry in entries]


def percent(confidence: float) -> str:
    """A confidence in words."""
    return f"{confidence:.0%} sure" if confidence >= 0.01 else "under 1% sure"
