"""Progress is shown to people who look at a terminal, and to nobody else."""

import io
import sys

import pytest

from bot.progress import learning


class Terminal(io.StringIO):
    """Standard error as a terminal has it."""

    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with learning() as told:
        told(20, 60)
        told(60, 60)
    return stream.getvalue()


def test_a_terminal_sees_how_many_phrasings_are_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "60 new phrasings, once" in shown(monkeypatch, Terminal())


def test_a_file_or_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO()) == ""
