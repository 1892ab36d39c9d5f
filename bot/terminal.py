"""How the coach talks with people on a terminal: an answer, and a chat."""

import datetime as dt

from rich import box
from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel
from rich.table import Column, Table
from rich.text import Text

from bot.knowledge.models import Entry
from bot.matching.answer import Answer, Kind
from bot.matching.coach import Coach
from bot.matching.dialogue import Before
from bot.matching.explaining import Considered, Explanation
from bot.matching.meetings import How, Meeting

#: Words that count less than this are left out of an explanation: "the", "how" and the like, of which there are many.
TELLING = 0.1
SOCIAL_REPLY = "Glad to help. Ask me anything about the career whenever you like."


def tell(coach: Coach, question: str, today: dt.date, *, explain: bool = False) -> None:
    """Answers one question and, if wanted, tells why so."""
    console = Console()
    show(console, coach, coach.ask(question), today)
    if explain:
        show_why(console, coach.explain(question))


def show(console: Console, coach: Coach, answer: Answer, today: dt.date) -> tuple[Entry, ...]:
    """Prints the answer for a person; returns the entries that were offered under the numbers from 1 on."""
    if answer.kind is Kind.SOCIAL:
        console.print(SOCIAL_REPLY)
        return ()
    if answer.kind is Kind.ANSWER:
        offered: tuple[Entry, ...] = ()
        for match in answer.matches:
            offered += show_entry(console, coach, match.shown, today)
        return offered
    if answer.kind is Kind.SUGGESTIONS:
        return _offer(console, "Did you mean", tuple(match.shown for match in answer.matches))
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


def show_why(console: Console, explanation: Explanation) -> None:
    """Prints why a message got its verdict, and what was measured of the entries that came near."""
    console.print()
    _headed(console, "Why", explanation.why)
    for number, part in enumerate(explanation.parts, 1):
        _headed(console, f"Question {number}", f"{part.text}\n  {part.why}")
    if explanation.mended:
        _headed(console, "Taken for", ", ".join(f"{one.word} → {one.meant}" for one in explanation.mended))
    if explanation.entries:
        console.print(_scores(explanation.entries))
        console.print(_words(explanation.entries))
    if (near := explanation.out_of_scope) is not None:
        figures = f"{near.nearness:.2f} by {near.by}; entry 1 has {near.entry_nearness:.2f}"
        console.print()
        _headed(console, "Nearest out-of-scope message", f"“{near.text}” ({figures})")


def _headed(console: Console, heading: str, text: str) -> None:
    console.print(Text.assemble((f"{heading}: ", "bold"), text))


def _scores(entries: tuple[Considered, ...]) -> Table:
    by_meaning = entries[0].cosine is not None
    table = Table("", Column("entry", overflow="fold"), box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for heading in ("confidence", "alignment", "letters", *(("meaning", "taught") if by_meaning else ()), "answer"):
        table.add_column(heading, justify="right")
    for number, one in enumerate(entries, 1):
        scores = (
            one.confidence,
            one.alignment,
            one.letters,
            *((one.cosine, one.taught) if by_meaning else ()),
            one.said,
        )
        table.add_row(str(number), Text(one.id), *(f"{score:.2f}" for score in scores))
    return table


def _words(entries: tuple[Considered, ...]) -> Table:
    """For each entry its title, its nearest phrasing, and which words met there, those that count most first."""
    table = Table.grid(padding=(0, 1))
    for number, one in enumerate(entries, 1):
        lines = [Text(one.title, "bold"), Text(f"“{one.phrasing}”")]
        met = sorted(one.meetings, key=lambda meeting: -meeting.weight)
        if words := [_meeting(meeting) for meeting in met if meeting.weight >= TELLING]:
            lines.append(Text(", ").join(words))
        if alone := [unmet.word for unmet in one.met_nothing if unmet.weight >= TELLING]:
            lines.append(Text(f"met nothing: {', '.join(alone)}", "dim"))
        if one.phrasing_meant not in (None, one.phrasing):
            lines.append(Text(f"nearest by meaning: “{one.phrasing_meant}”", "dim"))
        if one.read is not None:
            lines.append(Text(f"found by “{one.read}”", "cyan"))
        if one.alone is not None:
            lines.append(Text(f"without the question before it: {one.alone:.2f}", "cyan"))
        if one.alike:
            lines.append(Text("nearer to a lookalike of this entry than to its phrasings", "yellow"))
        if one.other_trade:
            lines.append(Text("the question names an occupation that this entry does not", "yellow"))
        table.add_row(f" {number}", Text("\n").join(lines))
    return table


def _meeting(meeting: Meeting) -> Text:
    met = "" if meeting.word == meeting.met else f" → {meeting.met}"
    how = "" if meeting.how is How.SAME else f" ({meeting.how})"
    return Text.assemble(meeting.word, met, (f"{how} {meeting.weight:.1f}", "dim"))


def chat(coach: Coach, today: dt.date, *, explain: bool = False) -> None:
    """Asks and answers until the person ends it (an empty line, `quit` or the end of input)."""
    console = Console()
    titles = ", ".join(guide.title for guide in coach.knowledge.guides)
    matching = f"Matching with {coach.encoder}." if coach.encoder else "Matching by words alone."
    console.print(f"Ask about: [bold]{titles}[/bold]. A number opens what is offered; an empty line ends. {matching}")
    offered: tuple[Entry, ...] = ()
    before: Before | None = None
    while (line := _line(console)) not in ("", "quit", "exit"):
        if line.isdecimal() and 1 <= int(line) <= len(offered):
            offered = show_entry(console, coach, offered[int(line) - 1], today)
        else:
            answer = coach.ask(line, before)
            offered = show(console, coach, answer, today)
            if explain:
                show_why(console, coach.explain(line, before))
            before = coach.remembered(line, answer, before)


def _line(console: Console) -> str:
    try:
        return console.input("[bold cyan]you >[/bold cyan] ").strip()
    except (EOFError, KeyboardInterrupt):
        console.print()
        return ""
