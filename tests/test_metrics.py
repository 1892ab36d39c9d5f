"""What the numbers count, and that they are read as Prometheus reads them."""

import datetime as dt

import aiohttp
import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from bot.matching.answer import Kind
from bot.metrics import Metrics

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    """The number of that name and labels, as it is told; None when nothing is."""
    for family in text_string_to_metric_families(metrics.text().decode()):
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return sample.value
    return None


def used_at(at: dt.datetime) -> int:
    """The id of an interaction of that moment, as Discord makes them."""
    return (int(at.timestamp() * 1000) - 1_420_070_400_000) << 22


def test_questions_are_counted_by_verdict() -> None:
    metrics = Metrics()
    for kind in (Kind.ANSWER, Kind.NONE, Kind.ANSWER):
        metrics.asked(kind)
    told = {kind.value: value(metrics, "waymark_questions_total", verdict=kind) for kind in Kind}
    assert told == {"answer": 2, "suggestions": 0, "none": 1, "social": 0}


def test_each_bot_has_numbers_of_its_own() -> None:
    one, other = Metrics(), Metrics()
    one.asked(Kind.ANSWER)
    assert value(other, "waymark_questions_total", verdict="answer") == 0


def test_the_first_sign_is_counted_from_the_members_click() -> None:
    metrics = Metrics()
    metrics.acknowledged(used_at(NOW - dt.timedelta(seconds=1.2)), NOW)
    assert value(metrics, "waymark_acknowledge_seconds_sum") == pytest.approx(1.2)
    assert value(metrics, "waymark_acknowledge_seconds_bucket", le="1.0") == 0
    assert value(metrics, "waymark_acknowledge_seconds_bucket", le="1.5") == 1


def test_a_clock_that_is_late_makes_no_time_negative() -> None:
    metrics = Metrics()
    metrics.acknowledged(used_at(NOW + dt.timedelta(seconds=9)), NOW)
    assert value(metrics, "waymark_acknowledge_seconds_sum") == 0


def test_a_question_that_waits_is_in_the_queue_until_it_is_answered() -> None:
    metrics = Metrics()
    with metrics.thinking(), metrics.thinking():
        assert value(metrics, "waymark_queue_length", queue="questions") == 2
    assert value(metrics, "waymark_queue_length", queue="questions") == 0


def test_nothing_is_told_of_a_queue_that_is_not_known() -> None:
    metrics = Metrics()
    metrics.queue("promises", None)
    metrics.queue("promises", 3)
    assert value(metrics, "waymark_queue_length", queue="promises") == 3
    metrics.queue("promises", None)
    assert value(metrics, "waymark_queue_length", queue="promises") is None


def test_what_stands_is_told() -> None:
    metrics = Metrics()
    metrics.stands(guides=70, own=12, servers=3)
    assert value(metrics, "waymark_index_entries", of="guides") == 70
    assert value(metrics, "waymark_index_entries", of="servers") == 12
    assert value(metrics, "waymark_servers") == 3


@pytest.mark.parametrize(
    ("path", "status", "counted"),
    [
        ("/api/v10/interactions/{id}/token/callback", 204, 1),
        ("/api/v10/interactions/{id}/token/callback", 404, 0),
        ("/api/v10/webhooks/{id}/token/messages/@original", 200, 0),
    ],
)
async def test_only_first_signs_that_were_taken_are_counted(path: str, status: int, counted: int) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    metrics = Metrics()
    async with aiohttp.ClientSession(trace_configs=[metrics.trace()]) as session:
        where = path.format(id=used_at(dt.datetime.now(tz=dt.UTC)))
        await session.post(f"http://127.0.0.1:{runner.addresses[0][1]}{where}")
    await runner.cleanup()
    assert value(metrics, "waymark_acknowledge_seconds_count") == counted
