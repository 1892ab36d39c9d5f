"""The rules of `practice.yaml` that reach across its keys and to other files."""

from collections.abc import Iterator

from bot.knowledge.coaching_files import CoachingFiles
from bot.knowledge.defined import Defined
from bot.knowledge.faults import Fault
from bot.knowledge.practice_models import PaperForm, PracticeFile
from bot.knowledge.skills_check import fault, figure_marks, not_beside, repeated, unknown_entry, unknown_level
from bot.knowledge.yaml_file import Location, YamlFile


def practice_faults(practice: PracticeFile, file: YamlFile, defined: Defined, beside: CoachingFiles) -> Iterator[Fault]:
    """Ids that repeat or name nothing, levels without a question, and suggestions about a member."""
    yield from not_beside(file, "ladder.yaml", "skills.yaml")
    yield from figure_marks(file, file.data)
    yield from _question_faults(practice, file, beside)
    yield from repeated(file, ((("papers", at, "id"), paper.id) for at, paper in enumerate(practice.papers)))
    for at, paper in enumerate(practice.papers):
        yield from _paper_faults(paper, file, ("papers", at))
        yield from unknown_entry(file, ("papers", at, "entry"), paper.entry, defined)


def _question_faults(practice: PracticeFile, file: YamlFile, beside: CoachingFiles) -> Iterator[Fault]:
    yield from repeated(
        file, ((("questions", at, "id"), question.id) for at, question in enumerate(practice.questions))
    )
    for at, question in enumerate(practice.questions):
        yield from unknown_level(file, ("questions", at, "level"), question.level, beside.ladder)
        for number, skill in enumerate(question.skills):
            if beside.skills is not None and beside.skills.skill(skill) is None:
                where = ("questions", at, "skills", number)
                yield fault(file, where, f"`skills` names `{skill}`, which skills.yaml lacks.")
    asked = {question.level for question in practice.questions}
    for level in beside.ladder.levels if beside.ladder else ():
        if level.id not in asked:
            yield fault(file, ("questions",), f"there is no question for the level `{level.id}`.")


def _paper_faults(paper: PaperForm, file: YamlFile, where: Location) -> Iterator[Fault]:
    sections = [((*where, "sections", at), section) for at, section in enumerate(paper.sections)]
    yield from repeated(file, (((*place, "id"), section.id) for place, section in sections))
    prompts = [
        ((*place, "prompts", at), prompt) for place, section in sections for at, prompt in enumerate(section.prompts)
    ]
    yield from repeated(file, (((*place, "id"), prompt.id) for place, prompt in prompts))
    for place, prompt in prompts:
        if prompt.suggestions and paper.about == "member":
            message = "a paper about a member cannot have `suggestions`: they would be facts that nobody told."
            yield fault(file, (*place, "suggestions"), message)
