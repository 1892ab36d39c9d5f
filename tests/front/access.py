"""Who may use which command and which form; `access_items` has the same for buttons and menus.

Each line tells what the code enforces when somebody clicks, not what Discord shows by default.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.front.ask_mentor import AskMentorButton, AskMentorForm
from bot.front.become import BeginAnewButton
from bot.front.check_in_form import CheckInFormButton
from bot.front.check_in_opt_in import SentCheckInForm
from bot.front.checks import SentReadinessForm, SentSkillsForm
from bot.front.faq_preview import SentEntryForm
from bot.front.faq_waiting import ChangeButton
from bot.front.forms import Form
from bot.front.inbox_answers import EntryIsButton, EntryIsForm
from bot.front.items import Persistent
from bot.front.mentor_forms import AskerReplyButton, MentorReplyButton, ReportButton, UnmaskButton
from bot.front.mentor_letters import SentAskerReplyForm, SentMentorReplyForm, SentReportForm, SentUnmaskForm
from bot.front.paper_form import SectionButton, SentSectionForm
from bot.front.path_forms import SentBecomeForm, SentNoteForm
from bot.front.practice_card import SentAnswerForm, WriteAnswerButton
from bot.front.readiness_form import AnswerButton
from bot.front.setup_card import KeptDaysButton, KeptDaysForm
from bot.front.skills_form import RateButton
from bot.front.step_notes import AddNoteButton
from bot.front.step_questions import AskStepButton, StepQuestionForm
from bot.knowledge.knowledge import key_of
from tests.front.looking_in import WEEKLY
from tests.front.town import Town
from tests.front.walking import ANSWERS

_FOR_MODERATORS = "This is for moderators: it needs the permission Manage Messages or the server's moderator role."
_FOR_MENTORS = "This is for mentors: it needs the server's mentor role, which an admin names with `/setup`."
_FOR_ADMINS = "This is for admins: it needs the permission Manage Server."
_NO_PATH = "I have no path of theirs to show you."


@dataclass(frozen=True)
class Audience:
    """Who may use something, as `Town` calls them; `may_not`: who else tries, with what each is told.

    `is_own`: whether it is made in a private message, and does and shows only what is of whoever uses it. `role`: that
    which lets in.
    """

    name: str
    may: tuple[str, ...]
    may_not: Mapping[str, str] = field(default_factory=dict)
    is_own: bool = False
    role: str = ""


def _told(text: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, text)


EVERYONE = Audience("everyone", ("newcomer",))
#: Everyone, each about what is theirs.
OWN = Audience("their own", ("owner",), is_own=True)
MODERATORS = Audience(
    "moderators", ("keeper", "moderator", "administrator"),
    _told(_FOR_MODERATORS, "newcomer", "mentor", "manager", "former keeper", "former moderator"), role="moderator",
)  # fmt: skip
MENTORS = Audience(
    "mentors", ("colleague", "keeper", "moderator", "administrator"),
    _told(_FOR_MENTORS, "newcomer", "manager", "former mentor", "former moderator"), role="mentor",
)  # fmt: skip
ADMINS = Audience(
    "admins", ("manager", "administrator"),
    _told(_FOR_ADMINS, "newcomer", "mentor", "keeper", "moderator", "former manager"), role="manager",
)  # fmt: skip
#: The mentor who has taken the question, and moderators when that one stays away.
HOLDER = Audience(
    "the mentor who has it", ("mentor", "keeper", "moderator", "administrator"),
    {**_told(_FOR_MENTORS, "newcomer", "manager", "former mentor"), "colleague": _FOR_MODERATORS}, role="mentor",
)  # fmt: skip
#: The mentor who has taken the question, and nobody else.
HOLDER_ALONE = Audience(
    "the mentor who has it, alone", ("mentor",),
    {
        **_told(_FOR_MENTORS, "newcomer", "manager"),
        **_told("has taken this question already. They can release it for others.", "colleague", "moderator"),
    },
    role="mentor",
)  # fmt: skip
ASKER = Audience(
    "who asked the mentors", ("owner",),
    _told(
        "This is about somebody else's question, so it is theirs to press. Nothing was changed.",
        "newcomer", "mentor", "moderator", "administrator",
    ),
)  # fmt: skip
MEANT = Audience(
    "whom the answer is meant for", ("owner",),
    _told(
        "This answer was meant for somebody else, so only they can say whether it helped.",
        "newcomer", "mentor", "moderator", "administrator",
    ),
)  # fmt: skip
CHECKED_ON = Audience(
    "whom the check-in asks", ("owner",),
    _told(
        "This asks another member, so nothing was changed. `/become` opens your own path.",
        "newcomer", "neighbour", "mentor", "moderator", "administrator",
    ),
)  # fmt: skip
ASKER_AND_MENTORS = Audience(
    "who asked, and mentors", ("owner", "mentor", "keeper", "moderator", "administrator"),
    _told(_FOR_MENTORS, "newcomer", "manager", "former mentor"), role="mentor",
)  # fmt: skip
SHARER_AND_MODERATORS = Audience(
    "who shared it, and moderators", ("owner", "keeper", "moderator", "administrator"),
    _told(
        "Only the member whose path this is can take it down, or a moderator.",
        "newcomer", "mentor", "manager", "former keeper", "former moderator",
    ),
    role="moderator",
)  # fmt: skip
#: The owner has let the mentors see their path.
VIEWERS = Audience(
    "whom the member lets see it", ("owner", "mentor"),
    _told(_NO_PATH, "newcomer", "neighbour", "keeper", "moderator", "administrator", "former mentor"), role="mentor",
)  # fmt: skip


@dataclass(frozen=True)
class Command:
    """A command by its name, or the menu of a message or a member.

    `default`: the permission without which Discord hides it unless an admin says otherwise. `options`: what is typed.
    """

    name: str
    audience: Audience
    default: str | None = None
    options: Callable[[Town], dict[str, Any]] = lambda _: {}

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


_MANAGE_MESSAGES, _MANAGE_SERVER = "manage_messages", "manage_guild"


def _moderators(name: str, **options: Any) -> Command:
    return Command(name, MODERATORS, _MANAGE_MESSAGES, lambda _: options)


COMMANDS = (
    Command("ask", EVERYONE, options=lambda _: {"question": "baker salary"}),
    Command("browse", EVERYONE),
    Command("help", EVERYONE),
    Command("become", OWN),
    Command("skills", OWN),
    Command("readiness", OWN),
    Command("practice", OWN),
    Command("privacy export", OWN),
    Command("privacy forget", OWN),
    Command("See their path", VIEWERS),
    Command("point", MENTORS, options=lambda at: {"member": at.people["owner"], "topic": "night"}),
    Command("Answer this", MENTORS),
    Command("Add to FAQ", MODERATORS, _MANAGE_MESSAGES),
    _moderators("faq add"),
    _moderators("faq edit", entry="rules"),
    _moderators("faq remove", entry="rules"),
    _moderators("faq show", entry="rules"),
    _moderators("faq list"),
    _moderators("faq history"),
    _moderators("faq restore", entry="meeting"),
    _moderators("faq try", question="Who sweeps the floor?"),
    _moderators("faq inbox"),
    _moderators("faq import", file=("faq.md", b"## Who sweeps the floor?\n\nBen does.\n")),
    _moderators("faq export"),
    _moderators("insights"),
    Command("setup", ADMINS, _MANAGE_SERVER),
    Command("setup", ADMINS, _MANAGE_SERVER, lambda _: {"what": "check"}),
)


@dataclass(frozen=True)
class SentForm:
    """A form, the button that opens it, and what is put in."""

    kind: type[Form]
    audience: Audience
    opened_by: Callable[[Town], Persistent[Any]]
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return self.kind.__name__


FORMS = (
    SentForm(
        SentEntryForm, MODERATORS, lambda at: ChangeButton(at.text["new"]),
        {"question": "Who locks up?", "answer": "Ann.", "phrasings": ""},
    ),
    SentForm(EntryIsForm, MODERATORS, lambda at: EntryIsButton(at.number["missed"]), {"search": "night"}),
    SentForm(SentUnmaskForm, MODERATORS, lambda at: UnmaskButton(at.number["open"]), {"reason": "It was rude."}),
    SentForm(SentReportForm, MENTORS, lambda at: ReportButton(at.number["claimed"]), {"reason": "It is rude."}),
    SentForm(SentMentorReplyForm, HOLDER_ALONE, lambda at: MentorReplyButton(at.number["claimed"]), {"text": "Rye."}),
    SentForm(KeptDaysForm, ADMINS, lambda _: KeptDaysButton(), {"days": "30"}),
    SentForm(SentAskerReplyForm, ASKER, lambda at: AskerReplyButton(at.number["claimed"]), {"text": "And salt?"}),
    SentForm(
        AskMentorForm, EVERYONE, lambda at: AskMentorButton(at.number["missed"]), {"question": "Where do you park?"}
    ),
    SentForm(SentBecomeForm, OWN, lambda at: BeginAnewButton(at.text["guide"]), ANSWERS),
    SentForm(SentNoteForm, OWN, lambda at: AddNoteButton(at.text["guide"], "school"), {"note": "Ask Ann."}),
    SentForm(
        StepQuestionForm, OWN, lambda at: AskStepButton(at.text["guide"], "school"), {"question": "baker salary"}
    ),
    SentForm(SentSkillsForm, OWN, lambda at: RateButton("skills", "0", at.text["code"]), {"rating-1": ["dough"]}),
    SentForm(SentReadinessForm, OWN, lambda at: AnswerButton(at.text["code"]), {"papers": "done", "work": ["stall"]}),
    SentForm(
        SentAnswerForm, OWN, lambda at: WriteAnswerButton(at.text["guide"], key_of("how")), {"answer": "An hour."}
    ),
    SentForm(
        SentSectionForm, OWN, lambda at: SectionButton(at.text["guide"], key_of("resume"), key_of("work")),
        {"text-0": "Bakery"},
    ),
    SentForm(
        SentCheckInForm, OWN, lambda at: CheckInFormButton(at.text["guide"], "week", "18", "Europe/Berlin"), WEEKLY
    ),
)  # fmt: skip
