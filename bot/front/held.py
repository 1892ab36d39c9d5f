"""All that is held on a member, as a file that they can read and a program, too."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence

#: What each part of the file is, by the table that it comes from; "in memory" is what is written nowhere.
ABOUT: Mapping[str, str] = {
    "questions": "Questions that you asked in servers, and what came of them.",
    "promises": "Questions for which you want to be told when there is an answer.",
    "mentor_requests": "What you put to the mentors, and what you took over as a mentor.",
    "mentor_relays": "Messages that were passed on for you without your name; their texts are not kept.",
    "mentor_reports": "What you reported of what others wrote to the mentors.",
    "unmaskings": "When you, as a moderator, looked who asked without a name.",
    "mentor_points": "To which answers you pointed others as a mentor; to whom is not kept.",
    "community_versions": "Texts of your community's entries that you wrote.",
    "audit_log": "What you did with your community's entries.",
    "pending_drafts": "Entries that you have not published yet.",
    "imports": "Files that you imported, or are about to.",
    "member_paths": "How far you are on your path, with your answers and notes; `earlier` is what Undo brings back.",
    "member_results": "Results of checks that you saved.",
    "practice_states": "Which interview questions you had and how you rated yourself; not what you answered.",
    "check_ins": "When you want to be asked how it goes.",
    "path_viewers": "Who may see your path, and whose path you may see.",
    "departures": "Servers that you left, and when.",
    "in memory": "Your last question in each channel, which a follow-up may lean on; it is written nowhere.",
}
WHAT = (
    "All that Waymark holds on you, as of the time below. Times are in UTC. Servers, channels, messages and people are "
    "given by Discord's ids. /privacy forget lets it go."
)
#: Beyond this, many programs read numbers of JSON inexactly (RFC 8259, section 6); Discord's ids are larger.
_EXACT = 2**53


def held_file(member: int, held: Mapping[str, Sequence[Mapping[str, object]]], now: dt.datetime) -> bytes:
    """The file, in JSON and UTF-8."""
    parts = {
        name: {"about": ABOUT.get(name, ""), "held": [_exact(one) for one in every]} for name, every in held.items()
    }
    content = {"about": WHAT, "at": now.isoformat(timespec="seconds"), "member": str(member), **parts}
    return json.dumps(content, ensure_ascii=False, indent=2).encode(errors="replace")


def _exact(value: object) -> object:
    """The value with large numbers as text."""
    if isinstance(value, Mapping):
        return {name: _exact(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(one) for one in value]
    return str(value) if isinstance(value, int) and abs(value) > _EXACT else value
