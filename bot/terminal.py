"""How the coach talks on a terminal: an answer as people read it, as a JSON object, and a chat.

The JSON object is the interface other programs rely on; see "The answer object" in docs/operating.md.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from bot.knowledge.models import Entry
from bot.matching.answer import Answer, Kind
from bot.matching.coach import Coach
from bot.matching.dialogue import Before
from bot.matching.embedding import Progress

SOCIAL_REPLY = "Glad to help. Ask me anything about the career whenever you like."


@contextmanager
def learning() -> Iterator[Progress]:
    """Shows on a terminal how far the vectors of new phrasings are; nothing where there are none or nobody looks."""
    console = Console(stderr=True)
    columns = (TextColumn("Learning {task.total} new phrasings, once"), BarColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks: list[TaskID] = []

        def told(done: int, total: int) -> None:
            if not tasks:
                tasks.append(bar.add_task("", total=total))
            bar.update(tasks[0], completed=done)

        yield told


def answer_object(coach: Coach, answer: Answer, today: dt.date) -> dict[str, object]:
    """The answer as plain values for JSON: kind, interject, entries (id, title, text, confidence 0 to 1)."""
    entries = [
        {
            "id": match.entry.id,
            "title": match.entry.question,
            "text": coach.knowledge.text_of(match.entry, today),
            "confidence": match.confidence,
        }
        for match in answer.matches
    ]
    return {"kind": str(answer.kind), "interject": answer.interject, "entries": entries}


def batch(coach: Coach, lines: Iterable[str], today: dt.date) -> Iterator[tuple[str, str | None]]:
    """For each question in JSON the line to put out, and what is wrong with it or None. Blank lines are skipped.

    Questions with the same `conversation` are one dialogue: a later one may lean on those before it.
    """
    dialogues: dict[str, Before | None] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
            text, dialogue = question["text"], question.get("conversation")
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError):
            problem = f'line {number} is no question: it must be a JSON object with a "text"'
            yield json.dumps({"error": problem}), problem
            continue
        before = dialogues.get(str(dialogue)) if dialogue is not None else None
        answer = coach.ask(text, before)
        if dialogue is not None:
            dialogues[str(dialogue)] = coach.remembered(text, answer, before)
        yield json.dumps(answer_object(coach, answer, today), ensure_ascii=False), None


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
    # Only needed for people; programs that ask for JSON are spared its start.
    from rich.markdown import Markdown
    from rich.panel import Panel

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


def chat(console: Console, coach: Coach, today: dt.date) -> None:
    """Asks and answers until the person ends it (an empty line, `quit` or the end of input)."""
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
