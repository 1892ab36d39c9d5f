"""How the coach talks with people on a terminal: an answer, and a chat."""

import datetime as dt

from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel

from bot.knowledge.models import Entry
from bot.matching.answer import Answer, Kind
from bot.matching.coach import Coach
from bot.matching.dialogue import Before

SOCIAL_REPLY = "Glad to help. Ask me anything about the career whenever you like."


def tell(coach: Coach, question: str, today: dt.date) -> None:
    """Answers one question."""
    show(Console(), coach, coach.ask(question), today)


def show(console: Console, coach: Coach, answer: Answer, today: dt.date) -> tuple[Entry, ...]:
    """Prints the answer for a person; returns the entries that were offered under the numbers from 1 on."""
    if answer.kind is Kind.SOCIAL:
        console.print(SOCIAL_REPLY)
        return ()
    if answer.kind is Kind.ANSWER:
        offered: tuple[Entry, ...] = ()
        for match in answer.matches:
            offered += show_entry(console, coach, match.entry, today)
        return offered
    if answer.kind is Kind.SUGGESTIONS:
        return _offer(console, "Did you mean", tuple(match.entry for match in answer.matches))
    console.print("I don't know that one. I only answer from my guide; these are its nearest themes:", style="yellow")
    themes = coach.nearest_themes(answer)
    for theme in themes:
        console.print(f"[bold]{theme.title}[/bold]")
    return _offer(console, "For instance", tuple(theme.entries[0] for theme in themes))


def show_entry(console: Console, coach: Coach, entry: Entry, today: dt.date) -> tuple[Entry, ...]:
    """Prints an entry with its sources; returns its related entries, offered under the numbers from 1 on."""
    text = Markdown(coach.knowledge.text_of(entry, today))
    console.print(Panel(text, title=entry.question, title_align="left"))
    if sources := coach.knowledge.source_line(entry):
        console.print(f"Source: {sources}", style="dim", markup=False, highlight=False)
    return _offer(console, "See also", coach.knowledge.related_to(entry))


def _offer(console: Console, heading: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    if entries:
        console.print(f"{heading}:", style="bold")
    for number, entry in enumerate(entries, 1):
        console.print(f"  {number}  {entry.question}", markup=False, highlight=False)
    return entries


def chat(coach: Coach, today: dt.date) -> None:
    """Asks and answers until the person ends it (an empty line, `quit` or the end of input)."""
    console = Console()
    titles = ", ".join(guide.title for guide in coach.knowledge.guides)
    console.print(f"Ask about: [bold]{titles}[/bold]. A number opens what is offered; an empty line ends.")
    offered: tuple[Entry, ...] = ()
    before: Before | None = None
    while (line := _line(console)) not in ("", "quit", "exit"):
        if line.isdecimal() and 1 <= int(line) <= len(offered):
            offered = show_entry(console, coach, offered[int(line) - 1], today)
        else:
            answer = coach.ask(line, before)
            before = coach.remembered(line, answer, before)
            offered = show(console, coach, answer, today)


def _line(console: Console) -> str:
    try:
        return console.input("[bold cyan]you >[/bold cyan] ").strip()
    except (EOFError, KeyboardInterrupt):
        console.print()
        return ""
