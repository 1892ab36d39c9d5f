"""The rules across files."""

import datetime as dt
from pathlib import Path

from bot.knowledge.check import check_reading
from bot.knowledge.loading import read_folder
from bot.knowledge.models import ANSWER_LIMIT
from tests.knowledge.folders import ENTRY, GUIDE, knowledge_folder, write_entries

TODAY = dt.date(2026, 7, 1)


def faults_of(folder: Path) -> list[str]:
    faults = check_reading(read_folder(folder), TODAY)
    return [f"{fault.file.name}:{fault.line}: {fault.message}" for fault in faults]


def test_sound_files_have_no_fault(tmp_path: Path) -> None:
    assert faults_of(knowledge_folder(tmp_path)) == []


def test_an_id_that_is_taken_names_where(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    write_entries(folder, ENTRY, name="zz.yaml")
    assert faults_of(folder) == ["zz.yaml:2: the id `median-pay` is taken already (pay.yaml:2); ids must differ."]


def test_a_related_id_without_an_entry_is_dangling(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=ENTRY.replace("related: []", "related:\n  - nowhere"))
    assert faults_of(folder) == ["pay.yaml:8: `related` names `nowhere`, and there is no such entry."]


def test_an_entry_does_not_relate_to_itself(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=ENTRY.replace("related: []", "related: [median-pay]"))
    assert faults_of(folder) == ["pay.yaml:7: `median-pay` names itself as related."]


def test_a_related_entry_with_a_fault_of_its_own_is_not_dangling(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=ENTRY.replace("related: []", "related: [broken]") + "- id: broken\n")
    assert not any("no such entry" in fault for fault in faults_of(folder))


def test_a_related_entry_in_an_unreadable_file_is_not_dangling(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=ENTRY.replace("related: []", "related: [elsewhere]"))
    write_entries(folder, "[", name="other.yaml")
    assert not any("no such entry" in fault for fault in faults_of(folder))


def test_a_figure_that_no_guide_defines_is_named_with_the_line_of_its_mark(tmp_path: Path) -> None:
    answer = "answer: |-\n    The median is {median_pay}.\n    The mean is {mean_pay}."
    folder = knowledge_folder(tmp_path, entries=ENTRY.replace("answer: The median is {median_pay} a year.", answer))
    assert faults_of(folder) == [
        "pay.yaml:8: `answer` names the figure `{mean_pay}`, which guide.yaml does not define."
    ]


def with_leads(*leads: str) -> str:
    return ENTRY + "  leads:\n" + "".join(f"  - {lead}\n" for lead in leads)


def test_a_figure_of_a_lead_that_no_guide_defines_is_named_with_the_line_of_its_mark(tmp_path: Path) -> None:
    lead = "when: [head baker]\n    text: >-\n      A head baker\n      earns {head_pay}."
    assert faults_of(knowledge_folder(tmp_path, entries=with_leads(lead))) == [
        "pay.yaml:13: `text` names the figure `{head_pay}`, which guide.yaml does not define."
    ]


def test_an_unknown_theme_or_source_is_named(tmp_path: Path) -> None:
    folder = knowledge_folder(
        tmp_path, entries=ENTRY.replace("theme: pay", "theme: money").replace("[survey]", "[rumour]")
    )
    assert faults_of(folder) == [
        "pay.yaml:3: `theme` is `money`, which guide.yaml does not define.",
        "pay.yaml:8: `sources` names `rumour`, which guide.yaml does not define.",
    ]


def test_names_are_not_called_dangling_when_the_guide_itself_is_unreadable(tmp_path: Path) -> None:
    assert faults_of(knowledge_folder(tmp_path, guide="[")) == [
        "guide.yaml:2: this is not valid YAML: did not find expected node content."
    ]


def test_a_figure_names_a_known_source_and_goes_from_low_to_high(tmp_path: Path) -> None:
    guide = GUIDE.replace("source: survey", "source: rumour").replace("30000", "[5, 2]")
    assert faults_of(knowledge_folder(tmp_path, guide=guide)) == [
        "guide.yaml:11: `value` of figure `median_pay` must go from low to high.",
        "guide.yaml:14: figure `median_pay` names the source `rumour`, which is not defined.",
    ]


def test_an_answer_too_long_for_discord_is_told_with_its_length(tmp_path: Path) -> None:
    answer = "answer: " + "long " * (ANSWER_LIMIT // 5) + "too long"
    folder = knowledge_folder(tmp_path, entries=ENTRY.replace("answer: The median is {median_pay} a year.", answer))
    assert faults_of(folder) == [
        "pay.yaml:6: `answer` has 3,508 characters with its figures filled in; 3,500 is the most."
    ]


def test_an_answer_too_long_for_discord_with_all_its_leads_is_told(tmp_path: Path) -> None:
    leads = [f"{{when: [{word}], text: {'long ' * 350}x}}" for word in ("head", "night")]
    assert faults_of(knowledge_folder(tmp_path, entries=with_leads(leads[0]))) == []
    write_entries(tmp_path / "knowledge", with_leads(*leads))
    assert faults_of(tmp_path / "knowledge") == [
        (
            "pay.yaml:6: `answer` has 3,534 characters with its figures filled in and all its leads before it; "
            "3,500 is the most."
        )
    ]


def test_a_sequence_names_only_entries_that_are_there(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, guide=GUIDE + "sequences:\n  - [median-pay,\n     nowhere]\n")
    assert faults_of(folder) == ["guide.yaml:19: `sequences` names `nowhere`, and there is no such entry."]
