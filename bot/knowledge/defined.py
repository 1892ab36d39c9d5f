"""The names that a folder's files define for each other to use: entries, figures, sources, themes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.models import Figure, GuideFile


@dataclass(frozen=True, slots=True)
class Defined:
    """The names that files define, over all guides.

    `entries` is None when some file of entries could not be read: then a missing id may well stand in it. `has_guide`
    is False when no guide could be read: then every figure, source and theme would look undefined.
    """

    entries: frozenset[str] | None
    figures: Mapping[str, Figure]
    sources: frozenset[str]
    themes: frozenset[str]
    has_guide: bool

    @classmethod
    def by(cls, guides: Sequence[GuideFile], entry_ids: Iterable[str] | None) -> "Defined":
        """What the guides define, with the ids of the entries as far as all of them are known."""
        return cls(
            None if entry_ids is None else frozenset(entry_ids),
            {name: figure for guide in reversed(guides) for name, figure in guide.figures.items()},
            frozenset(name for guide in guides for name in guide.sources),
            frozenset(name for guide in guides for name in guide.themes),
            bool(guides),
        )

    def lacks_entry(self, entry_id: str) -> bool:
        """Whether there is surely no entry of that id."""
        return self.entries is not None and entry_id not in self.entries

    def lacks_source(self, source: str) -> bool:
        """Whether surely no guide defines the source."""
        return self.has_guide and source not in self.sources

    def lacks_figure(self, name: str) -> bool:
        """Whether surely no guide defines the figure."""
        return self.has_guide and name not in self.figures
