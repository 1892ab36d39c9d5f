"""The rules of `practice.yaml`: each fault once, with its line."""

from pathlib import Path

import pytest

from tests.knowledge.coaching_folders import PRACTICE, coaching_folder
from tests.knowledge.test_check import faults_of


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("id: how", "id: why", "3: the id `why` is taken already (line 2); ids must differ."),
        ("skills: [dough]", "skills: [yeast]", "2: `skills` names `yeast`, which skills.yaml lacks."),
        ("entry: median-pay", "entry: nowhere", "9: `entry` names `nowhere`, and there is no such entry."),
        ("id: tools", "id: jobs", "15: the id `jobs` is taken already (line 14); ids must differ."),
        (
            "label: Tools", "label: Tools, suggestions: [A knife]",
            "15: a paper about a member cannot have `suggestions`: they would be facts that nobody told.",
        ),
        (
            "question: Why bread?", "question: 'Why {pay}?'",
            "2: `{pay}` would be shown as it is: no figures are filled in here.",
        ),
        ("[one, two, three]", "[one, two]", "2: `rubric` is a list; it must be at least 3 items."),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    folder = coaching_folder(tmp_path, practice=PRACTICE.replace(old, new, 1))
    assert faults_of(folder) == [f"practice.yaml:{fault}"]


def test_a_level_that_is_not_there_and_one_without_a_question_are_told(tmp_path: Path) -> None:
    folder = coaching_folder(tmp_path, practice=PRACTICE.replace("level: helper", "level: king"))
    assert faults_of(folder) == [
        "practice.yaml:1: there is no question for the level `helper`.",
        "practice.yaml:2: `level` names the level `king`, which ladder.yaml lacks.",
    ]


def test_a_paper_about_a_job_may_suggest(tmp_path: Path) -> None:
    job = PRACTICE.replace("about: member", "about: job").replace(
        "label: Tools", "label: Tools, suggestions: [A knife]"
    )
    assert faults_of(coaching_folder(tmp_path, practice=job)) == []


def test_forms_with_the_same_id_are_told(tmp_path: Path) -> None:
    paper = PRACTICE[PRACTICE.index("  - id: resume") :]
    assert faults_of(coaching_folder(tmp_path, practice=PRACTICE + paper)) == [
        "practice.yaml:16: the id `resume` is taken already (line 5); ids must differ."
    ]


def test_the_files_that_practice_names_things_of_must_be_beside_it(tmp_path: Path) -> None:
    folder = coaching_folder(tmp_path, ladder=None, skills=None)
    assert faults_of(folder) == [
        "practice.yaml:1: this file needs `ladder.yaml` beside it, which is not there.",
        "practice.yaml:1: this file needs `skills.yaml` beside it, which is not there.",
    ]
