"""Naming an entry in a command: offered while one types, found by its id, its question, or the beginning of one."""

from discord import app_commands

from bot.errors import WaymarkError
from bot.front.layout import CHOICE_LIMIT, OPTIONS_LIMIT
from bot.front.text import quoted, shorten
from bot.knowledge.models import Entry
from bot.matching.coach import Coach


def entry_choices(coach: Coach, typed: str) -> list[app_commands.Choice[str]]:
    """The entries to offer for what was typed so far, best first, by their questions; each stands for its id."""
    return [
        app_commands.Choice(name=shorten(entry.question, CHOICE_LIMIT), value=entry.id)
        for entry in coach.complete(typed, OPTIONS_LIMIT)
    ]


def named_entry(coach: Coach, name: str) -> Entry:
    """The entry of that id or question; raises `WaymarkError` with the nearest when there is none."""
    wanted = " ".join(name.split()).casefold()
    found = coach.knowledge.entry(wanted)
    if found is not None:
        return found
    same = [entry for entry in coach.knowledge.entries if entry.question.casefold() == wanted]
    if same:
        return same[0]
    near = coach.complete(name, 3)
    nearest = f" The nearest: {', '.join(f'`{entry.id}`' for entry in near)}." if near else ""
    raise WaymarkError(f"There is no entry `{quoted(name, 60)}`, so nothing was done.{nearest} Pick one from the list.")
