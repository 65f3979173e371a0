"""What the screen says for the words of evidence."""

from collections.abc import Mapping
from types import MappingProxyType

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
        Characteristic.SOCIO_ECONOMIC_STATUS: "Money, work and class",
        Characteristic.NAMED_GROUP: "Another group, by its name",
    }
)
