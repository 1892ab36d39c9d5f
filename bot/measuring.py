"""`waymark evaluate`: reads labelled questions, runs the matcher over them and prints what was measured."""

import dataclasses
import json
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.errors import WaymarkError
from bot.json_lines import read_json_lines
from bot.knowledge.loading import read_words
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.embedding import Embedder
from bot.matching.evaluation import Judged, Query, confusions, figures_of
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher

#: How many ranked entries a line of predictions carries at the most.
PREDICTED = 5


def evaluate(
    entries: Path, queries: Path, embedder: Embedder | None, *, predictions: Path | None, as_json: bool
) -> None:
    """Prints the figures of the matcher over `entries` on `queries`; writes one line a query to `predictions`.

    Raises `WaymarkError` naming file and line when a file cannot be used.
    """
    indexed = [_indexed(entries, number, row) for number, row in read_json_lines(entries)]
    asked = [_query(queries, number, row) for number, row in read_json_lines(queries)]
    if not indexed:
        raise WaymarkError(f"{entries} holds no entries, so there is nothing to measure.")
    matcher = Matcher(indexed, Lexicon(read_words(shipped_knowledge())), embedder=embedder)
    errors = Console(stderr=True)
    rounds = track(asked, "asking", console=errors, transient=True, disable=not errors.is_terminal)
    judged = [_judged(matcher, query) for query in rounds]
    if predictions is not None:
        predictions.write_text("".join(_prediction(one) for one in judged), encoding="utf-8")
    if as_json:
        print(json.dumps({**dataclasses.asdict(figures_of(judged)), "confusions": confusions(judged)}))
    else:
        _print(judged)


def _indexed(path: Path, number: int, row: dict[str, object]) -> Indexed:
    entry_id, question, phrasings = row.get("id"), row.get("question"), row.get("phrasings", [])
    if not isinstance(entry_id, str) or not isinstance(phrasings, list):
        raise WaymarkError(f"{path}:{number}: an entry needs an `id`, a `question` and a list of `phrasings`.")
    texts = [text for text in (question, *phrasings) if isinstance(text, str) and text.strip()]
    if not texts:
        raise WaymarkError(f"{path}:{number}: the entry `{entry_id}` has neither a question nor a phrasing.")
    answer = row.get("answer")
    return Indexed(entry_id, tuple(dict.fromkeys(texts)), answer=answer if isinstance(answer, str) else "")


def _query(path: Path, number: int, row: dict[str, object]) -> Query:
    text, expected, name = row.get("text"), row.get("expected"), row.get("id", number)
    if not isinstance(text, str) or not isinstance(expected, list):
        raise WaymarkError(f"{path}:{number}: a query needs a `text` and a list `expected`.")
    return Query(name if isinstance(name, str | int) else number, text, tuple(str(one) for one in expected))


def _judged(matcher: Matcher, query: Query) -> Judged:
    start = time.perf_counter()
    verdict = matcher.judge(query.text)
    return Judged(query, verdict, time.perf_counter() - start)


def _prediction(one: Judged) -> str:
    ranked = [[ranked.id, ranked.confidence] for ranked in one.verdict.ranked[:PREDICTED]]
    return json.dumps({"id": one.query.id, "kind": str(one.verdict.kind), "ranked": ranked}) + "\n"


def _print(judged: Sequence[Judged]) -> None:
    console = Console()
    table = Table("figure", "value")
    for name, value in dataclasses.asdict(figures_of(judged)).items():
        table.add_row(name.replace("_", " "), "-" if value is None else f"{value}")
    console.print(table)
    mistaken = Table("wanted", "came first", "times", title="Commonest mistakes")
    for wanted, got, times in confusions(judged):
        mistaken.add_row(wanted, got, str(times))
    if mistaken.row_count:
        console.print(mistaken)
