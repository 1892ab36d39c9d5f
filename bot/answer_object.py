"""The answer as a JSON object, which other programs rely on; docs/operating.md, "The answer object", describes it."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Iterator

from bot.matching.answer import Answer
from bot.matching.coach import Coach
from bot.matching.dialogue import Before
from bot.matching.explaining import Explanation


def answer_object(
    coach: Coach, answer: Answer, today: dt.date, explanation: Explanation | None = None
) -> dict[str, object]:
    """The answer as plain values for JSON: kind, interject, entries (id, title, text, confidence 0 to 1), encoder.

    With an explanation of this answer, that too.
    """
    entries = [
        {
            "id": match.entry.id,
            "title": match.entry.question,
            "text": coach.knowledge.text_of(match.shown, today),
            "confidence": round(match.confidence, 4),
        }
        for match in answer.matches
    ]
    told: dict[str, object] = {
        "kind": str(answer.kind), "interject": answer.interject, "entries": entries, "encoder": coach.encoder,
    }  # fmt: skip
    return told if explanation is None else {**told, "explanation": dataclasses.asdict(explanation)}


def batch(
    coach: Coach, lines: Iterable[str], today: dt.date, *, explain: bool = False
) -> Iterator[tuple[str, str | None]]:
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
        explanation = coach.explain(text, before) if explain else None
        if dialogue is not None:
            dialogues[str(dialogue)] = coach.remembered(text, answer, before)
        yield json.dumps(answer_object(coach, answer, today, explanation), ensure_ascii=False), None
