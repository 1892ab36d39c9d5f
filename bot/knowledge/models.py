"""The shapes of the knowledge files; the JSON Schema that editors use is made from them.

Not here: reading files (`yaml_file`, `loading`) and rules that reach across entries (`check`).
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

#: Longest answer in characters after figures are filled in. Discord gives one Components V2 message 4,000 characters
#: in all (discord.py 2.7.1, discord/ui/view.py); the rest is kept for the question, the sources and a notice.
ANSWER_LIMIT = 3_500
#: Longest question in characters, so that question and answer fit one message together.
QUESTION_LIMIT = 200
#: Longest id in characters.
ID_LIMIT = 60
#: Most leads of an entry, so that the custom ids of buttons, which have 100 characters, can name them.
LEADS_LIMIT = 20

Unit = Literal["USD", "USD_thousands", "EUR", "percent", "count", "years", "months"]


def _without_blank_text(text: str) -> str:
    if not text.strip():
        raise ValueError("must be text that is not empty")
    return text.strip()


def _as_date_text(value: object) -> object:
    """Takes a bare year, which YAML reads as a number, to text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _checked_date(text: str) -> str:
    parts = [int(part) for part in text.split("-")]
    try:
        dt.date(*[*parts, 1, 1][:3])
    except ValueError:
        raise ValueError("must be a date that exists") from None
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=ID_LIMIT)]
FigureName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, AfterValidator(_without_blank_text)]
Question = Annotated[str, StringConstraints(max_length=QUESTION_LIMIT), AfterValidator(_without_blank_text)]
#: A year, a month or a day: `2025`, `2023-05`, `2023-05-31`.
PartialDate = Annotated[
    str,
    BeforeValidator(_as_date_text),
    StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"),
    AfterValidator(_checked_date),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]
Number = Annotated[float, Field(ge=0)]


class Record(BaseModel):
    """What every shape of a knowledge file is built on: no unknown keys, no guessing at kinds, no change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Source(Record):
    """Where a fact comes from, as members see it under an answer."""

    title: Text
    publisher: Text
    as_of: PartialDate | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None


class Figure(Record):
    """A number that stands in one place: a value or a pair [low, high], with its unit, region, source and dates."""

    about: Text
    value: Number | Annotated[list[Number], Field(min_length=2, max_length=2)]
    unit: Unit
    or_more: bool = False
    region: Text
    source: Id
    as_of: PartialDate
    valid_until: PartialDate


class Lead(Record):
    """What an answer begins with when the question names one of the words or phrases in `when`."""

    when: Annotated[list[Text], Field(min_length=1)]
    text: Text


class Entry(Record):
    """A question with its other phrasings and its answer; `{name}` in the answer and its leads stands for a figure.

    `lookalikes`, under the key `not`: messages that are like its phrasings, and that it does not answer.
    """

    id: Id
    question: Question
    phrasings: list[Text] = []
    lookalikes: list[Text] = Field(default=[], alias="not")
    answer: Text
    leads: Annotated[list[Lead], Field(max_length=LEADS_LIMIT)] = []
    theme: Id | None = None
    related: list[Id] = []
    sources: list[Id] = []

    def led_by(self, leads: Iterable[int]) -> "Entry":
        """The same entry with those of its leads, by their positions from 0, before its answer."""
        texts = [self.leads[lead].text for lead in leads if 0 <= lead < len(self.leads)]
        return self.model_copy(update={"answer": f"{' '.join(texts)}\n\n{self.answer}"}) if texts else self


class GuideEntry(Entry):
    """An entry of a guide's files, which must name its theme and at least one source."""

    theme: Id
    sources: Annotated[list[Id], Field(min_length=1)]


class GuideFile(Record):
    """`guide.yaml`: the career, its themes in the order of reading, its sources and its figures.

    `sequences`: ids of entries that follow each other, so that "and after that?" finds the next.
    """

    guide: Id
    title: Text
    aliases: list[Text] = []
    summary: Text
    themes: dict[Id, Text]
    sources: dict[Id, Source]
    figures: dict[FigureName, Figure] = {}
    sequences: list[Annotated[list[Id], Field(min_length=2)]] = []


class EntriesFile(Record):
    """`entries/*.yaml`: the entries of one theme."""

    entries: list[GuideEntry]


class CommunityFile(Record):
    """A community's entries as `waymark export` writes them; theme and sources may be missing."""

    entries: list[Entry]


class OutOfScopeFile(Record):
    """`out-of-scope.yaml`: what members say that is not answered here; never shown, it teaches the matcher."""

    out_of_scope: list[Text]


class WordsFile(Record):
    """`words.yaml`: which words mean the same, for every guide.

    `synonyms`: groups of words or short phrases that stand for each other. `short_forms`: short form to what it
    stands for. `protected`: words that typo forgiveness must leave alone. `fillers`: words that carry no topic.
    `social`: whole messages that want no knowledge, such as thanks. `trades`: occupations; a question about one that an
    entry does not name is hardly meant for that entry.
    """

    synonyms: list[Annotated[list[Text], Field(min_length=2)]] = []
    short_forms: dict[str, Text] = {}
    protected: list[Text] = []
    fillers: list[Text] = []
    social: list[Text] = []
    trades: list[Text] = []


#: `{median_salary}` in an answer or a lead.
FIGURE_MARK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
