"""The one table of the files by which members are coached: how each is named, read, told apart and checked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from bot.knowledge.coaching_files import CoachingFiles
from bot.knowledge.defined import Defined
from bot.knowledge.faults import Fault
from bot.knowledge.path_check import path_faults
from bot.knowledge.path_models import PathFile
from bot.knowledge.practice_check import practice_faults
from bot.knowledge.practice_models import PracticeFile
from bot.knowledge.skills_check import ladder_faults, skills_faults
from bot.knowledge.skills_models import LadderFile, SkillsFile
from bot.knowledge.yaml_file import YamlFile


@dataclass(frozen=True, slots=True)
class CoachingKind:
    """A kind of these files: `name` is a field of `CoachingFiles` and the file's name without `.yaml`.

    `key` stands in every file of the kind and in no other knowledge file: the schema tells them apart by it. `model`
    reads it. `rules` find what a model cannot see by itself, such as an id that names nothing; they take the model's
    value, the file for its lines, the names that are defined, and the guide's files of every kind as far as they could
    be read.
    """

    name: str
    key: str
    model: type[BaseModel]
    rules: Callable[[Any, YamlFile, Defined, CoachingFiles], Iterable[Fault]]


#: Every kind there is: reading, `waymark check` and the schema all go by this table.
COACHING_KINDS = (
    CoachingKind("path", "steps", PathFile, path_faults),
    CoachingKind("ladder", "levels", LadderFile, ladder_faults),
    CoachingKind("skills", "groups", SkillsFile, skills_faults),
    CoachingKind("practice", "questions", PracticeFile, practice_faults),
)
