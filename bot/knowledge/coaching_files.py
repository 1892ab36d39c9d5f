"""The files of a guide's folder by which members are coached; each of them may be missing.

Not here: which file is read how (`coaching_kinds`), and what the keys of each must be (`path_models` and neighbours).
"""

from dataclasses import dataclass

from bot.knowledge.path_models import PathFile
from bot.knowledge.practice_models import PracticeFile
from bot.knowledge.skills_models import LadderFile, SkillsFile


@dataclass(frozen=True, slots=True)
class CoachingFiles:
    """What one guide's folder holds beside its entries; None for a file that is not there."""

    path: PathFile | None = None
    ladder: LadderFile | None = None
    skills: SkillsFile | None = None
    practice: PracticeFile | None = None
