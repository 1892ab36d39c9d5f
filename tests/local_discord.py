"""Discord over real sockets, as small as can be: it answers the login, opens a gateway and sends what a test says."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

APPLICATION = "1000000000000000001"
TOKEN = "a-token-made-up-for-tests"

_USER = {
    "id": APPLICATION,
    "username": "waymark",
    "discriminator": "0",
    "global_name": None,
    "avatar": None,
    "bot": True,
}
_MEMBER = {"id": "42", "username": "ann", "discriminator": "0", "global_name": None, "avatar": None}


def _json(value: object, status: int = 200) -> web.Response:
    # As bytes: given text, aiohttp would name a charset in the content type, and discord.py compares that whole.
    return web.Response(body=json.dumps(value).encode(), status=status, content_type="application/json")


class LocalDiscord:
    """What the bot asked for (`requests`: method and path) and answered interactions with (`answers`)."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.identified: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.address = ""
        #: Whether a bot that asks for the Message Content intent is sent away.
        self.refuses_content = False
        self._socket: web.WebSocketResponse | None = None

    async def send_slash(self, name: str, **options: str) -> None:
        """Sends a slash command of a member in a direct message over the gateway."""
        assert self._socket is not None, "the bot has not connected"
        chosen = [{"type": 3, "name": key, "value": value} for key, value in options.items()]
        interaction = {
            "id": "1200000000000000001", "application_id": APPLICATION, "type": 2, "token": "interaction-token",
            "version": 1, "channel_id": "7", "channel": {"id": "7", "type": 1}, "user": _MEMBER, "locale": "en-US",
            "app_permissions": "0", "entitlements": [], "authorizing_integration_owners": {}, "context": 1,
            "attachment_size_limit": 1, "data": {"id": "5", "name": name, "type": 1, "options": chosen},
        }  # fmt: skip
        await self._socket.send_json({"op": 0, "s": 2, "t": "INTERACTION_CREATE", "d": interaction})

    def routes(self) -> web.Application:
        """The REST paths that a bot asks for on its way up, and the gateway."""
        app = web.Application(middlewares=[self._noted])
        base = "/api/v10"
        app.router.add_get(f"{base}/users/@me", self._me)
        app.router.add_get(f"{base}/oauth2/applications/@me", self._application)
        app.router.add_get(f"{base}/gateway/bot", self._gateway_address)
        app.router.add_put(f"{base}/applications/{{id}}/commands", self._commands)
        app.router.add_post(f"{base}/interactions/{{id}}/{{token}}/callback", self._callback)
        app.router.add_get("/gateway", self._gateway)
        return app

    @web.middleware
    async def _noted(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.requests.append(f"{request.method} {request.path}")
        if request.path.startswith("/api") and request.headers.get("Authorization") not in (None, f"Bot {TOKEN}"):
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _me(self, _: web.Request) -> web.Response:
        return _json(_USER)

    async def _application(self, _: web.Request) -> web.Response:
        return _json(
            {"id": APPLICATION, "name": "waymark", "icon": None, "description": "", "bot_public": True,
             "bot_require_code_grant": False, "verify_key": "", "flags": 0, "owner": _USER, "team": None}
        )  # fmt: skip

    async def _gateway_address(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        address = self.address.replace("http://", "ws://") + "/gateway"
        return _json({"url": address, "shards": 1, "session_start_limit": limit})

    async def _commands(self, request: web.Request) -> web.Response:
        made = [
            {"description": "", **command, "id": str(5 + at), "application_id": APPLICATION, "version": "1"}
            for at, command in enumerate(await request.json())
        ]
        return _json(made)

    async def _callback(self, request: web.Request) -> web.Response:
        await self.answers.put(await request.json())
        return web.Response(status=204)

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        self._socket = socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._received(socket, json.loads(message.data))
        return socket

    async def _received(self, socket: web.WebSocketResponse, payload: dict[str, Any]) -> None:
        if payload["op"] == 1:
            await socket.send_json({"op": 11})
        elif payload["op"] == 2:
            await self.identified.put(payload["d"])
            if self.refuses_content and payload["d"]["intents"] & 1 << 15:
                await socket.close(code=4014)
                return
            ready = {
                "v": 10, "user": _USER, "guilds": [], "session_id": "s", "shard": [0, 1],
                "resume_gateway_url": self.address.replace("http://", "ws://") + "/gateway",
                "application": {"id": APPLICATION, "flags": 0},
            }  # fmt: skip
            await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": ready})


@asynccontextmanager
async def local_discord() -> AsyncIterator[LocalDiscord]:
    """A local Discord on a free port of this machine, for as long as the block lasts."""
    discord = LocalDiscord()
    runner = web.AppRunner(discord.routes(), shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    discord.address = site.name if not site.name.endswith(":0") else f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield discord
    finally:
        await runner.cleanup()
