"""A small path to another career, for tests of what paths are read, checked and walked as."""

from pathlib import Path

from tests.knowledge.folders import GUIDE, knowledge_folder

#: The figures that the path names, beside those of `folders.GUIDE`.
FIGURES = """\
  school_years:
    {about: School, value: [1, 2], unit: years, region: Here, source: survey, as_of: 2024, valid_until: 2030}
  evening_school_years:
    {about: School, value: [2, 3], unit: years, region: Here, source: survey, as_of: 2024, valid_until: 2030}
  guild_months:
    {about: Guild, value: [6, 12], unit: months, region: Here, source: survey, as_of: 2024, valid_until: 2030}
  in_all_years:
    {about: In all, value: [2, 4], unit: years, region: Here, source: survey, as_of: 2024, valid_until: 2030}
  school_fee:
    {about: Fee, value: [1, 2], unit: USD_thousands, region: Here, source: survey, as_of: 2024, valid_until: 2030}
"""

PATH = """\
title: Becoming a baker
steps:
  - id: school
    title: Go to baking school
    goal: Finish the school.
    why: Nobody trusts you with an oven before.
    checklist:
      - {id: choose, text: Choose a school}
      - {id: enroll, text: Enroll}
    done_when: You have the diploma.
    duration:
      full_time: "{school_years}"
      part_time: "{evening_school_years}"
    cost: "{school_fee}"
    varies: Each town has its own school.
    note: The whole way takes {in_all_years}.
    entries: [median-pay]
    sources: [survey]
  - id: guild
    title: Join the guild
    goal: Be a member.
    why: Only members may open a shop.
    checklist:
      - {id: papers, text: Send in the papers}
    done_when: The letter has come.
    duration: "{guild_months}"
    cost: {estimate: [50, 100], because: A fee and the stamps.}
    sources: [survey]
  - id: night
    title: Work at night
    goal: Know the hours.
    why: Bread is made at night.
    checklist:
      - {id: one, text: Stay up one night}
      - {id: week, text: Stay up for a week}
    done_when: You slept by day.
    during: school
    sources: [survey]
starting_points:
  - id: fresh
    label: From scratch
    total: "{in_all_years}"
    sources: [survey]
  - id: cook
    label: I am a cook
    drop: [school]
    changes:
      guild:
        because: Cooks are known there.
        title: Tell the guild
        duration: {estimate: [1, 2], because: They meet every month.}
"""


def path_folder(root: Path, path: str = PATH) -> Path:
    """A knowledge folder with one guide that has that path; returns it."""
    folder = knowledge_folder(root, guide=GUIDE + FIGURES)
    write_path(folder, path)
    return folder


def write_path(folder: Path, path: str) -> None:
    """Writes the guide's `path.yaml`, anew when it is there already."""
    (folder / "baker" / "path.yaml").write_text(path, encoding="utf-8")
