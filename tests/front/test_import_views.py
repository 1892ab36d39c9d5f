"""The messages of an import, however much there is to tell."""

from pathlib import Path

import pytest

from bot.front.import_plan import planned
from bot.front.import_views import Message, changes_text, done_message, export_message, faults_message, offer_message
from bot.front.layout import TEXT_LIMIT
from bot.knowledge.faults import Fault
from bot.store.drafts import Draft
from bot.store.imports import Done, Import
from bot.store.snapshots import Snapshot
from tests.front.reading import seen

FILE = Path("faq.yaml")


def numbered(count: int, answer: str, first: int = 0) -> Snapshot:
    """So many entries with the longest questions, told apart by their numbers."""
    found = {f"e-{number:05}": Draft(f"{number:05} {'?' * 194}", answer) for number in range(first, first + count)}
    return Snapshot(found)


def offer(before: Snapshot, file: Snapshot, effects: str = "", *, keep: bool = False, stale: bool = False) -> Message:
    waiting = Import("0" * 16, 1, "Import of faq.yaml", file, keep)
    return offer_message(waiting, planned(file, before, keep=keep), effects, (), (), stale=stale)


def whole_of(message: Message) -> list[str]:
    (file,) = message.files
    return file.fp.read().decode().splitlines()


@pytest.mark.parametrize("count", [6, 2_500])
def test_any_number_of_changes_fits_a_message(count: int) -> None:
    message = offer(numbered(count * 2, "Old."), numbered(count * 2, "New.", first=count), "x" * 3_000, stale=True)
    assert message.view.content_length() <= TEXT_LIMIT
    told = f"**{count:,}** new, **{count:,}** changed, **{count:,}** lost; 0 stay as they are."
    assert told in seen(message.view).text


def test_one_entry_that_stays_is_not_told_as_several() -> None:
    text = seen(offer(numbered(1, "Old."), numbered(2, "Old.")).view).text
    assert "**1** new, **0** changed, **0** lost; 1 stays as it is." in text


def test_five_of_each_kind_are_named_and_the_others_counted() -> None:
    text = seen(offer(numbered(20, "Old."), numbered(20, "New.", first=10)).view).text
    assert [text.count(f"\n`{sign}` 000") for sign in "+~-"] == [5, 5, 5]
    assert [text.count(f"`{sign}` and 5 more") for sign in "+~-"] == [1, 1, 1]


def test_all_changes_stand_in_the_file() -> None:
    lines = whole_of(offer(numbered(200, "Old."), numbered(200, "New.", first=100)))
    assert lines[0] == "100 new, 100 changed, 100 lost"
    assert [sum(line.startswith(sign) for line in lines) for sign in "+~-"] == [100, 100, 100]
    assert lines.count("    answer was: Old.") == lines.count("    answer is then: New.") == 100


def test_a_few_new_entries_need_no_file() -> None:
    assert offer(Snapshot({}), numbered(5, "New.")).files == ()


def test_long_texts_are_cut_in_the_file() -> None:
    before, after = Snapshot({"a": Draft("Why?", "x" * 3_500)}), Snapshot({"a": Draft("Why?", "two\n\nlines\x07")})
    lines = changes_text(planned(after, before, keep=False)).splitlines()
    assert lines[3:] == [f"    answer was: {'x' * 499}…", "    answer is then: two | lines\N{REPLACEMENT CHARACTER}"]


def test_what_would_be_lost_can_be_kept() -> None:
    hint = "With `keep` set to true they would stay."
    assert hint in seen(offer(numbered(2, "Old."), numbered(1, "Old.")).view).text
    assert hint not in seen(offer(numbered(2, "Old."), numbered(1, "New."), keep=True).view).text


def test_eight_faults_are_told_and_all_stand_in_the_file() -> None:
    message = faults_message(
        "faq.yaml", [Fault(FILE, number, f"number {number} is wrong.") for number in range(1, 101)]
    )
    text = seen(message.view).text
    assert "faq.yaml has 100 faults" in text
    assert text.count("\n- line ") == 8
    assert whole_of(message)[-1] == "line 100: number 100 is wrong."


def test_a_few_short_faults_need_no_file() -> None:
    message = faults_message("faq.yaml", [Fault(FILE, 7, "this is wrong.")])
    assert "faq.yaml has 1 fault, so" in seen(message.view).text
    assert "- line 7: this is wrong." in seen(message.view).text
    assert message.files == ()


def test_a_long_fault_stands_whole_in_the_file() -> None:
    assert whole_of(faults_message("faq.yaml", [Fault(FILE, 7, "long " * 100)])) == [f"line 7: {'long ' * 100}"]


def test_faults_and_names_cannot_break_out_of_their_lines() -> None:
    text = seen(faults_message("# @everyone\n**", [Fault(FILE, 1, "`\n# big\n@here <@1>`")]).view).text
    assert "\n# " not in text
    assert "@everyone" not in text
    assert "@here" not in text


@pytest.mark.parametrize(("total", "said"), [
    (1, "1 entry of its own now, and members get it"), (10_000, "10,000 entries of its own now, and members get them"),
])  # fmt: skip
def test_what_was_done_is_told_in_numbers(total: int, said: str) -> None:
    done = Done("Import of faq.yaml", undid=False, new=1_234, changed=2, lost=3, total=total, after="0" * 16)
    text = seen(done_message(done, ()).view).text
    assert "1,234 new, 2 changed, 3 lost." in text
    assert said in text


def test_of_many_reasons_against_an_export_some_are_named() -> None:
    text = seen(export_message(b"", 1, [f"fault {number}" for number in range(20)]).view).text
    assert "### 1 entry of this server" in text
    assert text.count("\n- fault") == 5
    assert "- and 15 more" in text
