"""The rules of `ladder.yaml` and `skills.yaml`: each fault once, with its line."""

from pathlib import Path

import pytest

from tests.knowledge.coaching_folders import LADDER, SKILLS, coaching_folder
from tests.knowledge.test_check import faults_of


def test_sound_files_have_no_fault(tmp_path: Path) -> None:
    assert faults_of(coaching_folder(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("id: baker", "id: helper", "9: the id `helper` is taken already (line 2); ids must differ."),
        ("years: median_pay", "years: no_pay", "4: `years` names the figure `no_pay`, which guide.yaml lacks."),
        ("median: median_pay", "mean: no_pay", "6: `mean` names the figure `no_pay`, which guide.yaml lacks."),
        ("entry: median-pay", "entry: nowhere", "8: `entry` names `nowhere`, and there is no such entry."),
        ("    onward: Learn.\n", "", "2: `helper` lacks the key `onward`: how to get to the next level."),
        ("does: Sweeps.", "does: For {pay}.", "5: `{pay}` would be shown as it is: no figures are filled in here."),
    ],
)  # fmt: skip
def test_a_fault_of_the_ladder_is_told_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    folder = coaching_folder(tmp_path, ladder=LADDER.replace(old, new, 1), skills=None, practice=None)
    assert faults_of(folder) == [f"ladder.yaml:{fault}"]


def test_a_pictured_entry_has_to_be_there(tmp_path: Path) -> None:
    assert faults_of(coaching_folder(tmp_path / "one", ladder="pictured: [median-pay]\n" + LADDER)) == []
    found = faults_of(coaching_folder(tmp_path / "two", ladder="pictured: [median-pay, nowhere]\n" + LADDER))
    assert found == ["ladder.yaml:1: `pictured` names `nowhere`, and there is no such entry."]


def test_the_highest_level_has_nowhere_to_lead(tmp_path: Path) -> None:
    folder = coaching_folder(tmp_path, ladder=LADDER + "    onward: Higher.\n")
    assert faults_of(folder) == ["ladder.yaml:15: `baker` is the highest level: `onward` has nowhere to lead."]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{helper: 0, baker: 2}", "{helper: 0}", "14: `needs` of `dough` lacks the level `baker`."),
        ("baker: 2", "baker: 2, king: 3", "14: `king` names the level `king`, which ladder.yaml lacks."),
        ("step: school", "step: war", "15: `step` names the step `war`, which path.yaml lacks."),
        ("entry: median-pay", "entry: nowhere", "16: `entry` names `nowhere`, and there is no such entry."),
        ("level: baker", "level: king", "18: `level` names the level `king`, which ladder.yaml lacks."),
        ("weight: 40", "weight: 41", "17: the weights of `skills` and the `parts` come to 101; 100 is wanted."),
        ("id: papers", "id: skills", "22: the id `skills` is taken already (line 20); ids must differ."),
        ("id: none", "id: done", "29: the id `done` is taken already (line 28); ids must differ."),
        ("points: 100", "points: 90", "27: `points` of `papers` come to 90 for the best choice; 100 is wanted."),
        (
            ", move: {do: Finish, step: school, entry: median-pay}", "",
            "29: `done` lacks the key `move`: what to do to be able to say this.",
        ),
        ("Finish, step: school", "Finish, step: war", "29: `step` names the step `war`, which path.yaml lacks."),
        ("school, entry: median-pay", "school, entry: no", "29: `entry` names `no`, and there is no such entry."),
        ("No verdict.", "'See {pay}.'", "19: `{pay}` would be shown as it is: no figures are filled in here."),
    ],
)  # fmt: skip
def test_a_fault_of_the_skills_is_told_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    found = faults_of(coaching_folder(tmp_path, skills=SKILLS.replace(old, new, 1), practice=None))
    assert found == [f"skills.yaml:{fault}"]


def test_choices_that_are_ticked_must_come_to_a_hundred(tmp_path: Path) -> None:
    several = SKILLS.replace("choose: one", "choose: several").replace("points: 0}", "points: 5}")
    found = faults_of(coaching_folder(tmp_path, skills=several, practice=None))
    assert "skills.yaml:27: `points` of `papers` come to 105 for all choices together; 100 is wanted." in found


def test_a_skill_that_stands_in_two_groups_is_told(tmp_path: Path) -> None:
    group = SKILLS[SKILLS.index("  - id: hands") : SKILLS.index("readiness:")]
    twice = SKILLS.replace(group, group + group.replace("id: hands", "id: head"))
    assert faults_of(coaching_folder(tmp_path, skills=twice)) == [
        "skills.yaml:20: the id `dough` is taken already (line 10); ids must differ."
    ]


def test_files_that_skills_name_things_of_must_be_beside_them(tmp_path: Path) -> None:
    folder = coaching_folder(tmp_path, path=None, ladder=None, practice=None)
    assert faults_of(folder) == [
        "skills.yaml:1: this file needs `ladder.yaml` beside it, which is not there.",
        "skills.yaml:1: this file needs `path.yaml` beside it, which is not there.",
    ]


def test_names_are_not_called_unknown_while_their_file_cannot_be_read(tmp_path: Path) -> None:
    found = faults_of(coaching_folder(tmp_path, path="[", ladder="["))
    assert [fault.partition(":")[0] for fault in found] == ["ladder.yaml", "path.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("baker: 2", "baker: 4", "14: `baker` is `4`; it must be one of 0, 1, 2 or 3."),
        ("weight: 40", "weight: 0", "24: `weight` is `0`; it must be a whole number from 1 to 100."),
        ("points: 0", "points: -1", "28: `points` is `-1`; it must be a whole number from 0 to 100."),
        ("  - {name: Solid, meaning: Alone}\n", "", "1: `ratings` is a list; it must be at least 4 items."),
    ],
)
def test_what_a_model_refuses_is_told_in_plain_words(tmp_path: Path, old: str, new: str, fault: str) -> None:
    folder = coaching_folder(tmp_path, skills=SKILLS.replace(old, new, 1), practice=None)
    assert faults_of(folder) == [f"skills.yaml:{fault}"]


@pytest.mark.parametrize(("key", "longest"), [("name: Dough", 45), ("about: Making dough", 100)])
def test_a_text_that_no_form_of_discord_can_show_is_refused(tmp_path: Path, key: str, longest: int) -> None:
    name, _, text = key.partition(": ")
    for length, faults in ((longest, 0), (longest + 1, 1)):
        longer = SKILLS.replace(key, f"{name}: {text.ljust(length, 'x')}")
        found = faults_of(coaching_folder(tmp_path / str(length), skills=longer, practice=None))
        assert len(found) == faults
