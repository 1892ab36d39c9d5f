"""The rules of `path.yaml`, each fault by file and line."""

import datetime as dt
from pathlib import Path

import pytest

from bot.knowledge.check import check_reading
from bot.knowledge.loading import read_folder
from tests.knowledge.paths import PATH, path_folder

SUM = 'figures of guide.yaml, such as "{total_years}", or an `estimate` with `because`'


def faults_of(folder: Path) -> list[str]:
    faults = check_reading(read_folder(folder), dt.date(2026, 7, 1))
    return [f"{fault.file.name}:{fault.line}: {fault.message}" for fault in faults]


def test_a_sound_path_has_no_fault(tmp_path: Path) -> None:
    assert faults_of(path_folder(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("title: Becoming a baker\n", "", "1: the file lacks the key `title`."),
        ("    goal: Be a member.\n", "", "19: item 2 of `steps` lacks the key `goal`."),
        ("done_when: The", "done_wen: The", "25: unknown key `done_wen` (did you mean `done_when`?)."),
        (
            "text: Enroll",
            f"text: {'x' * 101}",
            f"9: `text` is `{'x' * 39}…` (101 characters); it must be at most 100 characters.",
        ),
        ('cost: "{school_fee}"', "cost: 12", f"14: `cost` is `12`; it must be {SUM}."),
        ('cost: "{school_fee}"', "cost: some hundreds", f"14: `cost` is `some hundreds`; it must be {SUM}."),
        ('cost: "{school_fee}"', "cost: {full_time: 1}", "14: unknown key `full_time`"),
        ('full_time: "{school_years}"', "full_time: [1, 2]", f"12: `full_time` is a list; it must be {SUM}."),
        (
            "{estimate: [50, 100], because: A fee and the stamps.}",
            "{estimate: [50, 100]}",
            "27: `cost` lacks the key `because`.",
        ),
        ("estimate: [50, 100]", "estimate: [50, many]", "27: item 2 of `estimate` is `many`; it must be a number."),
        ("starting_points:", "starting_point:", "1: the file lacks the key `starting_points`."),
        ("        because: Cooks are known there.\n", "", "48: `guild` lacks the key `because`."),
    ],
)
def test_a_fault_in_a_shape_names_line_key_and_what_is_wanted(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in PATH
    assert any(
        found.startswith(f"path.yaml:{fault}") for found in faults_of(path_folder(tmp_path, PATH.replace(old, new, 1)))
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{id: enroll", "{id: choose", "9: the id `choose` is taken already (line 8); ids must differ."),
        ("- id: night", "- id: school", "29: the id `school` is taken already (line 3); ids must differ."),
        ("- id: cook", "- id: fresh", "44: the id `fresh` is taken already (line 40); ids must differ."),
        ("[50, 100]", "[100, 50]", "27: `estimate` must go from low to high."),
        ("[1, 2], because: They", "[2, 1], because: They", "51: `estimate` must go from low to high."),
        (
            '      part_time: "{evening_school_years}"\n',
            "",
            "11: `duration` must have both `full_time` and `part_time`.",
        ),
        (
            '    duration: "{guild_months}"\n',
            "",
            "19: `guild` lacks the key `duration`, or `during` with the id of a step.",
        ),
        (
            'cost: "{school_fee}"',
            'cost: "{guild_months}"',
            "14: `cost` names the figure `{guild_months}`, which is not a range in USD with an end.",
        ),
        (
            '"{guild_months}"',
            '"{school_fee}"',
            "26: `duration` names the figure `{school_fee}`, which is not a range in years or months with an end.",
        ),
        (
            '"{school_years}"',
            '"{nothing}"',
            "12: `full_time` names the figure `{nothing}`, which guide.yaml does not define.",
        ),
        ("{in_all_years}.", "{nothing}.", "16: `note` names the figure `{nothing}`, which guide.yaml does not define."),
        ("entries: [median-pay]", "entries: [nowhere]", "17: `entries` names `nowhere`, and there is no such entry."),
        ("[median-pay]", "[median-pay, median-pay]", "17: `entries` names `median-pay` a second time."),
        (
            "sources: [survey]\n  - id: guild",
            "sources: [rumour]\n  - id: guild",
            "18: `sources` names `rumour`, which guide.yaml does not define.",
        ),
        (
            "sources: [survey]\n  - id: cook",
            "sources: [rumour]\n  - id: cook",
            "43: `sources` names `rumour`, which guide.yaml does not define.",
        ),
        ("during: school", "during: nowhere", "37: `during` names `nowhere`, and there is no such step."),
        ("during: school", "during: night", "37: `during` of `night` comes back to `night` itself."),
        ("drop: [school]", "drop: [scool]", "46: `drop` names `scool`, and there is no such step."),
        ("drop: [school]", "drop: [school, school]", "46: `drop` names `school` a second time."),
        ("drop: [school]", "drop: [school, guild]", "46: `cook` leaves no step that takes time of its own."),
        ("drop: [school]", "drop: [guild]", "48: `changes` names `guild`, which `drop` leaves out."),
        ("      guild:\n", "      gild:\n", "48: `changes` names `gild`, and there is no such step."),
        ("title: Tell the guild", "during: guild", "47: `during` of `guild` comes back to `guild` itself."),
        (
            'total: "{in_all_years}"',
            'total: "{school_fee}"',
            "42: `total` names the figure `{school_fee}`, which is not a range in years or months with an end.",
        ),
        (
            'total: "{in_all_years}"',
            'total: "{school_years}"',
            "42: the steps from `fresh` take 1.5-4 years together; `total` says 1-2 years.",
        ),
        (
            'total: "{in_all_years}"',
            'total: "{in_all_years} + {guild_months}"',
            "42: the steps from `fresh` take 2.5-4 years together; `total` says 2.5-5 years.",
        ),
        (
            'total: "{in_all_years}"',
            'total: {part_time: "{in_all_years}"}',
            "42: the steps from `fresh` take 2.5-4 years together; `total` says 2-4 years.",
        ),
    ],
)
def test_a_fault_across_keys_names_line_key_and_what_is_wrong(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in PATH
    assert f"path.yaml:{fault}" in faults_of(path_folder(tmp_path, PATH.replace(old, new, 1)))


def test_names_are_not_called_undefined_when_the_guide_itself_is_unreadable(tmp_path: Path) -> None:
    folder = path_folder(tmp_path)
    (folder / "baker" / "guide.yaml").write_text("[", encoding="utf-8")
    assert [fault for fault in faults_of(folder) if fault.startswith("path.yaml")] == []


def test_entries_are_not_called_missing_when_a_file_of_entries_is_unreadable(tmp_path: Path) -> None:
    folder = path_folder(tmp_path, PATH.replace("[median-pay]", "[elsewhere]"))
    (folder / "baker" / "entries" / "other.yaml").write_text("[", encoding="utf-8")
    assert [fault for fault in faults_of(folder) if fault.startswith("path.yaml")] == []
