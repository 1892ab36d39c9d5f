"""Lets a fixture hold what must be entered and left by one and the same task."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar

T = TypeVar("T")


@asynccontextmanager
async def staying(context: AbstractAsyncContextManager[T]) -> AsyncIterator[T]:
    """The context's value, while a task of its own is in the context; pytest-asyncio's two halves may be two tasks."""
    entered: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    leave = asyncio.Event()

    async def stay() -> None:
        async with context as value:
            entered.set_result(value)
            await leave.wait()

    task = asyncio.create_task(stay())
    either: set[asyncio.Future[Any]] = {task, entered}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    if not entered.done():
        await task
    yield entered.result()
    leave.set()
    await task
