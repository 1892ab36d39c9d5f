"""Reads Markdown: a heading is a question, the text under it the answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge.exchange.rows import Reached, Row, Rows

_HASHES = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r"[ \t]*(-{3,}|\*{3,}|_{3,})[ \t]*")
_ITEM = re.compile(r"[ \t]*[-*+•][ \t]+(?=\S)")
_ALSO = re.compile(
    r"\W*(also asked( as)?|also|phrasings|other phrasings|aliases|(other|more) ways to ask( it| this)?)\W*",
    re.IGNORECASE,
)
#: A line that introduces phrasings is short; longer ones are not looked at.
_ALSO_LENGTH = 40


@dataclass(slots=True)
class _Section:
    """A heading and the lines under it, up to the next heading."""

    level: int
    title: str
    line: int
    body: list[str] = field(default_factory=list)
    first: int = 0


def read_markdown(path: Path, text: str, reached: Reached) -> Rows:
    """The questions of the file, and its faults.

    A heading with only further headings under it is a section and no question, and so is the file's title: a single
    `#` heading at its top that does not end in a question mark, with its introduction. `{#name}` behind a question
    gives its id.
    """
    rows = Rows(path)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    sections = _sections(rows, lines, reached, underlined=False)
    if not sections and not rows.faults:
        sections = _sections(rows, lines, reached, underlined=True)
    if not sections and not rows.faults:
        rows.fault(1, "there is no heading here; in Markdown a heading is a question and the text under it its answer.")
    if not sections:
        return rows
    if _has_title(sections):
        sections = sections[1:]
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        row = _row(section)
        if row.answer:
            rows.found.append(row)
        elif following is None or following.level <= section.level:
            rows.fault(section.line, f"`{section.title[:60]}` has no text under it; a question needs an answer.")
    return rows


def _has_title(sections: list[_Section]) -> bool:
    first, others = sections[:1], sections[1:]
    return bool(
        first
        and others
        and first[0].level < min(section.level for section in others)
        and not first[0].title.endswith("?")
    )


def _sections(rows: Rows, lines: list[str], reached: Reached, *, underlined: bool) -> list[_Section]:
    """The sections; with `underlined`, headings are lines with `===` or `---` below instead of those with `#`."""
    found: list[_Section] = []
    body: list[str] = []
    for number, line, is_text in _with_code_told(rows, lines):
        reached(number)
        heading = (_underlined(body, line, number) if underlined else _hashed(line, number)) if is_text else None
        if heading is None:
            body.append(line)
            continue
        if underlined:
            body.pop()
        found.append(heading)
        body = heading.body
    return found


def _with_code_told(rows: Rows, lines: list[str]) -> Iterator[tuple[int, str, bool]]:
    """Each line with its number, and whether it is text and not of a code block; a block left open is a fault."""
    start = "            "
    opened = 0
    if front := _front_matter(lines):
        lines = [""] * front + lines[front:]
    for number, line in enumerate(lines, 1):
        fence = _FENCE.match(line)
        if opened:
            yield number, line, False
            if fence and fence[1].startswith(start) and not line[fence.end() :].strip():
                opened = 0
            continue
        if fence:
            start, opened = fence[1], number
        yield number, line, not fence
    if opened:
        rows.fault(opened, f"a code block begins here and is never closed; end it with a line of only {start}")


def _front_matter(lines: list[str]) -> int:
    """How many lines the settings between two `---` at the top take, which site builders put there."""
    if lines[0].rstrip() != "---":
        return 0
    return next((number + 1 for number, line in enumerate(lines[1:60], 1) if line.rstrip() == "---"), 0)


def _hashed(line: str, number: int) -> _Section | None:
    hashes = _HASHES.match(line)
    if hashes is None:
        return None
    title = line[hashes.end() :].strip()
    bare = title.rstrip("#")
    if bare != title and (not bare or bare[-1] in " \t"):
        title = bare.strip()
    return _Section(len(hashes[1]), title, number, first=number + 1)


def _underlined(body: list[str], line: str, number: int) -> _Section | None:
    rule = _UNDERLINE.fullmatch(line)
    if rule is None or not body or not body[-1].strip() or (len(body) > 1 and body[-2].strip()):
        return None
    return _Section(1 if rule[1][0] == "=" else 2, body[-1].strip(), number - 1, first=number + 1)


def _row(section: _Section) -> Row:
    title, entry_id = section.title, None
    mark = title.rfind("{#")
    if mark > 0 and title.endswith("}"):
        title, entry_id = title[:mark].rstrip(), title[mark + 2 : -1]
    for around in ("**", "__", "`"):
        if title.startswith(around) and title.endswith(around) and len(title) > 2 * len(around):
            title = title.removeprefix(around).removesuffix(around).strip()
    answer, phrasings = _without_phrasings(section.body)
    while answer and (not answer[-1].strip() or _RULE.fullmatch(answer[-1])):
        answer.pop()
    blank = next((number for number, line in enumerate(section.body) if line.strip()), 0)
    return Row(section.line, title, "\n".join(answer).strip(), phrasings, entry_id, section.first + blank)


def _without_phrasings(body: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The lines without the list under "Also asked:", and the items of that list."""
    answer: list[str] = []
    phrasings: list[str] = []
    in_list = in_code = False
    for number, line in enumerate(body):
        in_code ^= bool(_FENCE.match(line))
        if in_list and (item := _ITEM.match(line)):
            phrasings.append(line[item.end() :].strip())
        elif in_list and not line.strip():
            continue
        elif not in_code and _introduces_phrasings(line, body[number + 1 : number + 3]):
            in_list = True
        else:
            in_list = False
            answer.append(line)
    return answer, tuple(phrasings)


def _introduces_phrasings(line: str, following: list[str]) -> bool:
    if len(line) > _ALSO_LENGTH or not _ALSO.fullmatch(line):
        return False
    return any(_ITEM.match(below) for below in following[: 1 if following and following[0].strip() else 2])
