"""The tables, a file per subject. Importing this package registers all of them."""

from db.models.accounts import (
    Account,
    AccountGrant,
    AccountSession,
    DirectoryIdentity,
    DirectoryJourney,
    PasswordLink,
    SignInAttempt,
    SignInTicket,
)
from db.models.actions import Action, ActionOwner, ActionSource, Recommendation, ReplacedAction
from db.models.audit import AuditDetail, AuditEntry
from db.models.charters import Charter, Level, Milestone, Statement, Strand, Theme
from db.models.commitments import Adoption, Commitment, CommitmentVersion
from db.models.concerns import Concern, ConcernReply, ConcernStep
from db.models.evidence import (
    ActionEvidence,
    AnswerEvidence,
    Evidence,
    EvidenceFile,
    EvidenceTag,
    MeasurementEvidence,
)
from db.models.figures import (
    ReleaseBodyAnswer,
    ReleaseChange,
    ReleaseGap,
    ReleaseResponse,
    ReleaseScore,
    ReleaseShare,
)
from db.models.grants import AwardedGrant, RegisterEntry
from db.models.imports import FileImport, ImportedChange, ImportFinding
from db.models.indicators import (
    DefinitionSheet,
    ExpectedValue,
    Indicator,
    IndicatorBreak,
    IndicatorCommitment,
    IndicatorStory,
    Target,
)
from db.models.jobs import Job, StoreFact
from db.models.mail import Mail
from db.models.measurements import Commentary, Measurement, ReplacedMeasurement
from db.models.organisations import Champion, Organisation, OrganisationMerge, Signatory, Ward
from db.models.periods import (
    AskedCommitment,
    EarlyAccess,
    Invitation,
    InvitationLink,
    LinkRequest,
    Period,
    PeriodChange,
    PeriodText,
)
from db.models.promises import ReleasePromise, YouSaid
from db.models.releases import (
    Release,
    ReleaseAnswer,
    ReleaseEarlyAccess,
    ReleaseInput,
    ReleaseRecord,
    ReleaseText,
)
from db.models.reports import Deck, DeckSlide, ReleasePack, SlideTemplate
from db.models.reviews import Assistance, DraftingPart, ReturnedAnswer, Review
from db.models.self_assessments import Answer, SelfAssessment

__all__ = [
    "Account",
    "AccountGrant",
    "AccountSession",
    "Action",
    "ActionEvidence",
    "ActionOwner",
    "ActionSource",
    "Adoption",
    "Answer",
    "AnswerEvidence",
    "AskedCommitment",
    "Assistance",
    "AuditDetail",
    "AuditEntry",
    "AwardedGrant",
    "Champion",
    "Charter",
    "Commentary",
    "Commitment",
    "CommitmentVersion",
    "Concern",
    "ConcernReply",
    "ConcernStep",
    "Deck",
    "DeckSlide",
    "DefinitionSheet",
    "DirectoryIdentity",
    "DirectoryJourney",
    "DraftingPart",
    "EarlyAccess",
    "Evidence",
    "EvidenceFile",
    "EvidenceTag",
    "ExpectedValue",
    "FileImport",
    "ImportFinding",
    "ImportedChange",
    "Indicator",
    "IndicatorBreak",
    "IndicatorCommitment",
    "IndicatorStory",
    "Invitation",
    "InvitationLink",
    "Job",
    "Level",
    "LinkRequest",
    "Mail",
    "Measurement",
    "MeasurementEvidence",
    "Milestone",
    "Organisation",
    "OrganisationMerge",
    "PasswordLink",
    "Period",
    "PeriodChange",
    "PeriodText",
    "Recommendation",
    "RegisterEntry",
    "Release",
    "ReleaseAnswer",
    "ReleaseBodyAnswer",
    "ReleaseChange",
    "ReleaseEarlyAccess",
    "ReleaseGap",
    "ReleaseInput",
    "ReleasePack",
    "ReleasePromise",
    "ReleaseRecord",
    "ReleaseResponse",
    "ReleaseScore",
    "ReleaseShare",
    "ReleaseText",
    "ReplacedAction",
    "ReplacedMeasurement",
    "ReturnedAnswer",
    "Review",
    "SelfAssessment",
    "SignInAttempt",
    "SignInTicket",
    "Signatory",
    "SlideTemplate",
    "Statement",
    "StoreFact",
    "Strand",
    "Target",
    "Theme",
    "Ward",
    "YouSaid",
]
