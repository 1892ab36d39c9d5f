"""Builds a small guide that coaches, with a path, a ladder, skills and practice, for tests of the files' rules."""

from pathlib import Path

from tests.knowledge.folders import knowledge_folder

PATH = """\
title: Becoming a baker
steps:
  - id: school
    title: Go to school
    goal: Learn it.
    why: It helps.
    checklist: [{id: go, text: Go}]
    done_when: You went.
    duration: {estimate: [1, 2], because: We think so.}
    sources: [survey]
starting_points: [{id: anew, label: New}, {id: again, label: Not new}]
"""

LADDER = """\
levels:
  - id: helper
    title: Helper
    years: median_pay
    does: Sweeps.
    pay: {median: median_pay}
    onward: Learn.
    entry: median-pay
  - id: baker
    title: Baker
    years: median_pay
    does: Bakes.
    pay: {median: median_pay}
    entry: median-pay
"""

SKILLS = """\
ratings:
  - {name: None yet, meaning: Never did it}
  - {name: Basic, meaning: With help}
  - {name: Solid, meaning: Alone}
  - {name: Leading, meaning: Teaches it}
groups:
  - id: hands
    title: With your hands
    skills:
      - id: dough
        name: Dough
        about: Making dough
        why: No dough, no bread.
        needs: {helper: 0, baker: 2}
        step: school
        entry: median-pay
readiness:
  level: baker
  note: No verdict.
  skills: {name: Skills, weight: 60}
  parts:
    - id: papers
      name: Papers
      weight: 40
      question: How far are your papers?
      choose: one
      choices:
        - {id: none, text: None, points: 0}
        - {id: done, text: Done, points: 100, move: {do: Finish, step: school, entry: median-pay}}
"""

PRACTICE = """\
questions:
  - {id: why, level: helper, question: Why bread?, rubric: [one, two, three], outline: [Say why.], skills: [dough]}
  - {id: how, level: baker, question: How long?, rubric: [one, two, three], outline: [Say how.], skills: [dough]}
papers:
  - id: resume
    name: Resume
    about: member
    intro: Fill it in.
    entry: median-pay
    sections:
      - id: work
        heading: Work
        prompts:
          - {id: jobs, label: Jobs}
          - {id: tools, label: Tools}
"""


def coaching_folder(
    root: Path,
    *,
    path: str | None = PATH,
    ladder: str | None = LADDER,
    skills: str | None = SKILLS,
    practice: str | None = PRACTICE,
) -> Path:
    """A knowledge folder with one guide that coaches; a file that is None is left out."""
    folder = knowledge_folder(root)
    for name, text in (("path", path), ("ladder", ladder), ("skills", skills), ("practice", practice)):
        if text is not None:
            (folder / "baker" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
