"""Naming an entry in a command: offered while one types, found by its id, its question, or the beginning of one."""

from discord import app_commands

from bot.errors import WaymarkError
from bot.front.layout import CHOICE_LIMIT, OPTIONS_LIMIT
from bot.front.text import quoted, shorten
from bot.knowledge.models import Entry
from bot.matching.coach import Coach

#: How many entries are named where the one that was meant is not there.
NEAREST = 3
#: Most characters that are shown of a name that no entry has.
NAME_LIMIT = 60


def entry_choices(coach: Coach, typed: str) -> list[app_commands.Choice[str]]:
    """The entries to offer for what was typed so far, best first, by their questions; each stands for its id."""
    return [
        app_commands.Choice(name=shorten(entry.question, CHOICE_LIMIT), value=entry.id)
        for entry in coach.complete(typed, OPTIONS_LIMIT)
    ]


def named_entry(coach: Coach, name: str) -> Entry:
    """The entry of that id or question, or the one whose question begins so.

    Raises `WaymarkError` with the nearest when there is none.
    """
    wanted = " ".join(name.split()).casefold()
    found = coach.knowledge.entry(wanted)
    if found is not None:
        return found
    begun = [entry for entry in coach.knowledge.entries if wanted and entry.question.casefold().startswith(wanted)]
    same = [entry for entry in begun if entry.question.casefold() == wanted]
    if same or len(begun) == 1:
        return (same or begun)[0]
    near = coach.complete(name, NEAREST)
    nearest = f" The nearest: {', '.join(f'“{quoted(entry.question)}”' for entry in near)}." if near else ""
    raise WaymarkError(f"{_missing(name)}, so nothing was done.{nearest} Pick one from the list.")


def _missing(name: str) -> str:
    # Between backticks nothing has an effect but a backtick.
    shown = shorten(" ".join(name.replace("`", " ").split()), NAME_LIMIT)
    return f"There is no entry `{shown}`" if shown else "No entry was named"
