"""Reads small files as an import does, so that each test shows only what it is about."""

from bot.knowledge.exchange.reading import read_entries
from bot.knowledge.models import Entry


def entries_of(name: str, text: str) -> list[Entry]:
    """The entries of a file without a fault."""
    imported = read_entries(name, text.encode())
    assert not imported.faults, [str(fault) for fault in imported.faults]
    return list(imported.entries)


def pairs_of(name: str, text: str) -> list[tuple[str, str]]:
    """The questions and answers of a file without a fault."""
    return [(entry.question, entry.answer) for entry in entries_of(name, text)]


def faults_of(name: str, content: str | bytes) -> list[str]:
    """The faults of a file, which then gives no entries."""
    imported = read_entries(name, content.encode() if isinstance(content, str) else content)
    assert not imported.entries
    return [str(fault) for fault in imported.faults]
