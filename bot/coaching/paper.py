"""Writes a resume, a cover letter or a job description from what a member filled into its form.

Nothing about the member is made up: what they left empty stays a marked blank. Not here: the forms (`practice.yaml`).
"""

import re
from collections.abc import Iterator, Mapping

from bot.knowledge.practice_models import PaperForm, PaperPrompt

#: How a line begins that the member made an item of a list already.
_ITEM = re.compile(r"^[-*•]\s+")


def document(form: PaperForm, answers: Mapping[str, str]) -> str:
    """The paper as Markdown: the answers, by prompt id, in their own words under the form's headings, then a checklist.

    What was not answered is a blank in square brackets, or, in a form about a job, the form's suggestions, marked so.
    Answers to prompts that the form does not have (any more) come after the others, so that no word is lost.
    """
    blocks = [] if form.letter else [f"# {form.name}"]
    for section in form.sections:
        if not form.letter:
            blocks.append(f"## {section.heading}")
        blocks.extend(_written(prompt, answers.get(prompt.id, "")) for prompt in section.prompts)
    asked = {prompt.id for section in form.sections for prompt in section.prompts}
    other = [answer for prompt, answer in answers.items() if prompt not in asked and answer.strip()]
    if other:
        blocks.extend(["## Also answered", *("\n".join(_lines(answer)) for answer in other)])
    blocks.extend(_checklist(form, answers))
    return "\n\n".join(blocks) + "\n"


def _written(prompt: PaperPrompt, answer: str) -> str:
    before = f"**{prompt.before}:** " if prompt.before else ""
    lines = _lines(answer)
    if not lines:
        if prompt.suggestions:
            return "\n".join(f"- [Suggestion: keep, change or delete] {text}" for text in prompt.suggestions)
        hint = f" ({prompt.hint})" if prompt.hint else ""
        return f"{before}[To fill in: {prompt.label}{hint}]"
    if not prompt.as_list:
        return before + "\n".join(lines)
    items = "\n".join(f"- {_ITEM.sub('', line.strip())}" for line in lines if line.strip())
    return f"{before.strip()}\n\n{items}" if before else items


def _lines(answer: str) -> list[str]:
    return [line.rstrip() for line in answer.strip().splitlines()]


def _checklist(form: PaperForm, answers: Mapping[str, str]) -> Iterator[str]:
    prompts = [prompt for section in form.sections for prompt in section.prompts]
    empty = [prompt for prompt in prompts if not answers.get(prompt.id, "").strip()]
    items = [
        *(f"- [ ] Fill in or delete: {prompt.label}" for prompt in empty),
        *(f"- [ ] {check}" for section in form.sections for check in section.checks),
    ]
    if items:
        yield from ("---", "## Before you use it", "Delete this part when all is done.", "\n".join(items))
