"""When rounds go, for `discord.ext.tasks`.

Unlike an interval these times make up for nothing: where the clock jumps, as in a sandbox, discord.py 2.7.1 goes one
round for each interval missed, half a million of them for a year of minutes.
"""

import datetime as dt

#: Each whole hour of a day, and each whole minute.
EVERY_HOUR = [dt.time(hour, tzinfo=dt.UTC) for hour in range(24)]
EVERY_MINUTE = [dt.time(hour, minute, tzinfo=dt.UTC) for hour in range(24) for minute in range(60)]
