"""Reading knowledge folders: what is found, and each kind of fault by file and line."""

from pathlib import Path

import pytest

from bot.knowledge.faults import Fault, KnowledgeError
from bot.knowledge.loading import IMPORTED, load_community, load_knowledge, read_community, read_folder
from bot.knowledge.shipped import shipped_knowledge
from bot.knowledge.yaml_file import read_yaml
from tests.knowledge.folders import ENTRY, GUIDE, knowledge_folder, write_entries


def faults_of(folder: Path) -> list[str]:
    return [f"{fault.file.name}:{fault.line}: {fault.message}" for fault in read_folder(folder).faults]


def test_a_sound_folder_gives_its_guide_and_entries(tmp_path: Path) -> None:
    knowledge = load_knowledge(knowledge_folder(tmp_path))
    assert [guide.title for guide in knowledge.guides] == ["Baker"]
    assert [entry.id for entry in knowledge.entries] == ["median-pay"]


def test_one_guides_own_folder_is_read_with_the_words_beside_it(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, words="fillers: [quite]\n")
    knowledge = load_knowledge(folder / "baker")
    assert [entry.id for entry in knowledge.entries] == ["median-pay"]
    assert knowledge.words.fillers == ["quite"]


def test_a_folder_without_words_uses_the_shipped_ones(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    (folder / "words.yaml").unlink()
    assert load_knowledge(folder).words == load_knowledge(shipped_knowledge()).words


def write_out_of_scope(folder: Path, *texts: str) -> Path:
    """Writes the file of a folder, one text a line from line 2 on; returns its path."""
    path = folder / "out-of-scope.yaml"
    path.write_text("out_of_scope:\n" + "".join(f"  - {text}\n" for text in texts), encoding="utf-8")
    return path


def test_out_of_scope_texts_of_the_folder_and_of_each_guide_are_read(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    (folder / "miller").mkdir()
    (folder / "miller" / "guide.yaml").write_text(GUIDE.replace("baker", "miller"), encoding="utf-8")
    write_out_of_scope(folder, "hello all", "nice weather")
    write_out_of_scope(folder / "baker", "which oven do you have")
    write_out_of_scope(folder / "miller", "how loud is a mill")
    assert load_knowledge(folder).out_of_scope == (
        "hello all", "nice weather", "which oven do you have", "how loud is a mill",
    )  # fmt: skip


def test_one_guides_own_folder_is_read_with_the_out_of_scope_texts_beside_it(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    write_out_of_scope(folder, "hello all")
    write_out_of_scope(folder / "baker", "which oven do you have")
    assert load_knowledge(folder / "baker").out_of_scope == ("hello all", "which oven do you have")


def test_a_folder_without_out_of_scope_texts_uses_the_general_ones_that_are_shipped(tmp_path: Path) -> None:
    data = read_yaml(shipped_knowledge() / "out-of-scope.yaml").data
    assert {"out_of_scope": list(load_knowledge(knowledge_folder(tmp_path)).out_of_scope)} == data


def test_a_guide_without_out_of_scope_texts_is_no_fault(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    write_out_of_scope(folder, "hello all")
    reading = read_folder(folder)
    assert (reading.faults, reading.knowledge().out_of_scope) == ([], ("hello all",))


def test_an_out_of_scope_text_knows_where_it_stands(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    write_out_of_scope(folder, "hello all")
    path = write_out_of_scope(folder / "baker", "which oven do you have", "who is the oldest here")
    last = read_folder(folder).out_of_scope[-1]
    assert (last.text, last.fault("x")) == ("who is the oldest here", Fault(path, 3, "x"))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("out_of_scope:\n  - hello\n  - 3\n", "out-of-scope.yaml:3: item 2 of `out_of_scope` is `3`; it must be text."),
        ("out_of_scope:\n  - ' '\n", "out-of-scope.yaml:2: item 1 of `out_of_scope` is empty; it must be text that is not empty."),
        ("out_of_scope: hello\n", "out-of-scope.yaml:1: `out_of_scope` is `hello`; it must be a list."),
        ("\nout-of-scope: [hello]\n", "out-of-scope.yaml:2: unknown key `out-of-scope` (did you mean `out_of_scope`?)."),
        ("out_of_scope: [hello\n", "out-of-scope.yaml:2: this is not valid YAML: did not find expected ',' or ']'."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("guide", [".", "baker"], ids=["of the folder", "of a guide"])
def test_a_fault_in_out_of_scope_texts_names_the_line(tmp_path: Path, guide: str, content: str, fault: str) -> None:
    folder = knowledge_folder(tmp_path)
    (folder / guide / "out-of-scope.yaml").write_text(content, encoding="utf-8")
    assert fault in faults_of(folder)


def test_a_folder_without_a_guide_says_so(tmp_path: Path) -> None:
    assert "there is no guide here" in str(read_folder(tmp_path).faults[0])


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (ENTRY.replace("answer:", "anwser:"), "pay.yaml:6: unknown key `anwser` (did you mean `answer`?)."),
        (ENTRY.replace("  answer: The median is {median_pay} a year.\n", ""), "pay.yaml:2: item 1 of `entries` lacks the key `answer`."),
        (ENTRY.replace("theme: pay\n", "theme: [pay]\n"), "pay.yaml:3: `theme` is a list; it must be text."),
        (ENTRY.replace("related: []", "related: none"), "pay.yaml:7: `related` is `none`; it must be a list."),
        (ENTRY.replace("median-pay", "Median Pay"), "pay.yaml:2: `id` is `Median Pay`; it must be small letters and digits, joined by single hyphens."),
        (ENTRY.replace("[baker salary, pay of bakers]", "[baker salary, 3]"), "pay.yaml:5: item 2 of `phrasings` is `3`; it must be text."),
        (ENTRY.replace("What does a baker earn?", "' '"), "pay.yaml:4: `question` is empty; it must be text that is not empty."),
        (ENTRY.replace("What does a baker earn?", "a" * 300), f"pay.yaml:4: `question` is `{'a' * 39}…` (300 characters); it must be at most 200 characters."),
        (ENTRY.replace("[survey]", "[]"), "pay.yaml:8: `sources` is a list; it must be at least 1 items."),
        (ENTRY + "  leads:\n  - when: [head baker]\n", "pay.yaml:10: item 1 of `leads` lacks the key `text`."),
        (ENTRY + "  leads:\n  - text: Nothing.\n", "pay.yaml:10: item 1 of `leads` lacks the key `when`."),
        (ENTRY + "  leads:\n  - when: []\n    text: Nothing.\n", "pay.yaml:10: `when` is a list; it must be at least 1 items."),
        (ENTRY + "  leads:\n  - when: head baker\n    text: Much.\n", "pay.yaml:10: `when` is `head baker`; it must be a list."),
        (ENTRY + "  leads:\n" + "  - {when: [head], text: Much.}\n" * 21, "pay.yaml:9: `leads` is a list; it must be at most 20 items."),
        (ENTRY + "  not: how do I bake\n", "pay.yaml:9: `not` is `how do I bake`; it must be a list."),
        (ENTRY + "  lookalikes: []\n", "pay.yaml:9: unknown key `lookalikes`."),
    ],
)  # fmt: skip
def test_a_fault_in_an_entry_names_line_key_and_what_is_wanted(tmp_path: Path, entry: str, fault: str) -> None:
    assert fault in faults_of(knowledge_folder(tmp_path, entries=entry))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("value: 30000", "value: lots", "guide.yaml:11: `value` is `lots`; it must be a number or a list."),
        ("value: 30000", "value: [1]", "at least 2 items"),
        ("unit: USD", "unit: pounds", "guide.yaml:12: `unit` is `pounds`; it must be one of 'USD', 'USD_thousands'"),
        ("as_of: 2024\n    valid", "as_of: lately\n    valid", "guide.yaml:15: `as_of` is `lately`; it must be a date such as 2025, 2025-06 or 2025-06-30."),
        ("valid_until: 2030", "valid_until: 2030-02-31", "guide.yaml:16: `valid_until` is `2030-02-31`; it must be a date that exists."),
        ("title: Baker\n", "", "guide.yaml:1: the file lacks the key `title`."),
        ("  median_pay:", "  Median Pay:", "guide.yaml:9: the key `Median Pay` must be small letters, digits and underscores"),
    ],
)  # fmt: skip
def test_a_fault_in_the_guide_names_line_key_and_what_is_wanted(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in GUIDE
    found = faults_of(knowledge_folder(tmp_path, guide=GUIDE.replace(old, new)))
    assert any(fault in one for one in found), found


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, guide=GUIDE.replace("title: Baker\n", ""), words="synonyms: 3\n")
    write_entries(folder, ENTRY.replace("answer:", "anwser:"))
    write_entries(folder, "[broken", name="other.yaml")
    assert {fault.split(":")[0] for fault in faults_of(folder)} == {
        "guide.yaml",
        "words.yaml",
        "pay.yaml",
        "other.yaml",
    }


def test_a_sound_entry_stays_when_another_in_its_file_is_faulty(tmp_path: Path) -> None:
    reading = read_folder(knowledge_folder(tmp_path, entries=ENTRY + "- id: broken\n"))
    assert [placed.entry.id for placed in reading.placed] == ["median-pay"]
    assert reading.faulty_ids == {"broken"}


def test_the_error_says_the_first_fault_and_how_many_more_there_are(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=ENTRY.replace("answer:", "anwser:"))
    with pytest.raises(KnowledgeError, match=r"pay\.yaml:2: .* \(and 1 more\)\. `waymark check` lists all of them\.$"):
        load_knowledge(folder)


def test_a_communitys_entry_needs_only_id_question_and_answer(tmp_path: Path) -> None:
    path = tmp_path / "community.yaml"
    path.write_text('{"entries": [{"id": "rules", "question": "Rules?", "phrasings": [], "answer": "Be kind."}]}')
    assert [(entry.id, entry.theme) for entry in load_community(path)] == [("rules", None)]


def test_a_communitys_file_can_be_read_with_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "community.yaml"
    path.write_text("entries:\n  - id: rules\n    question: Rules?\n    answer: Be kind.\n  - id: broken\n")
    reading = read_community(path)
    assert {fault.line for fault in reading.faults} == {5}
    assert reading.words.synonyms


def test_a_broken_community_file_is_refused_with_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "community.yaml"
    path.write_text("entries:\n  - id: rules\n")
    with pytest.raises(KnowledgeError, match=r"community\.yaml:2: item 1 of `entries` lacks the key"):
        load_community(path)


def test_imported_entries_come_after_the_guides_and_need_no_theme(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    (folder / IMPORTED).write_text("entries:\n- {id: rules, question: Rules?, answer: Be kind.}\n", encoding="utf-8")
    assert [entry.id for entry in load_knowledge(folder).entries] == ["median-pay", "rules"]


def test_imported_entries_are_enough_without_a_guide(tmp_path: Path) -> None:
    (tmp_path / IMPORTED).write_text("entries:\n- {id: rules, question: Rules?, answer: Be kind.}\n", encoding="utf-8")
    assert [entry.id for entry in load_knowledge(tmp_path).entries] == ["rules"]


def test_a_fault_of_imported_entries_has_its_line(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    (folder / IMPORTED).write_text("entries:\n- id: rules\n  question: Rules?\n", encoding="utf-8")
    assert faults_of(folder) == ["imported.yaml:2: item 1 of `entries` lacks the key `answer`."]
