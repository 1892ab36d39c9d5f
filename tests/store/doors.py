"""A door before PostgreSQL that a test can shut: what lies between a bot and its database in the real world."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import make_url


class Door:
    """Stands at `address`, which leads to a database, once it is `standing`; open until it is told otherwise.

    `knocked` is set when somebody is sent away, `lost` when something was sent into silence.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.knocked = asyncio.Event()
        self.lost = asyncio.Event()
        self._shut = False
        #: Counts how often it was opened; what came in before a number goes silent.
        self._opened = 0
        self._silent_before = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def standing(self) -> AsyncIterator["Door"]:
        """The door, while this lasts."""
        url = make_url(self.address)

        async def enter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if self._shut:
                writer.close()
                self.knocked.set()
                return
            behind, answer = await asyncio.open_connection(url.host, url.port)
            self._writers |= {writer, answer}
            for source, target in ((reader, answer), (behind, writer)):
                self._carrying.add(asyncio.create_task(self._carry(source, target, self._opened)))

        server = await asyncio.start_server(enter, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        self.address = url.set(host=host, port=port).render_as_string(hide_password=False)
        try:
            yield self
        finally:
            server.close()
            self.shut()
            await asyncio.gather(*self._carrying)

    def shut(self) -> None:
        """Ends all connections, and lets nobody in."""
        self._shut = True
        for writer in self._writers:
            writer.close()

    def silence(self) -> None:
        """Lets nothing more through, and says so to nobody, as a firewall that has forgotten a connection."""
        self._silent_before = self._opened + 1

    def open(self) -> None:
        """Lets everybody in; what went silent stays so."""
        self._shut = False
        self._opened += 1

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, came: int) -> None:
        with suppress(ConnectionError):
            while some := await source.read(65_536):
                if came < self._silent_before:
                    self.lost.set()
                else:
                    target.write(some)
                    await target.drain()
        target.close()
