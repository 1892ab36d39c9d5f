"""A clock that moves only when it is told to."""

import datetime as dt

START = dt.datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=dt.UTC)


class Clock:
    """Stands at `now`."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += dt.timedelta(**time)
