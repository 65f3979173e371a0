"""What the screen says for the words of evidence."""

from collections.abc import Mapping
from types import MappingProxyType

from charter import clock
from charter.evidence.fields import Tags
from charter.evidence.files import MEGABYTE
from charter.evidence.reading import EvidenceFound, FileFound
from db.types import Characteristic, EvidenceKind, EvidenceSeenBy

KINDS: Mapping[EvidenceKind, str] = MappingProxyType(
    {
        EvidenceKind.REPORT: "Report",
        EvidenceKind.POLICY: "Policy",
        EvidenceKind.PLAN: "Plan",
        EvidenceKind.MINUTES: "Minutes of a meeting",
        EvidenceKind.SURVEY: "Survey",
        EvidenceKind.STATISTICS: "Figures",
        EvidenceKind.CASE_STUDY: "Case study",
        EvidenceKind.EQUALITY_IMPACT_ASSESSMENT: "Community Equality Impact Assessment",
        EvidenceKind.OTHER: "Something else",
    }
)
SEEN_BY: Mapping[EvidenceSeenBy, str] = MappingProxyType(
    {
        EvidenceSeenBy.PRIVATE: "Only the people of our organisation",
        EvidenceSeenBy.MONITORING_GROUP: "We, the monitoring group and the coordinator",
        EvidenceSeenBy.PUBLIC: "Everyone",
    }
)
SEEN_BY_NOW: Mapping[EvidenceSeenBy, str] = MappingProxyType(
    {
        EvidenceSeenBy.PRIVATE: "seen by its organisation alone",
        EvidenceSeenBy.MONITORING_GROUP: "seen by its organisation, the monitoring group and the coordinator",
        EvidenceSeenBy.PUBLIC: "seen by everyone",
    }
)
CHARACTERISTICS: Mapping[Characteristic, str] = MappingProxyType(
    {
        Characteristic.AGE: "Age",
        Characteristic.DISABILITY: "Disability",
        Characteristic.GENDER_REASSIGNMENT: "Gender reassignment",
        Characteristic.MARRIAGE_AND_CIVIL_PARTNERSHIP: "Marriage and civil partnership",
        Characteristic.PREGNANCY_AND_MATERNITY: "Pregnancy and maternity",
        Characteristic.RACE: "Race",
        Characteristic.RELIGION_OR_BELIEF: "Religion or belief",
        Characteristic.SEX: "Sex",
        Characteristic.SEXUAL_ORIENTATION: "Sexual orientation",
        Characteristic.SOCIO_ECONOMIC_STATUS: "Money and social background",
        Characteristic.NAMED_GROUP: "Another group, by its name",
    }
)
# By what stands in the media type.
_FILES = (
    ("pdf", "PDF file"),
    ("image/", "picture"),
    ("spreadsheet", "workbook"),
    ("presentation", "slides"),
    ("wordprocessing", "document"),
    ("opendocument.text", "document"),
)
_KILOBYTE = 1024


def size_words(size: int) -> str:
    """Say how large a file is: "12 KB", "1.2 MB".

    Args:
        size: in bytes.
    """
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f} MB"
    return f"{max(1, round(size / _KILOBYTE))} KB"


def file_words(file: FileFound) -> str:
    """Say what a file is and how large: "PDF file, 12 KB"."""
    kind = next(words for mark, words in _FILES if mark in file.content_type)
    return f"{kind}, {size_words(file.size)}"


def about_words(item: EvidenceFound) -> str:
    """Say what an item is, whose, and of which day if it is known: "Report · Riverbank Council · 3 March 2026"."""
    day = clock.day_in_words(item.dated_on) if item.dated_on else ""
    return " · ".join(filter(None, (KINDS[item.fields.kind], item.organisation, day)))


def tag_words(tags: Tags, promises: Mapping[str, str]) -> tuple[str, ...]:
    """Say what an item speaks of: promises, people, and groups by their names.

    Args:
        tags: what it speaks of.
        promises: the titles of promises by their references.
    """
    return (
        *(promises.get(ref, ref) for ref in sorted(tags.commitments)),
        *(words for each, words in CHARACTERISTICS.items() if each in tags.characteristics),
        *tags.groups,
    )
