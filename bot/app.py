"""The composition root: builds the coach and the bot from the settings, runs them, and ends them in order."""

import asyncio
import datetime as dt
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial

import aiohttp
import discord
import structlog
from watchfiles import awatch

from bot.assembly import Assembly, find_embedder, find_spaces, knowledge_folder
from bot.coaches import Coaches
from bot.errors import WaymarkError
from bot.front.add_to_faq import AddToFaq
from bot.front.add_to_plan import AddToPlanButton
from bot.front.answer_this import AnswerThis, LookButton, PickAnswerButton, ShareButton
from bot.front.ask import Ask
from bot.front.ask_mentor import AskMentorButton, AskMentorForm
from bot.front.asked_before import NotTheSameButton, TellThemButton
from bot.front.become import Become, BeginAnewButton, PathMenu
from bot.front.browse import Browse
from bot.front.check_in_card import DoneButton, SnoozeButton, StuckButton
from bot.front.check_in_form import CheckInButton, CheckInFormButton, StopButton
from bot.front.check_in_opt_in import SentCheckInForm
from bot.front.check_ins import CheckInRounds
from bot.front.checks import CheckedMenu, PageButton, SentReadinessForm, SentSkillsForm, TargetMenu
from bot.front.client import Parts, WaymarkBot
from bot.front.conversation import Conversation
from bot.front.digest import Digest
from bot.front.entry_card import EntryButton
from bot.front.faq import Faq
from bot.front.faq_history import HistoryButton, HistoryMenu, LogPageButton, VersionsPageButton
from bot.front.faq_inbox import InboxPageButton, NotForUsButton, UndoDismissButton
from bot.front.faq_list import ListPageButton, OpenMenu, ShelfButton
from bot.front.faq_preview import OverwriteButton, PreviewButton, PublishButton, SentEntryForm
from bot.front.faq_publish import ShowButton
from bot.front.faq_remove import AskRemoveButton, KeepButton, RemoveButton
from bot.front.faq_restore import BinButton, RestoreButton
from bot.front.faq_show import EditButton, PhrasingsButton, PhrasingsPageButton
from bot.front.faq_waiting import CancelButton, ChangeButton, CorrectButton, WholeButton
from bot.front.forms import Form, receive
from bot.front.help import Help
from bot.front.helped import HelpedButton
from bot.front.housekeeping import Housekeeping
from bot.front.import_buttons import CancelImportButton, ImportButton, UndoImportButton
from bot.front.inbox_answers import AddPhrasingButton, EntryIsButton, EntryIsForm, EntryIsMenu, WriteEntryButton
from bot.front.insights import Insights
from bot.front.insights_view import SpanMenu
from bot.front.listening import Listening
from bot.front.mentor_card import ClaimButton, CloseButton, ReleaseButton
from bot.front.mentor_forms import AskerReplyButton, MentorReplyButton, ReportButton, UnmaskButton
from bot.front.mentor_letters import SentAskerReplyForm, SentMentorReplyForm, SentReportForm, SentUnmaskForm
from bot.front.misses import ChosenButton, NeverMindButton, TellMeButton
from bot.front.next_moves import MoveEntryButton, MoveStepButton
from bot.front.offer_card import OfferButton, ShareOfferButton
from bot.front.paper_form import DiscardButton, MakeFileButton, PaperMenu, SectionButton, SectionMenu, SentSectionForm
from bot.front.path_forms import SentBecomeForm, SentNoteForm
from bot.front.path_overview import AnswersButton, DetailButton, OverviewTextButton
from bot.front.path_sharing import CancelShareButton, PostButton, SharePathButton, SharePathMenu, TakeDownButton
from bot.front.path_viewers import AllowMenu, StopSharingButton, ViewersButton
from bot.front.pay_ladder import LadderTextButton
from bot.front.point import Point
from bot.front.practice import Practice
from bot.front.practice_card import (
    LevelMenu,
    NextQuestionButton,
    PracticeButton,
    PractisedMenu,
    RubricMenu,
    SentAnswerForm,
    WriteAnswerButton,
)
from bot.front.privacy import ForgetMeButton, KeepMeButton, Privacy
from bot.front.readiness import Readiness
from bot.front.readiness_form import AnswerButton
from bot.front.saved_results import CompareButton, ForgetButton, ForgetMenu, OverTimeButton, SaveButton
from bot.front.setup import Setup
from bot.front.setup_card import ChannelMenu, ClearButton, DatesMenu, KeptDaysButton, KeptDaysForm, RoleMenu
from bot.front.setup_report import CheckButton
from bot.front.skills import Skills
from bot.front.skills_form import RateButton
from bot.front.step_card import (
    BeginAgainButton,
    GoToMenu,
    OpenCardButton,
    OverviewButton,
    RemoveNoteMenu,
    StartOverButton,
    StepButton,
    TickMenu,
    UndoButton,
)
from bot.front.step_notes import AddNoteButton
from bot.front.step_questions import AskStepButton, QuestionMenu, StepQuestionForm
from bot.front.telling import HeardButton, TellingRounds
from bot.front.their_path import TheirPath, TheirPathButton
from bot.front.themes import BackButton, EntryMenu, ThemeButton, ThemeMenu
from bot.front.verdicts import NotThisOneButton, PickButton
from bot.health import served
from bot.knowledge.faults import KnowledgeError
from bot.settings import Settings
from bot.store.announcements import listening
from bot.store.store import Store

log = structlog.stdlib.get_logger("waymark")

GROUPS = (
    Ask, Browse, Help, Conversation, Faq, AddToFaq, Become, Skills, Readiness, Practice, Housekeeping,
    AnswerThis, Point,
    Setup, Privacy, TellingRounds,
    CheckInRounds, TheirPath, Listening, Insights, Digest,
)  # fmt: skip
ITEMS = (
    EntryButton, PickButton, NotThisOneButton, ThemeButton, ThemeMenu, EntryMenu, BackButton,
    ShelfButton, ListPageButton, OpenMenu, EditButton, PhrasingsButton, PhrasingsPageButton,
    HistoryButton, HistoryMenu, LogPageButton, VersionsPageButton,
    AskRemoveButton, RemoveButton, KeepButton, RestoreButton, BinButton,
    PublishButton, OverwriteButton, PreviewButton, ShowButton,
    ChangeButton, CorrectButton, WholeButton, CancelButton,
    ImportButton, CancelImportButton, UndoImportButton,
    PathMenu, BeginAnewButton, OverviewButton, OverviewTextButton, DetailButton, AnswersButton, GoToMenu,
    OpenCardButton, StepButton, TickMenu, QuestionMenu, AskStepButton, AddNoteButton, RemoveNoteMenu, UndoButton,
    StartOverButton, BeginAgainButton, AddToPlanButton, LadderTextButton,
    RoleMenu, ChannelMenu, DatesMenu, KeptDaysButton, ClearButton, CheckButton, ForgetMeButton, KeepMeButton,
    CheckInButton, CheckInFormButton, DoneButton, SnoozeButton, StuckButton, StopButton,
    SharePathButton, SharePathMenu, PostButton, CancelShareButton, TakeDownButton,
    ViewersButton, AllowMenu, StopSharingButton, TheirPathButton,
    CheckedMenu, TargetMenu, PageButton, RateButton, AnswerButton, SaveButton, CompareButton, OverTimeButton,
    ForgetButton, ForgetMenu, MoveEntryButton, MoveStepButton,
    LevelMenu, PracticeButton, NextQuestionButton, WriteAnswerButton, RubricMenu, PractisedMenu,
    PaperMenu, SectionButton, SectionMenu, MakeFileButton, DiscardButton,
    HelpedButton, PickAnswerButton, LookButton, ShareButton, OfferButton, ShareOfferButton, SpanMenu,
    AskMentorButton, ClaimButton, ReleaseButton, CloseButton, MentorReplyButton, AskerReplyButton, ReportButton,
    UnmaskButton,
    TellMeButton, NeverMindButton, ChosenButton, HeardButton, TellThemButton, NotTheSameButton,
    WriteEntryButton, EntryIsButton, EntryIsMenu, AddPhrasingButton, InboxPageButton, NotForUsButton, UndoDismissButton,
)  # fmt: skip
FORMS: tuple[type[Form], ...] = (
    SentEntryForm, SentBecomeForm, SentNoteForm, StepQuestionForm, SentSkillsForm, SentReadinessForm,
    SentAnswerForm, SentSectionForm, KeptDaysForm,
    AskMentorForm, SentMentorReplyForm, SentAskerReplyForm, SentReportForm, SentUnmaskForm,
    EntryIsForm, SentCheckInForm,
)  # fmt: skip
PARTS = Parts(GROUPS, ITEMS, partial(receive, forms=FORMS))
#: Longest wait in seconds for Discord to take the token and the commands, retries of discord.py included.
LOGIN_SECONDS = 60


@asynccontextmanager
async def opened(
    settings: Settings, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
) -> AsyncIterator[WaymarkBot]:
    """The bot with its database open, ready to be started, while this lasts; `clock` tells the time of what is stored.

    Raises `KnowledgeError` when a knowledge file cannot be used, `WaymarkError` when the database cannot.
    """
    embedder, spaces = find_embedder(settings, _Told()), find_spaces(settings)
    assembly = Assembly(knowledge_folder(settings), embedder=embedder, spaces=spaces)
    base = assembly.coach()
    async with Store.open(settings.database_address, clock) as store:
        coaches = Coaches(base, assembly.extended, store.entries)
        bot = WaymarkBot(coaches, store, PARTS, settings.discord_api_url, listening=settings.waymark_listening == "on")
        try:
            async with watching(bot, assembly), following(coaches, store):
                yield bot
        finally:
            coaches.close()


@asynccontextmanager
async def following(coaches: Coaches, store: Store) -> AsyncIterator[None]:
    """While this lasts, coaches are made anew when another process on the same database changed a server's entries."""
    tasks: set[asyncio.Task[None]] = set()

    def changed(server: int | None) -> None:
        task = asyncio.create_task(_refresh(coaches, server), name="refresh")
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    try:
        async with listening(store.database, changed):
            yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _refresh(coaches: Coaches, server: int | None) -> None:
    try:
        await (coaches.refresh_all() if server is None else coaches.refresh_held(server))
    except WaymarkError as error:
        log.warning("changed entries could not be read", server=server, why=str(error))


class _Told:
    """Logs how far the vectors of new phrasings are, about ten times in all."""

    def __init__(self) -> None:
        self._next = 0

    def __call__(self, done: int, total: int) -> None:
        if done >= min(self._next, total):
            log.info("learning new phrasings", done=done, of=total)
            self._next = done + total // 10


@asynccontextmanager
async def watching(bot: WaymarkBot, assembly: Assembly) -> AsyncIterator[None]:
    """While this lasts, a change in the knowledge files gives the bot new coaches; broken files leave the last good."""
    stop = asyncio.Event()
    task = asyncio.create_task(_reload_on_change(bot, assembly, stop), name="knowledge watch")
    try:
        yield
    finally:
        stop.set()
        await task


async def _reload_on_change(bot: WaymarkBot, assembly: Assembly, stop: asyncio.Event) -> None:
    async for _ in awatch(assembly.folder, stop_event=stop):
        await reload(bot, assembly)


async def reload(bot: WaymarkBot, assembly: Assembly) -> None:
    """Reads the folder again, off the event loop, and swaps the coaches whole; on a fault the last good ones stay."""
    try:
        base = await bot.coaches.work(assembly.coach)
    except KnowledgeError as error:
        log.warning(
            "knowledge files are broken, the last good version stays", faults=[str(fault) for fault in error.faults]
        )
        return
    try:
        await bot.coaches.refresh_all(base)
    except WaymarkError as error:
        log.warning("the servers' entries could not be read", why=str(error))
    log.info("knowledge reloaded", entries=len(base.knowledge.entries))


async def run(settings: Settings) -> None:
    """Runs the bot until SIGTERM or SIGINT; raises `WaymarkError` when it cannot start."""
    if settings.discord_token is None:
        raise WaymarkError(
            "DISCORD_TOKEN is not set, so the bot cannot log in. Put it into the environment or a .env file; "
            "`waymark sandbox` runs without one."
        )
    serving = asyncio.create_task(_serve(settings, settings.discord_token.get_secret_value()), name="serve")
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, serving.cancel)
    # Cancelled, the bot closes its connections on the way out; whatever else ended it is raised here.
    with suppress(asyncio.CancelledError):
        await serving
    log.info("stopped")


async def _serve(settings: Settings, token: str) -> None:
    async with AsyncExitStack() as running:
        bot = await running.enter_async_context(opened(settings))
        await running.enter_async_context(bot)
        if settings.waymark_metrics_port is not None:
            await running.enter_async_context(served(bot, settings.waymark_metrics_port))
        encoder = bot.coaches.base.encoder
        log.info("matching by words and meaning" if encoder else "matching by words alone", encoder=encoder)
        await _login(bot, token)
        try:
            await bot.connect()
        except discord.PrivilegedIntentsRequired:
            raise WaymarkError(
                "Discord refuses the Message Content intent, which WAYMARK_LISTENING=on asks for. Turn it on on the "
                "Bot page of the developer portal, or take WAYMARK_LISTENING away: all else works without it."
            ) from None


async def _login(bot: WaymarkBot, token: str) -> None:
    where = discord.http.Route.BASE
    try:
        async with asyncio.timeout(LOGIN_SECONDS):
            await bot.login(token)
    except discord.LoginFailure:
        raise WaymarkError(
            "Discord refused the token in DISCORD_TOKEN. Copy it anew from the Bot page of the developer portal."
        ) from None
    except TimeoutError:
        raise WaymarkError(f"Discord did not answer at {where} in {LOGIN_SECONDS} s. Try again in a while.") from None
    except (aiohttp.ClientError, discord.DiscordException, OSError) as error:
        raise WaymarkError(f"Discord cannot be reached at {where} ({error}). Try again in a while.") from None
