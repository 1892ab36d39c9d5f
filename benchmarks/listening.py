"""What a listening channel would see: how many offers, and how many right. `python -m benchmarks.listening`.

Every line stands for itself, as in the channel; the pauses between two offers are left out of it.
"""

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


def offered(coach: Coach, lines: Sequence[Question], what: str) -> Offered:
    """What the coach would do, listening to these lines; an answer is right when all it shows is among the right."""
    offers = right = 0
    for text, expected in told(lines, what):
        answer = coach.ask(text)
        if answer.interject:
            offers += 1
            right += {match.entry.id for match in answer.matches} <= set(expected)
    return Offered(len(lines), offers, right)


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
    sets = {
        "ordinary chat": chat(),
        "questions the guide answers": read_questions(HELD_OUT / "in-scope.jsonl"),
        "questions it does not answer": read_questions(HELD_OUT / "out-of-scope.jsonl"),
    }
    for name, embedder in (("with the encoder", shipped_embedder()), ("words alone", None)):
        coach = Coach.knowing(load_knowledge(shipped_knowledge()), embedder)
        kinds = {kind: offered(coach, lines, kind) for kind, lines in sets.items()}
        asked = kinds["questions the guide answers"]
        show(f"## Listening, {name}", "", table(HEAD, rows_of(kinds)), "")
        show(f"Of the questions that the guide answers, {number(asked.offers / asked.read, 2)} got an offer.", "")


if __name__ == "__main__":
    main()
