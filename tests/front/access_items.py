"""Who may use which button and which menu, with one of each kind that is about something in the town."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.front.add_to_plan import AddToPlanButton
from bot.front.answer_this import LookButton, PickAnswerButton, ShareButton
from bot.front.ask_mentor import AskMentorButton
from bot.front.asked_before import NotTheSameButton, TellThemButton
from bot.front.become import BeginAnewButton, PathMenu
from bot.front.check_in_card import DoneButton, SnoozeButton, StuckButton
from bot.front.check_in_form import CheckInButton, CheckInFormButton, StopButton
from bot.front.checks import CheckedMenu, PageButton, TargetMenu
from bot.front.entry_card import EntryButton
from bot.front.faq_history import HistoryButton, HistoryMenu, LogPageButton, VersionsPageButton
from bot.front.faq_inbox import InboxPageButton, NotForUsButton, UndoDismissButton
from bot.front.faq_list import ListPageButton, OpenMenu, ShelfButton
from bot.front.faq_preview import OverwriteButton, PreviewButton, PublishButton
from bot.front.faq_publish import ShowButton
from bot.front.faq_remove import AskRemoveButton, KeepButton, RemoveButton
from bot.front.faq_restore import BinButton, RestoreButton
from bot.front.faq_show import EditButton, PhrasingsButton, PhrasingsPageButton
from bot.front.faq_waiting import CancelButton, ChangeButton, CorrectButton, WholeButton
from bot.front.helped import QUESTION, HelpedButton
from bot.front.import_buttons import CancelImportButton, ImportButton, UndoImportButton
from bot.front.inbox_answers import AddPhrasingButton, EntryIsButton, EntryIsMenu, WriteEntryButton
from bot.front.insights_view import SpanMenu
from bot.front.items import Persistent
from bot.front.mentor_card import ClaimButton, CloseButton, ReleaseButton
from bot.front.mentor_forms import AskerReplyButton, MentorReplyButton, ReportButton, UnmaskButton
from bot.front.misses import ChosenButton, NeverMindButton, TellMeButton
from bot.front.next_moves import MoveEntryButton, MoveStepButton
from bot.front.offer_card import OfferButton, ShareOfferButton
from bot.front.paper_form import DiscardButton, MakeFileButton, PaperMenu, SectionButton, SectionMenu
from bot.front.path_overview import AnswersButton, DetailButton, OverviewTextButton
from bot.front.path_sharing import CancelShareButton, PostButton, SharePathButton, SharePathMenu, TakeDownButton
from bot.front.path_viewers import AllowMenu, StopSharingButton, ViewersButton
from bot.front.pay_ladder import LadderTextButton
from bot.front.practice_card import (
    LevelMenu,
    NextQuestionButton,
    PracticeButton,
    PractisedMenu,
    RubricMenu,
    WriteAnswerButton,
)
from bot.front.privacy import ForgetMeButton, KeepMeButton
from bot.front.readiness_form import AnswerButton
from bot.front.saved_results import CompareButton, ForgetButton, ForgetMenu, OverTimeButton, SaveButton
from bot.front.setup_card import ChannelMenu, ClearButton, DatesMenu, KeptDaysButton, RoleMenu
from bot.front.setup_report import CheckButton
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
from bot.front.step_questions import AskStepButton, QuestionMenu
from bot.front.telling import HeardButton
from bot.front.their_path import TheirPathButton
from bot.front.themes import BackButton, EntryMenu, ThemeButton, ThemeMenu
from bot.front.verdicts import NotThisOneButton, PickButton
from bot.knowledge.knowledge import key_of
from tests.front.access import (
    ADMINS,
    ASKER,
    ASKER_AND_MENTORS,
    CHECKED_ON,
    EVERYONE,
    HOLDER,
    MEANT,
    MENTORS,
    MODERATORS,
    OWN,
    SHARER_AND_MODERATORS,
    VIEWERS,
    Audience,
)
from tests.front.town import SECRET, Town

_Kind = TypeVar("_Kind", bound=Persistent[Any])

NIGHT, RULES, PAY = key_of("night"), key_of("rules"), key_of("median-pay")
RESUME, ABOUT_YOU, HOW = key_of("resume"), key_of("you"), key_of("how")


@dataclass(frozen=True)
class Item:
    """A button or menu: its kind, who may use it, and one of that kind; `picks`: what is picked, if not the first."""

    kind: type[Persistent[Any]]
    audience: Audience
    made: Callable[[Town], Persistent[Any]]
    picks: Callable[[Town], list[Any]] | None = None

    def __str__(self) -> str:
        return self.kind.__name__


def _offering(menu: _Kind, value: str) -> _Kind:
    """The menu with that to pick from it."""
    menu.item.add_option(label="This", value=value)
    return menu


def _read(kind: type[_Kind], custom_id: str) -> _Kind:
    """The button that has the custom id."""
    match = kind.__discord_ui_compiled_template__.fullmatch(custom_id)
    assert match is not None
    known: dict[str, Any] = match.groupdict()
    return kind(**known)


_OF_EVERYONE = (
    Item(EntryButton, EVERYONE, lambda _: EntryButton(NIGHT)),
    Item(PickButton, EVERYONE, lambda at: PickButton(at.owner, NIGHT, "This")),
    Item(NotThisOneButton, EVERYONE, lambda _: NotThisOneButton(NIGHT)),
    Item(ThemeButton, EVERYONE, lambda _: ThemeButton("pay")),
    Item(ThemeMenu, EVERYONE, lambda _: _offering(ThemeMenu(0), "pay")),
    Item(EntryMenu, EVERYONE, lambda _: _offering(EntryMenu("pay", 0), PAY)),
    Item(BackButton, EVERYONE, lambda _: BackButton("pay")),
    Item(AddToPlanButton, EVERYONE, lambda at: AddToPlanButton(at.text["guide"], PAY)),
    Item(LadderTextButton, EVERYONE, lambda at: LadderTextButton(at.text["guide"])),
    Item(LookButton, EVERYONE, lambda _: LookButton(NIGHT)),
    Item(OfferButton, EVERYONE, lambda at: OfferButton(at.owner, at.number["message"])),
    Item(AskMentorButton, EVERYONE, lambda at: AskMentorButton(at.number["missed"])),
    Item(TellMeButton, EVERYONE, lambda at: TellMeButton(at.number["missed"])),
    Item(ChosenButton, EVERYONE, lambda at: ChosenButton(at.number["missed"], NIGHT)),
)

_OF_ONE_MEMBER = (
    Item(HelpedButton, MEANT, lambda at: HelpedButton(QUESTION, at.number["missed"], at.owner)),
    Item(HeardButton, MEANT, lambda at: HeardButton("0" * 16, at.number["missed"], at.owner)),
    Item(AskerReplyButton, ASKER, lambda at: AskerReplyButton(at.number["claimed"])),
    Item(CloseButton, ASKER, lambda at: CloseButton(at.number["claimed"])),
    Item(DoneButton, CHECKED_ON, lambda at: DoneButton(at.text["guide"], "school", at.owner)),
    Item(SnoozeButton, CHECKED_ON, lambda at: SnoozeButton(at.text["guide"], at.owner)),
    Item(StuckButton, CHECKED_ON, lambda at: StuckButton(at.text["guide"], "school", at.owner)),
    Item(StopButton, CHECKED_ON, lambda at: StopButton(at.text["guide"], at.owner)),
    Item(ShareOfferButton, ASKER_AND_MENTORS, lambda at: ShareOfferButton(at.owner, at.number["message"], 0)),
    Item(TakeDownButton, SHARER_AND_MODERATORS, lambda at: TakeDownButton(at.owner)),
    Item(TheirPathButton, VIEWERS, lambda at: TheirPathButton(at.text["guide"], at.owner)),
)

_OF_MENTORS = (
    Item(PickAnswerButton, MENTORS, lambda at: PickAnswerButton(1, at.number["message"], at.owner, NIGHT)),
    Item(ShareButton, MENTORS, lambda at: ShareButton(at.number["message"], at.owner, NIGHT)),
    Item(ClaimButton, MENTORS, lambda at: ClaimButton(at.number["open"])),
    Item(ReleaseButton, HOLDER, lambda at: ReleaseButton(at.number["claimed"])),
    Item(MentorReplyButton, MENTORS, lambda at: MentorReplyButton(at.number["claimed"])),
    Item(ReportButton, MENTORS, lambda at: ReportButton(at.number["claimed"])),
)

_OF_MODERATORS = (
    Item(ShelfButton, MODERATORS, lambda _: ShelfButton("bin", "")),
    Item(ListPageButton, MODERATORS, lambda _: ListPageButton("server", 0, "")),
    Item(OpenMenu, MODERATORS, lambda _: _offering(OpenMenu("server"), "rules")),
    Item(EditButton, MODERATORS, lambda _: EditButton("rules")),
    Item(PhrasingsButton, MODERATORS, lambda _: PhrasingsButton("use", "rules")),
    Item(PhrasingsPageButton, MODERATORS, lambda _: PhrasingsPageButton("use", "rules", 0)),
    Item(HistoryButton, MODERATORS, lambda _: HistoryButton("rules")),
    Item(HistoryMenu, MODERATORS, lambda _: HistoryMenu(["rules"])),
    Item(LogPageButton, MODERATORS, lambda _: LogPageButton(0)),
    Item(VersionsPageButton, MODERATORS, lambda _: VersionsPageButton("rules", 0)),
    Item(AskRemoveButton, MODERATORS, lambda _: AskRemoveButton("rules")),
    Item(RemoveButton, MODERATORS, lambda at: RemoveButton(at.text["removal"])),
    Item(KeepButton, MODERATORS, lambda at: KeepButton(at.text["removal"])),
    Item(RestoreButton, MODERATORS, lambda _: RestoreButton("rules", 1, 2)),
    Item(BinButton, MODERATORS, lambda _: BinButton("night", 1)),
    Item(PublishButton, MODERATORS, lambda at: PublishButton(at.text["new"])),
    Item(OverwriteButton, MODERATORS, lambda at: OverwriteButton(at.text["stale"], 2)),
    Item(PreviewButton, MODERATORS, lambda at: PreviewButton(at.text["new"])),
    Item(ShowButton, MODERATORS, lambda _: ShowButton(RULES)),
    Item(ChangeButton, MODERATORS, lambda at: ChangeButton(at.text["new"])),
    Item(CorrectButton, MODERATORS, lambda at: CorrectButton(at.text["new"], NIGHT, 1)),
    Item(WholeButton, MODERATORS, lambda at: WholeButton(at.text["new"])),
    Item(CancelButton, MODERATORS, lambda at: CancelButton(at.text["new"])),
    Item(ImportButton, MODERATORS, lambda at: _read(ImportButton, at.text["import"])),
    Item(CancelImportButton, MODERATORS, lambda at: _read(CancelImportButton, at.text["no import"])),
    Item(UndoImportButton, MODERATORS, lambda at: _read(UndoImportButton, at.text["undo"])),
    Item(WriteEntryButton, MODERATORS, lambda at: WriteEntryButton(at.number["missed"])),
    Item(EntryIsButton, MODERATORS, lambda at: EntryIsButton(at.number["missed"])),
    Item(EntryIsMenu, MODERATORS, lambda at: _offering(EntryIsMenu(at.number["missed"]), NIGHT)),
    Item(AddPhrasingButton, MODERATORS, lambda at: AddPhrasingButton(at.number["chosen"])),
    Item(InboxPageButton, MODERATORS, lambda _: InboxPageButton(0)),
    Item(NotForUsButton, MODERATORS, lambda at: NotForUsButton(at.number["missed"], 0)),
    Item(UndoDismissButton, MODERATORS, lambda at: UndoDismissButton(at.number["dismissed"], 0)),
    Item(TellThemButton, MODERATORS, lambda at: TellThemButton(RULES, f"{at.number['missed']:x}")),
    Item(NotTheSameButton, MODERATORS, lambda _: NotTheSameButton(RULES)),
    Item(SpanMenu, MODERATORS, lambda _: SpanMenu("week")),
    Item(UnmaskButton, MODERATORS, lambda at: UnmaskButton(at.number["open"])),
)

_OF_ADMINS = (
    Item(RoleMenu, ADMINS, lambda _: RoleMenu("mentor_role"), lambda at: [at.roles["keeper"]]),
    Item(ChannelMenu, ADMINS, lambda _: ChannelMenu("mentors_channel"), lambda at: [at.community.channel]),
    Item(DatesMenu, ADMINS, lambda _: DatesMenu()),
    Item(KeptDaysButton, ADMINS, lambda _: KeptDaysButton()),
    Item(ClearButton, ADMINS, lambda _: ClearButton("digest_channel")),
    Item(CheckButton, ADMINS, lambda _: CheckButton("below")),
)

_OF_THEIR_OWN = (
    Item(PathMenu, OWN, lambda at: _offering(PathMenu(), at.text["guide"])),
    Item(BeginAnewButton, OWN, lambda at: BeginAnewButton(at.text["guide"])),
    Item(OverviewButton, OWN, lambda at: OverviewButton(at.text["guide"])),
    Item(OverviewTextButton, OWN, lambda at: OverviewTextButton(at.text["guide"])),
    Item(DetailButton, OWN, lambda at: DetailButton("varies", at.text["guide"])),
    Item(AnswersButton, OWN, lambda at: AnswersButton(at.text["guide"])),
    Item(GoToMenu, OWN, lambda at: _offering(GoToMenu(at.text["guide"]), "guild")),
    Item(OpenCardButton, OWN, lambda at: OpenCardButton(at.text["guide"])),
    Item(StepButton, OWN, lambda at: StepButton("done", at.text["guide"], "school")),
    Item(TickMenu, OWN, lambda at: _offering(TickMenu(at.text["guide"], "school"), "choose")),
    Item(QuestionMenu, OWN, lambda at: _offering(QuestionMenu(at.text["guide"], "school"), PAY)),
    Item(AskStepButton, OWN, lambda at: AskStepButton(at.text["guide"], "school")),
    Item(AddNoteButton, OWN, lambda at: AddNoteButton(at.text["guide"], "school")),
    Item(RemoveNoteMenu, OWN, lambda at: RemoveNoteMenu(at.text["guide"], "school", [f"{SECRET} note"])),
    Item(UndoButton, OWN, lambda at: UndoButton(at.text["guide"], at.number["version"])),
    Item(StartOverButton, OWN, lambda at: StartOverButton(at.text["guide"])),
    Item(BeginAgainButton, OWN, lambda at: BeginAgainButton(at.text["guide"], at.number["version"])),
    Item(SharePathButton, OWN, lambda at: SharePathButton(at.text["guide"])),
    Item(SharePathMenu, OWN, lambda at: SharePathMenu(at.text["guide"])),
    Item(PostButton, OWN, lambda at: PostButton(at.text["guide"], "r", at.number["version"])),
    Item(CancelShareButton, OWN, lambda _: CancelShareButton()),
    Item(ViewersButton, OWN, lambda at: ViewersButton(at.text["guide"])),
    Item(AllowMenu, OWN, lambda at: AllowMenu(at.text["guide"]), lambda at: [at.people["colleague"]]),
    Item(StopSharingButton, OWN, lambda at: StopSharingButton(at.text["guide"], at.roles["mentor"].id)),
    Item(CheckInButton, OWN, lambda at: CheckInButton(at.text["guide"])),
    Item(CheckInFormButton, OWN, lambda at: CheckInFormButton(at.text["guide"], "week", "18", "Europe/Berlin")),
    Item(CheckedMenu, OWN, lambda at: _offering(CheckedMenu("skills"), at.text["guide"])),
    Item(TargetMenu, OWN, lambda at: _offering(TargetMenu(at.text["code"]), "helper")),
    Item(PageButton, OWN, lambda at: PageButton("skills", at.text["code"])),
    Item(RateButton, OWN, lambda at: RateButton("skills", "0", at.text["code"])),
    Item(AnswerButton, OWN, lambda at: AnswerButton(at.text["code"])),
    Item(SaveButton, OWN, lambda at: SaveButton("skills", at.text["code"])),
    Item(CompareButton, OWN, lambda at: CompareButton(at.text["code"])),
    Item(OverTimeButton, OWN, lambda at: OverTimeButton(at.text["guide"])),
    Item(ForgetButton, OWN, lambda at: ForgetButton(str(at.number["result"]))),
    Item(ForgetMenu, OWN, lambda at: _offering(ForgetMenu(), str(at.number["result"]))),
    Item(MoveEntryButton, OWN, lambda _: MoveEntryButton("1", PAY)),
    Item(MoveStepButton, OWN, lambda at: MoveStepButton("1", at.text["guide"], "guild")),
    Item(LevelMenu, OWN, lambda at: _offering(LevelMenu("any", at.text["guide"]), "helper")),
    Item(PracticeButton, OWN, lambda at: PracticeButton("question", at.text["guide"])),
    Item(NextQuestionButton, OWN, lambda at: NextQuestionButton(at.text["guide"], key_of(at.text["question"]))),
    Item(WriteAnswerButton, OWN, lambda at: WriteAnswerButton(at.text["guide"], HOW)),
    Item(RubricMenu, OWN, lambda at: _offering(RubricMenu(at.text["guide"], HOW), "0")),
    Item(PractisedMenu, OWN, lambda at: _offering(PractisedMenu(), at.text["guide"])),
    Item(PaperMenu, OWN, lambda at: _offering(PaperMenu(at.text["guide"]), RESUME)),
    Item(SectionButton, OWN, lambda at: SectionButton(at.text["guide"], RESUME, ABOUT_YOU)),
    Item(SectionMenu, OWN, lambda at: _offering(SectionMenu(at.text["guide"], RESUME), ABOUT_YOU)),
    Item(MakeFileButton, OWN, lambda at: MakeFileButton(at.text["guide"], RESUME)),
    Item(DiscardButton, OWN, lambda at: DiscardButton(at.text["guide"], RESUME)),
    Item(ForgetMeButton, OWN, lambda _: ForgetMeButton()),
    Item(KeepMeButton, OWN, lambda _: KeepMeButton()),
    Item(NeverMindButton, OWN, lambda at: NeverMindButton(at.number["missed"])),
)

ITEMS = (*_OF_EVERYONE, *_OF_ONE_MEMBER, *_OF_MENTORS, *_OF_MODERATORS, *_OF_ADMINS, *_OF_THEIR_OWN)
