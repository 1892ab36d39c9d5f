"""The bakers' path in memory, and plans over it, for tests of walking a path."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from bot.coaching.plan import Plan
from bot.coaching.planning import plan_for
from bot.coaching.progress import Progress
from bot.coaching.situation import Situation
from bot.knowledge.coaching_files import CoachingFiles
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.models import Entry, GuideFile
from bot.knowledge.path_models import Pace, PathFile
from bot.knowledge.yaml_file import parse_yaml
from tests.knowledge.folders import GUIDE
from tests.knowledge.paths import FIGURES, PATH

BEGUN = dt.date(2026, 1, 31)
FRESH = Situation("baker", "fresh", Pace.FULL_TIME, 8, BEGUN)
COOK = replace(FRESH, starting_point="cook")


def knowledge(path: str = PATH) -> Knowledge:
    """The bakers' guide with that path and one entry."""
    guide = GuideFile.model_validate(parse_yaml(Path("guide.yaml"), GUIDE + FIGURES).data)
    steps = PathFile.model_validate(parse_yaml(Path("path.yaml"), path).data)
    entry = Entry(id="median-pay", question="What does a baker earn?", answer="Enough.")
    return Knowledge((guide,), (entry,), coaching={"baker": CoachingFiles(path=steps)})


def plan(situation: Situation = FRESH, path: str = PATH) -> Plan:
    """The plan on the day it was begun."""
    return plan_for(knowledge(path), situation, situation.begun_on)


def begun(situation: Situation = FRESH) -> tuple[Plan, Progress]:
    """A plan, and the progress of who has just seen it."""
    made = plan(situation)
    return made, Progress.begun(made)
