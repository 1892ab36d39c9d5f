"""The shape of `practice.yaml`: interview questions with rubrics, and forms for papers such as a resume.

Not here: rules that reach across keys (`practice_check`), drawing questions and writing papers (`bot.coaching`).
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.knowledge.models import Id, Record, Text
from bot.knowledge.skills_models import CHOICES_LIMIT, FIELDS_LIMIT, Choice, Label

#: Longest interview question in characters, so that it is read in one breath.
INTERVIEW_QUESTION_LIMIT = 300


class InterviewQuestion(Record):
    """An interview question of one level: what a good answer shows, how one could go, and which skills it practises."""

    id: Id
    level: Id
    question: Annotated[Text, StringConstraints(max_length=INTERVIEW_QUESTION_LIMIT)]
    rubric: Annotated[list[Choice], Field(min_length=3, max_length=5)]
    outline: Annotated[list[Text], Field(min_length=1)]
    skills: Annotated[list[Id], Field(min_length=1)]


class PaperPrompt(Record):
    """One thing that a form asks for.

    `before`: what stands before the answer in the paper. `as_list`: each line of the answer becomes an item of a list.
    `suggestions`: what may stand there when nothing was answered, marked as a suggestion; only in forms about a job.
    """

    id: Id
    label: Label
    hint: Choice | None = None
    before: Choice | None = None
    as_list: bool = False
    suggestions: list[Text] = Field(default=[])


class PaperSection(Record):
    """A heading of the paper, what is asked for below it, and what to look at before the paper leaves the house."""

    id: Id
    heading: Label
    prompts: Annotated[list[PaperPrompt], Field(min_length=1, max_length=FIELDS_LIMIT)]
    checks: list[Text] = Field(default=[])


class PaperForm(Record):
    """A form from which a paper is written; `about` tells whose facts are in it, and only one about a job may suggest.

    `letter`: the paper has neither a title nor headings.
    """

    id: Id
    name: Label
    about: Literal["member", "job"]
    letter: bool = False
    intro: Text
    entry: Id
    sections: Annotated[list[PaperSection], Field(min_length=1, max_length=CHOICES_LIMIT)]


class PracticeFile(Record):
    """`practice.yaml`: interview questions, and the forms for papers."""

    questions: Annotated[list[InterviewQuestion], Field(min_length=1)]
    papers: list[PaperForm] = Field(default=[])

    def question(self, question_id: str) -> InterviewQuestion | None:
        """The question of that id, or None when there is none (any more)."""
        return next((question for question in self.questions if question.id == question_id), None)

    def paper(self, paper_id: str) -> PaperForm | None:
        """The form of that id, or None when there is none (any more)."""
        return next((paper for paper in self.papers if paper.id == paper_id), None)
