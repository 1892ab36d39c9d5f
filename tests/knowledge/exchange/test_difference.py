"""What an import would change."""

from bot.knowledge.exchange.difference import Change, Difference, difference
from bot.knowledge.models import Entry


def entry(entry_id: str, question: str = "", answer: str = "yes") -> Entry:
    return Entry(id=entry_id, question=question or f"Is it {entry_id}?", answer=answer)


def test_entries_are_new_changed_lost_or_the_same() -> None:
    changed = entry("b", answer="no")
    assert difference([entry("a"), entry("b"), entry("c")], [entry("d"), changed, entry("a")]) == Difference(
        new=(entry("d"),), changed=(Change(entry("b"), changed),), lost=(entry("c"),), same=(entry("a"),)
    )


def test_an_entry_with_another_id_is_known_by_its_question() -> None:
    before, after = entry("a", "Is it paid?"), entry("b", "is it paid")
    assert difference([before], [after]) == Difference(changed=(Change(before, after),))


def test_the_same_entries_in_another_order_are_no_difference() -> None:
    assert difference([entry("a"), entry("b")], [entry("b"), entry("a")]).is_empty


def test_the_summary_counts_and_names() -> None:
    assert difference([entry("a"), entry("b")], [entry("b", answer="no"), entry("c")]).summary() == (
        "1 new, 1 changed, 1 lost, 0 same\n  + c: Is it c?\n  ~ b: Is it b?\n  - a: Is it a?"
    )


def test_a_long_summary_names_the_first_ten() -> None:
    lines = difference([], [entry(f"e{number:03}") for number in range(250)]).summary().splitlines()
    assert (len(lines), lines[-1]) == (12, "  + and 240 more")
