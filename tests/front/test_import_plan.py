"""What a file would make of a server's entries, and what is wrong with it, before anything is changed."""

import json

import pytest

from bot.front.import_plan import Plan, plan_of, planned, unreadable
from bot.knowledge.exchange.reading import read_entries
from bot.knowledge.exchange.writing import write_entries
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.models import Entry, Figure, GuideFile
from bot.store.drafts import Draft
from bot.store.snapshots import Snapshot, without_repeats

FIGURE = Figure(
    about="Pay", value=30_000, unit="USD", region="US", source="survey", as_of="2024", valid_until="2030"
)  # fmt: skip
GUIDE = Knowledge(
    (GuideFile(guide="baker", title="Baker", summary="Bread.", themes={}, sources={}, figures={"pay": FIGURE}),),
    (
        Entry(id="night", question="Do bakers work at night?", answer="Yes."),
        Entry(id="shifts", question="When do bakers work?", answer="At night."),
    ),
)
RULES = Draft("What are the rules?", "Be kind.", ("house rules",))
MEETING = Draft("When do we meet?", "On Mondays.")
STANDING = Snapshot({"meeting": MEETING, "rules": RULES})


def plan(text: str, name: str = "faq.md", *, standing: Snapshot = STANDING, keep: bool = False) -> Plan:
    return plan_of(read_entries(name, text.encode()), standing, GUIDE, keep=keep)


def faults(text: str, name: str = "faq.md", *, standing: Snapshot = STANDING, keep: bool = False) -> list[str]:
    found = plan(text, name, standing=standing, keep=keep)
    assert found.file == Snapshot({}), "a file with faults gives no entries"
    return [f"{fault.line}: {fault.message}" for fault in found.faults]


def exported(snapshot: Snapshot) -> str:
    return write_entries(snapshot.entries())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "entries:\n  - {id: parking, question: Where may I park?, answer: Behind the oven.}\n"),
        ("a.md", "## Where may I park?\n\nBehind the oven.\n"),
        ("a.csv", "question,answer\nWhere may I park?,Behind the oven.\n"),
        ("a.json", '[{"question": "Where may I park?", "answer": "Behind the oven."}]'),
        ("a.json", '{"4": {"GUILD": {"1": {"commands": {"where may I park": {"response": "Behind the oven."}}}}}}'),
        ("tags.json", '[{"name": "where-may-I-park", "content": "Behind the oven.", "uses": 4}]'),
    ],
)  # fmt: skip
def test_files_of_every_kind_are_compared_with_what_stands(name: str, text: str) -> None:
    found = plan(text, name)
    assert [(entry.question.rstrip("?").lower(), entry.answer) for entry in found.difference.new] == [
        ("where may i park", "Behind the oven.")
    ]
    assert [entry.id for entry in found.difference.lost] == ["meeting", "rules"]


def test_what_the_file_lacks_is_not_lost_when_it_is_kept() -> None:
    found = plan("## Where may I park?\n\nBehind the oven.\n", keep=True)
    assert (len(found.difference.new), len(found.difference.lost), len(found.difference.same)) == (1, 0, 2)


def test_a_changed_answer_is_told_under_the_id_that_the_question_has() -> None:
    (change,) = plan("## When do we meet?\n\nNever.\n").difference.changed
    assert (change.before.id, change.after.id, change.after.answer) == ("meeting", "meeting", "Never.")


def test_an_export_makes_no_difference() -> None:
    assert plan(exported(STANDING), "x.yaml").difference.is_empty


def test_an_export_of_phrasings_that_repeat_words_makes_no_difference() -> None:
    draft = Draft("What are the rules?", "Be kind.", ("what are the RULES", "House rules!", "house rules"))
    standing = Snapshot({"rules": draft})
    text = exported(Snapshot({"rules": without_repeats(draft)}))
    assert plan(text, "x.yaml", standing=standing).difference.is_empty


def test_an_export_of_what_no_question_can_be_met_with_makes_no_difference() -> None:
    standing = Snapshot({"rules": Draft("ルールは何ですか", "Be kind.", ("can't", "can not"))})
    assert plan(exported(standing), "x.yaml", standing=standing).difference.is_empty


def test_all_faults_are_told_with_their_lines() -> None:
    text = 'entries:\n- question: Why?\n- question: "???"\n  answer: So.\n  phrasing: x\n'
    assert faults(text, "a.yaml") == [
        "2: item 1 of `entries` lacks the key `answer`.",
        "5: unknown key `phrasing` (did you mean `phrasings`?).",
    ]


def test_two_entries_of_the_file_with_one_wording_are_told() -> None:
    (fault,) = faults("## Why not?\n\nSo.\n\n## Why?\n\nOr so.\n\nAlso asked:\n- why can't\n- why cannot\n")
    assert fault.startswith("5: `why cannot` stands in ")


def test_wordings_of_the_file_and_of_what_is_kept_are_told_where_the_file_has_them() -> None:
    text = "## What now?\n\nSo.\n\nAlso asked:\n- House rules!\n"
    (fault,) = faults(text, keep=True)
    assert fault == "1: `House rules!` is a phrasing of `rules` too; it can lead to one only."
    assert not plan(text).faults


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("word " * 800, "`answer` has 3,999 characters; 3,500 is the most."),
        ("word\n      " * 400, "The answer has 4393 characters, and 3500 fit a message."),
    ],
)
def test_an_answer_too_long_for_a_message_is_told(answer: str, fault: str) -> None:
    assert faults(f"## Why?\n\n{answer}\n") == [f"3: {fault}"]


def test_phrasings_that_are_too_long_or_too_many_are_told() -> None:
    phrasings = "\n".join(f"- phrasing number {number}" for number in range(51))
    assert faults(f"## Why?\n\nSo.\n\nAlso asked:\n{phrasings}\n") == ["1: `why` has 51 phrasings; 50 is the most."]
    assert faults(f"## Why?\n\nSo.\n\nAlso asked:\n- {'long ' * 50}\n") == [
        "1: this phrasing has 249 characters; 200 is the most."
    ]


def test_an_answer_of_unseen_characters_alone_is_told() -> None:
    text = json.dumps([{"question": "Why?", "answer": "\x01\x02"}])
    assert faults(text, "a.json") == ["1: The answer cannot be saved: it is empty or too long."]


def test_an_entry_with_the_id_of_the_guides_takes_its_place() -> None:
    found = plan("entries:\n- {id: night, question: Do bakers work at night?, answer: Ask Ann.}\n", "a.yaml")
    assert found.file.overrides == {"night"}
    assert "These take the place of the guide's own entries: `night`." in found.notes


def test_an_id_made_from_a_question_never_takes_the_place_of_the_guides_by_chance() -> None:
    found = plan("## Night\n\nSleep well.\n\n## Shifts?\n\nTwo.\n")
    assert found.file.overrides == frozenset()
    assert all(entry_id not in {"night", "shifts"} for entry_id in found.file.drafts)
    assert len(found.difference.new) == 2


def test_what_stands_under_the_guides_id_goes_on_there() -> None:
    standing = Snapshot({"night": Draft("Night", "Sleep.")}, frozenset({"night"}))
    found = plan("## Night\n\nSleep well.\n", standing=standing)
    assert [change.after.id for change in found.difference.changed] == ["night"]


def test_what_is_not_kept_of_a_guides_entry_is_told() -> None:
    found = plan("entries:\n- {id: x, question: Why?, answer: So., theme: pay, sources: [survey]}\n", "a.yaml")
    assert found.notes == ("I keep questions, phrasings and answers only. The file has more: `theme`, `sources`.",)


def test_marks_that_mean_nothing_here_are_told_and_figures_are_not() -> None:
    found = plan("## Why?\n\nHello {user} in {server}, {pay} in {channel} for {everyone}.\n")
    assert found.notes == (
        "Members will read `{user}`, `{server}`, `{channel}` and 1 more as it stands there: it means nothing to me.",
    )


@pytest.mark.parametrize(
    "content",
    [b"", b" \n", b"\x00\x01", b"\xff\xfe\x00", b"entries: &a [*a]", b"[" * 100_000, b"{" * 1_000, b"a: b: c"],
)
def test_no_file_raises(content: bytes) -> None:
    for name in ("a.yaml", "a.md", "a.csv", "a.json", "a", "../../etc/passwd", "\u202e.yaml"):
        assert plan_of(read_entries(name, content), STANDING, GUIDE, keep=False).faults


def test_a_plan_can_be_made_anew_when_the_entries_were_changed() -> None:
    file = plan("## When do we meet?\n\nNever.\n").file
    (new,) = planned(file, Snapshot({"rules": RULES}), keep=True).new
    assert (new.question, new.answer) == ("When do we meet?", "Never.")


def test_entries_with_one_wording_would_not_be_read_again() -> None:
    entries = [Draft("Why?", "So.").entry("a"), Draft("WHY", "Or so.").entry("b")]
    assert unreadable(entries) == ("`WHY` is asked already",)
    assert unreadable(STANDING.entries()) == ()
