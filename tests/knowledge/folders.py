"""Builds small knowledge folders on disk for tests, so that each test shows only what it is about."""

from pathlib import Path
from textwrap import dedent, indent

GUIDE = """\
guide: baker
title: Baker
summary: A baker makes bread.
themes:
  pay: Pay
sources:
  survey: {title: Pay survey, publisher: Bakers' union, as_of: 2024}
figures:
  median_pay:
    about: Median pay a year
    value: 30000
    unit: USD
    region: United States
    source: survey
    as_of: 2024
    valid_until: 2030
"""

ENTRY = """\
- id: median-pay
  theme: pay
  question: What does a baker earn?
  phrasings: [baker salary, pay of bakers]
  answer: The median is {median_pay} a year.
  related: []
  sources: [survey]
"""


def knowledge_folder(root: Path, *, guide: str = GUIDE, entries: str = ENTRY, words: str = "synonyms: []\n") -> Path:
    """A knowledge folder under root with one guide; `entries` is the list that stands below `entries:`."""
    folder = root / "knowledge"
    (folder / "baker" / "entries").mkdir(parents=True)
    (folder / "words.yaml").write_text(words, encoding="utf-8")
    (folder / "baker" / "guide.yaml").write_text(dedent(guide), encoding="utf-8")
    write_entries(folder, entries)
    return folder


def write_entries(folder: Path, entries: str, name: str = "pay.yaml") -> Path:
    """Writes an entries file of the guide, anew when it is there already; returns its path."""
    path = folder / "baker" / "entries" / name
    path.write_text("entries:\n" + indent(dedent(entries), "  "), encoding="utf-8")
    return path
