"""The tables, a file per subject. Importing this package registers all of them."""

from db.models.accounts import (
    Account,
    AccountGrant,
    AccountSession,
    PasswordLink,
    SignInAttempt,
    SignInTicket,
)
from db.models.audit import AuditDetail, AuditEntry
from db.models.charters import Charter, Level, Milestone, Statement, Strand, Theme
from db.models.commitments import Adoption, Commitment, CommitmentVersion
from db.models.figures import (
    ReleaseBodyAnswer,
    ReleaseChange,
    ReleaseGap,
    ReleaseResponse,
    ReleaseScore,
    ReleaseShare,
)
from db.models.jobs import Job, StoreFact
from db.models.mail import Mail
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
from db.models.promises import Action, ReleasePromise, YouSaid
from db.models.releases import Release, ReleaseAnswer, ReleaseEarlyAccess, ReleaseInput, ReleaseText
from db.models.reviews import AnswerEvidence, Assistance, DraftingPart, Evidence, ReturnedAnswer, Review
from db.models.self_assessments import Answer, SelfAssessment

__all__ = [
    "Account",
    "AccountGrant",
    "AccountSession",
    "Action",
    "Adoption",
    "Answer",
    "AnswerEvidence",
    "AskedCommitment",
    "Assistance",
    "AuditDetail",
    "AuditEntry",
    "Champion",
    "Charter",
    "Commitment",
    "CommitmentVersion",
    "DraftingPart",
    "EarlyAccess",
    "Evidence",
    "Invitation",
    "InvitationLink",
    "Job",
    "Level",
    "LinkRequest",
    "Mail",
    "Milestone",
    "Organisation",
    "OrganisationMerge",
    "PasswordLink",
    "Period",
    "PeriodChange",
    "PeriodText",
    "Release",
    "ReleaseAnswer",
    "ReleaseBodyAnswer",
    "ReleaseChange",
    "ReleaseEarlyAccess",
    "ReleaseGap",
    "ReleaseInput",
    "ReleasePromise",
    "ReleaseResponse",
    "ReleaseScore",
    "ReleaseShare",
    "ReleaseText",
    "ReturnedAnswer",
    "Review",
    "SelfAssessment",
    "SignInAttempt",
    "SignInTicket",
    "Signatory",
    "Statement",
    "StoreFact",
    "Strand",
    "Theme",
    "Ward",
    "YouSaid",
]
