"""Drawing off the event loop: kept by content, never in the way of an answer."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from bot.charts.picture import Picture
from bot.front.drawing import Drawing


@pytest.fixture
def drawing() -> Iterator[Drawing]:
    drawing = Drawing()
    yield drawing
    drawing.close()


def picture(text: str) -> Picture:
    return Picture(b"", text, text)


def broken(_: str) -> Picture:
    raise ValueError("no paint")


async def test_a_picture_is_drawn_in_another_thread(drawing: Drawing) -> None:
    found = await drawing.picture(lambda _: picture(threading.current_thread().name), "path")
    assert found is not None
    assert found.text.startswith("drawing")


async def test_the_same_content_is_drawn_once(drawing: Drawing) -> None:
    drawn: list[str] = []

    def draw(content: str) -> Picture:
        drawn.append(content)
        return picture(content)

    for content in ("a", "b", "a"):
        await drawing.picture(draw, content)
    assert drawn == ["a", "b"]


async def test_a_picture_that_fails_is_none_and_logged(drawing: Drawing) -> None:
    with capture_logs() as logged:
        assert await drawing.picture(broken, "path") is None
    assert [one["event"] for one in logged] == ["a picture could not be drawn"]


async def test_an_answer_waits_for_no_slow_picture_which_is_there_the_next_time(
    drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.front.drawing.PATIENCE", 0.01)
    begun, finish = threading.Event(), threading.Event()

    def draw(content: str) -> Picture:
        begun.set()
        finish.wait(60)
        return picture(content)

    assert await drawing.soon(draw, "path") is None
    assert await asyncio.to_thread(begun.wait, 60)
    finish.set()
    assert await drawing.picture(draw, "path") == picture("path")


async def test_a_quick_picture_is_there_at_once(drawing: Drawing) -> None:
    assert await drawing.soon(picture, "path") == picture("path")
