"""What `benchmarks.listening` counts."""

from pathlib import Path

from benchmarks.listening import Offered, chat, chat_of, counted, offers, rows_of
from bot.knowledge.loading import load_knowledge
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.coach import Coach


def test_offers_are_counted_and_judged_by_all_that_they_show() -> None:
    coach = Coach.knowing(load_knowledge(shipped_knowledge()), None)
    entry = coach.knowledge.entries[0]
    lines = [(entry.question, (entry.id,)), (entry.question, ()), ("my dog ate half a crayon", ())]
    found = offers(coach, lines, "lines")
    assert [(offer.text, offer.shown, offer.right) for offer in found] == [
        (entry.question, frozenset({entry.id}), True),
        (entry.question, frozenset({entry.id}), False),
    ]
    assert counted(lines, found) == Offered(read=3, offers=2, right=1)


def test_the_last_row_is_over_all() -> None:
    rows = rows_of({"chat": Offered(1_000, 1, 0), "questions": Offered(10, 4, 3)})
    assert rows == [
        ["chat", "1,000", "1", "0", "1"],
        ["questions", "10", "4", "3", "1"],
        ["all", "1,010", "5", "3", "2"],
    ]


def test_chat_of_ones_own_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_text("hi all\n\nanyone up?\n", "utf-8")
    assert chat_of(path) == (("hi all", ()), ("anyone up?", ()))


def test_of_chat_no_answer_is_right() -> None:
    lines = chat()
    assert len(lines) >= 1_000
    assert {expected for _, expected in lines} == {()}
