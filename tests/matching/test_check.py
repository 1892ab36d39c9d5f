"""Faults that only the matcher sees."""

import datetime as dt
from pathlib import Path

import pytest

from bot.knowledge.loading import read_folder
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.check import check_all
from tests.knowledge.folders import ENTRY, knowledge_folder

TODAY = dt.date(2026, 7, 1)


def faults_of(folder: Path) -> list[str]:
    return [f"{fault.file.name}:{fault.line}: {fault.message}" for fault in check_all(read_folder(folder), TODAY)]


def second(question: str, phrasings: str = "[]") -> str:
    return (
        ENTRY
        + f"- {{id: other, theme: pay, question: {question}, phrasings: {phrasings}, answer: x, sources: [survey]}}\n"
    )


def test_the_shipped_knowledge_has_no_fault() -> None:
    assert faults_of(shipped_knowledge()) == []


def test_two_entries_with_the_same_phrasing_are_told_whatever_its_case_and_points(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=second("Anything else?", "[Baker salary!]"))
    assert faults_of(folder) == [
        "pay.yaml:9: `Baker salary!` is a phrasing of `median-pay` too; it can lead to one only."
    ]


def test_a_phrasing_twice_in_one_entry_is_told(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=ENTRY.replace("pay of bakers", "baker  SALARY"))
    assert faults_of(folder) == ["pay.yaml:5: `baker  SALARY` stands in `median-pay` twice; once is enough."]


def test_a_phrasing_without_words_is_told(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=ENTRY.replace("pay of bakers", '"?!"'))
    assert faults_of(folder) == ["pay.yaml:5: `?!` has no word that could be matched."]


def test_an_entry_that_its_own_question_does_not_find_is_told(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=second("baker salary"))
    assert "pay.yaml:9: `other` is not found first by its own question; `median-pay` is." in faults_of(folder)


@pytest.mark.parametrize("text", ["what DOES a baker earn", "  Baker salary!! 😭"])
def test_an_out_of_scope_text_that_is_an_entrys_wording_is_told_where_it_stands(tmp_path: Path, text: str) -> None:
    folder = knowledge_folder(tmp_path)
    content = f"# Chat\nout_of_scope:\n  - nice weather\n  - '{text}'\n"
    (folder / "baker" / "out-of-scope.yaml").write_text(content, encoding="utf-8")
    sentence = "is out of scope here and a phrasing of `median-pay`; it can be one only."
    assert faults_of(folder) == [f"out-of-scope.yaml:4: `{text.strip()}` {sentence}"]


def test_an_out_of_scope_text_beside_the_words_is_told_too(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    (folder / "out-of-scope.yaml").write_text("out_of_scope: [nice weather, baker salary]\n", encoding="utf-8")
    assert faults_of(folder) == [
        "out-of-scope.yaml:1: `baker salary` is out of scope here and a phrasing of `median-pay`; it can be one only."
    ]


def test_out_of_scope_texts_near_an_entry_and_those_without_words_are_no_fault(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    (folder / "out-of-scope.yaml").write_text("out_of_scope: [baker salaries, 😭, '?!']\n", encoding="utf-8")
    assert faults_of(folder) == []


def test_a_lookalike_that_is_a_wording_of_its_entry_is_told(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=ENTRY + "  not: [a nurse's salary, what does A BAKER earn]\n")
    assert faults_of(folder) == [
        "pay.yaml:9: `what does A BAKER earn` is under `not` and a phrasing of `median-pay`; it can be one only."
    ]


def test_a_lookalike_that_another_entry_answers_is_no_fault(tmp_path: Path) -> None:
    entries = ENTRY + "  not: [working hours]\n" + second("When do bakers work?", "[working hours]").removeprefix(ENTRY)
    assert faults_of(knowledge_folder(tmp_path, entries=entries)) == []


def test_a_lookalike_without_words_is_told(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=ENTRY + "  not: ['?!']\n")
    assert faults_of(folder) == ["pay.yaml:9: `?!` has no word that could be matched."]


def with_leads(*phrases: str) -> str:
    return ENTRY + "  leads:\n" + "".join(f"  - {{when: {when}, text: Much.}}\n" for when in phrases)


def test_two_leads_of_an_entry_with_the_same_phrase_are_told_whatever_its_endings(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=with_leads("[apprentice, head baker]", "[night, Head Bakers]"))
    assert faults_of(folder) == ["pay.yaml:11: `Head Bakers` names lead 1 of `median-pay` too; it can be one only."]


def test_a_phrase_twice_in_one_lead_and_in_two_entries_is_no_fault(tmp_path: Path) -> None:
    other = with_leads("[head baker]").replace("median-pay", "other").replace("What does a baker earn?", "Who bakes?")
    other = other.replace("[baker salary, pay of bakers]", "[]")
    assert faults_of(knowledge_folder(tmp_path, entries=with_leads("[head baker, head bakers]") + other)) == []


def test_a_lead_phrase_without_words_is_told(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=with_leads("['?!']"))
    assert faults_of(folder) == ["pay.yaml:10: `?!` has no word that could be matched."]


def test_faults_of_files_and_of_matching_come_in_one_list(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=second("baker salary") + "- id: third\n")
    found = faults_of(folder)
    assert any("lacks the key `theme`" in fault for fault in found)
    assert any("not found first" in fault for fault in found)


def test_every_topic_answer_is_of_readable_length() -> None:
    knowledge = read_folder(shipped_knowledge()).knowledge()
    lengths = {entry.id: len(knowledge.text_of(entry, TODAY).split()) for entry in knowledge.entries}
    assert {entry_id: words for entry_id, words in lengths.items() if not 40 <= words <= 150} == {}
