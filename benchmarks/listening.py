"""What a listening channel would see: how many offers, and how many right. `python -m benchmarks.listening`.

Every line stands for itself, as in the channel; the pauses between two offers are left out of it. `--chat FILE` reads
chat of your own as well, one message a line, and shows under which of its lines there would be an offer.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.building import shipped_embedder
from benchmarks.labelled import HELD_OUT, Question, read_questions
from benchmarks.tables import number, show, table, told
from bot.json_lines import read_json_lines
from bot.knowledge.loading import load_knowledge
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.coach import Coach

HEAD = ("lines", "read", "offers", "right", "wrong")


@dataclass(frozen=True, slots=True)
class Offered:
    """How many lines of a kind were `read`, how many got an offer, and under how many of these the answer was right."""

    read: int
    offers: int
    right: int


def chat(path: Path = HELD_OUT / "chat.jsonl") -> tuple[Question, ...]:
    """Lines of ordinary chat: no answer is right."""
    return tuple((str(row["text"]), ()) for _, row in read_json_lines(path))


def chat_of(path: Path) -> tuple[Question, ...]:
    """The messages of a text file, one a line: no answer is right, as far as nobody has looked."""
    return tuple((line, ()) for line in path.read_text("utf-8").splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Offer:
    """A line under which the coach would offer an answer, the ids of the entries in it, and whether all are right."""

    text: str
    shown: frozenset[str]
    right: bool


def offers(coach: Coach, lines: Sequence[Question], what: str) -> list[Offer]:
    """What the coach would offer, listening to these lines."""
    found = []
    for text, expected in told(lines, what):
        answer = coach.ask(text)
        if answer.interject:
            shown = frozenset(match.entry.id for match in answer.matches)
            found.append(Offer(text, shown, shown <= set(expected)))
    return found


def counted(lines: Sequence[Question], found: Sequence[Offer]) -> Offered:
    """How many of the lines got an offer, and how many of these a right one."""
    return Offered(len(lines), len(found), sum(offer.right for offer in found))


def rows_of(kinds: dict[str, Offered]) -> list[list[str]]:
    """The rows of a table under `HEAD`, the last one over all."""
    every = Offered(
        *(sum(column) for column in zip(*((o.read, o.offers, o.right) for o in kinds.values()), strict=True))
    )
    return [
        [name, f"{one.read:,}", str(one.offers), str(one.right), str(one.offers - one.right)]
        for name, one in {**kinds, "all": every}.items()
    ]


def main() -> None:
    """Measures and prints, with the encoder and by words alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chat", type=Path, nargs="+", default=[], metavar="FILE", help="chat, one message a line")
    given = {path.stem: chat_of(path) for path in parser.parse_args().chat}
    sets = {
        "ordinary chat": chat(),
        "questions the guide answers": read_questions(HELD_OUT / "in-scope.jsonl"),
        "questions it does not answer": read_questions(HELD_OUT / "out-of-scope.jsonl"),
        **given,
    }
    for name, embedder in (("with the encoder", shipped_embedder()), ("words alone", None)):
        coach = Coach.knowing(load_knowledge(shipped_knowledge()), embedder)
        found = {kind: offers(coach, lines, kind) for kind, lines in sets.items()}
        kinds = {kind: counted(sets[kind], of_kind) for kind, of_kind in found.items()}
        asked = kinds["questions the guide answers"]
        show(f"## Listening, {name}", "", table(HEAD, rows_of(kinds)), "")
        show(f"Of the questions that the guide answers, {number(asked.offers / asked.read, 2)} got an offer.", "")
        for kind in given:
            lines = [f"- {offer.text} ({', '.join(sorted(offer.shown))})" for offer in found[kind]]
            show(f"Offers in {kind}:", "", *(lines or ["none"]), "")


if __name__ == "__main__":
    main()
