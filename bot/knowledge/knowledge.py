"""Everything the coach knows at one moment, as one value that is replaced whole when a file changes."""

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from string import ascii_lowercase

from bot.knowledge.coaching_files import CoachingFiles
from bot.knowledge.figures import shown
from bot.knowledge.models import FIGURE_MARK, LEADS_LIMIT, Entry, Figure, GuideFile, Source, WordsFile

#: How a line begins that stays a line of its own.
LIST_ITEM = re.compile(r"(?:[-*>]|\d+[.)])\s|```")
#: One for each lead that an entry may have.
_LETTERS = ascii_lowercase[:LEADS_LIMIT]


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of entries of one guide, under the name members browse by."""

    id: str
    title: str
    entries: tuple[Entry, ...]


def key_of(entry_id: str, leads: Iterable[int] = ()) -> str:
    """A key for an entry id, the same after a restart, for button ids of at most 100 characters.

    It has 8 letters; one more for each of `leads`, positions of the entry's leads, and a hyphen before those.
    """
    letters = "".join(_LETTERS[lead] for lead in leads)
    return hashlib.blake2b(entry_id.encode(), digest_size=4).hexdigest() + (f"-{letters}" if letters else "")


@dataclass(frozen=True)
class Knowledge:
    """The guides, their entries in file order, and the words; entries of a community may lie over the base.

    `out_of_scope`: what members say that no entry answers, for the matcher to learn from. `coaching`: by a guide's id
    the files by which it coaches; guides that have none are left out.
    """

    guides: tuple[GuideFile, ...] = ()
    entries: tuple[Entry, ...] = ()
    words: WordsFile = field(default_factory=WordsFile)
    out_of_scope: tuple[str, ...] = ()
    coaching: Mapping[str, CoachingFiles] = field(default_factory=dict)
    _by_id: Mapping[str, Entry] = field(init=False, repr=False, compare=False)
    _by_key: Mapping[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {entry.id: entry for entry in self.entries})
        object.__setattr__(self, "_by_key", {key_of(entry.id): entry for entry in self.entries})

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id, or None when there is none (any more)."""
        return self._by_id.get(entry_id)

    def entry_by_key(self, key: str) -> Entry | None:
        """The entry whose `key_of` is the key, led by the leads that it names; None when there is none (any more)."""
        of_entry, _, letters = key.partition("-")
        entry = self._by_key.get(of_entry)
        return entry and entry.led_by(_LETTERS.find(letter) for letter in letters)

    def figure(self, name: str) -> Figure | None:
        """The figure of that name in any guide, or None."""
        return next((guide.figures[name] for guide in self.guides if name in guide.figures), None)

    def text_of(self, entry: Entry, today: dt.date) -> str:
        """The entry's answer as people read it.

        Lines that an author wrapped are joined again; paragraphs and list items stay.
        """
        return self.filled(_joined(entry.answer), today)

    def filled(self, text: str, today: dt.date) -> str:
        """The text with its figures filled in, those past their date with their age.

        A name that no guide defines stays as written; `check` reports it.
        """

        def fill(name: str, mark: str) -> str:
            figure = self.figure(name)
            return mark if figure is None else shown(figure, today)

        return FIGURE_MARK.sub(lambda found: fill(found[1], found[0]), text)

    def sources_of(self, source_ids: Iterable[str]) -> tuple[Source, ...]:
        """The sources of those ids, in their order; unknown ids are left out."""
        known = {source_id: source for guide in self.guides for source_id, source in guide.sources.items()}
        return tuple(known[source_id] for source_id in source_ids if source_id in known)

    def source_line(self, entry: Entry) -> str:
        """The entry's sources as one line; empty when it names none."""
        return source_line(self.sources_of(entry.sources))

    def related_to(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries that the entry names as related, in its order; unknown ids are left out."""
        return tuple(self._by_id[other] for other in entry.related if other in self._by_id)

    def themes(self) -> tuple[Theme, ...]:
        """Themes in guide order, each with its entries; empty themes are left out, entries with none come last."""
        titles = {theme: title for guide in self.guides for theme, title in guide.themes.items()}
        grouped: dict[str, list[Entry]] = {theme: [] for theme in titles}
        loose: list[Entry] = []
        for entry in self.entries:
            grouped.get(entry.theme or "", loose).append(entry)
        found = [Theme(theme, titles[theme], tuple(group)) for theme, group in grouped.items() if group]
        return (*found, Theme("community", "From this community", tuple(loose))) if loose else tuple(found)

    def theme(self, theme_id: str) -> Theme | None:
        """The theme of that id, or None when there is none (any more)."""
        return next((theme for theme in self.themes() if theme.id == theme_id), None)

    def with_community(self, entries: Iterable[Entry]) -> "Knowledge":
        """The same knowledge with a community's entries first; one with a known id takes that entry's place.

        It keeps of that entry what it does not say itself: theme, sources, related entries, lookalikes, and those
        wordings that none of the community's entries has. Leads go, as they would stand before another answer.
        """
        own = {entry.id: entry for entry in entries}
        said = {text.casefold() for entry in own.values() for text in (entry.question, *entry.phrasings)}
        laid = [_laid(entry, self._by_id[name], said) if name in self._by_id else entry for name, entry in own.items()]
        kept = tuple(entry for entry in self.entries if entry.id not in own)
        return replace(self, entries=(*laid, *kept))


def _laid(own: Entry, base: Entry, said: Collection[str]) -> Entry:
    wordings = [text for text in (base.question, *base.phrasings) if text.casefold() not in said]
    kept = {"theme": own.theme or base.theme, "sources": own.sources or base.sources,
            "related": own.related or base.related, "lookalikes": own.lookalikes or base.lookalikes}  # fmt: skip
    return own.model_copy(update={**kept, "phrasings": [*own.phrasings, *wordings]})


def source_line(sources: Iterable[Source]) -> str:
    """The sources as one line, those of one publisher and date together; empty when there are none."""
    grouped: dict[tuple[str, str | None], list[str]] = {}
    for source in sources:
        grouped.setdefault((source.publisher, source.as_of), []).append(source.title)
    parts = [
        f"{publisher}: {', '.join(titles)}" + (f" (as of {as_of})" if as_of else "")
        for (publisher, as_of), titles in grouped.items()
    ]
    return "; ".join(parts)


def _joined(text: str) -> str:
    """Joins wrapped lines, which Discord would show as line breaks; blank lines, list items and code start anew."""
    lines: list[str] = []
    in_code = after_code = False
    for raw in text.splitlines():
        line = raw.strip()
        turns = bool(line.count("```") % 2)
        if in_code:
            lines.append(raw.rstrip())
        elif lines and line and lines[-1] and not after_code and not LIST_ITEM.match(line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
        after_code, in_code = in_code and turns, in_code ^ turns
    return "\n".join(lines)
