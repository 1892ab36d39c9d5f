"""What operators see of the bot's work in numbers, for Prometheus; nothing in it tells of a person or a server."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import aiohttp
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.matching.answer import Kind

#: Upper ends of the classes in which first signs to Discord are counted, in seconds; Discord gives up after three.
_ACKNOWLEDGE_SECONDS = (0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 5.0)
#: How an interaction is answered first (Discord's reference, "Create Interaction Response").
_CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback$")
#: Discord's ids hold their time in milliseconds since 2015, 22 bits up (Discord's reference, "Snowflakes").
_DISCORD_EPOCH = 1_420_070_400_000


class Metrics:
    """The numbers of one bot. Every bot has its own, so that several in one process count apart."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._questions = Counter(
            "waymark_questions", "Questions that were asked, by the verdict they got.", ["verdict"],
            registry=self.registry,
        )  # fmt: skip
        for kind in Kind:
            self._questions.labels(kind)
        self._acknowledged = Histogram(
            "waymark_acknowledge_seconds",
            "From the moment in which a member used a command, button, menu or form until Discord had a first sign.",
            buckets=_ACKNOWLEDGE_SECONDS, registry=self.registry,
        )  # fmt: skip
        self._entries = Gauge(
            "waymark_index_entries", "Entries in the indexes that are held, guides once and servers' own.", ["of"],
            registry=self.registry,
        )  # fmt: skip
        self._queues = Gauge(
            "waymark_queue_length", "How much waits, by what it waits for.", ["queue"], registry=self.registry
        )
        self._queues.labels("questions")
        self._servers = Gauge("waymark_servers", "Servers that the bot is in.", registry=self.registry)

    def asked(self, verdict: Kind) -> None:
        """Counts a question by its verdict."""
        self._questions.labels(verdict).inc()

    @contextmanager
    def thinking(self) -> Iterator[None]:
        """While this lasts, a question waits for its answer."""
        with self._queues.labels("questions").track_inprogress():
            yield

    def acknowledged(self, interaction: int, now: dt.datetime) -> None:
        """Counts how long an interaction of that id waited for the first sign, by this machine's clock."""
        used = ((interaction >> 22) + _DISCORD_EPOCH) / 1000
        # A clock that is late would tell of a sign that came before it was asked for.
        self._acknowledged.observe(max(0.0, now.timestamp() - used))

    def stands(self, *, guides: int, own: int, servers: int) -> None:
        """Sets what is there now: entries of the guides, servers' own in the indexes that are held, and servers."""
        self._entries.labels("guides").set(guides)
        self._entries.labels("servers").set(own)
        self._servers.set(servers)

    def queue(self, name: str, length: int | None) -> None:
        """Sets how much waits in a queue; with None, as when the database is away, nothing is told of it."""
        if length is None:
            self._queues.remove(name)
        else:
            self._queues.labels(name).set(length)

    def text(self) -> bytes:
        """All numbers in Prometheus' text format."""
        return generate_latest(self.registry)

    def trace(self) -> aiohttp.TraceConfig:
        """What a client's HTTP is to be watched with, so that first signs are counted once Discord has taken them."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._seen)
        return config

    async def _seen(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        answered = _CALLBACK.search(request.url.path)
        if answered and request.response.ok:
            self.acknowledged(int(answered[1]), dt.datetime.now(tz=dt.UTC))
