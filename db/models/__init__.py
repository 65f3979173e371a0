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
from db.models.organisations import Organisation, Signatory, Ward
from db.models.periods import AskedCommitment, Invitation, InvitationLink, Period
from db.models.releases import Release, ReleaseAnswer, ReleaseInput
from db.models.self_assessments import Answer, SelfAssessment

__all__ = [
    "Account",
    "AccountGrant",
    "AccountSession",
    "Adoption",
    "Answer",
    "AskedCommitment",
    "AuditDetail",
    "AuditEntry",
    "Charter",
    "Commitment",
    "CommitmentVersion",
    "Invitation",
    "InvitationLink",
    "Job",
    "Level",
    "Milestone",
    "Organisation",
    "PasswordLink",
    "Period",
    "Release",
    "ReleaseAnswer",
    "ReleaseBodyAnswer",
    "ReleaseChange",
    "ReleaseGap",
    "ReleaseInput",
    "ReleaseResponse",
    "ReleaseScore",
    "ReleaseShare",
    "SelfAssessment",
    "SignInAttempt",
    "SignInTicket",
    "Signatory",
    "Statement",
    "StoreFact",
    "Strand",
    "Theme",
    "Ward",
]
