"""Who counts, how poor is the household, and what does its file still need?"""

from relief.domain.household.codes import Category, Cause, FileTier, Heating, Relation, label_of
from relief.domain.household.completeness import FileFacts, FileGate, missing_for
from relief.domain.household.means import Assessment, Comparison, Means, Standard, assess_category
from relief.domain.household.members import Membership, judge_members, members_on
from relief.domain.household.reading import (
    read_category,
    read_cause,
    read_heating,
    read_relation,
    read_tier,
)

__all__ = [
    "Assessment",
    "Category",
    "Cause",
    "Comparison",
    "FileFacts",
    "FileGate",
    "FileTier",
    "Heating",
    "Means",
    "Membership",
    "Relation",
    "Standard",
    "assess_category",
    "judge_members",
    "label_of",
    "members_on",
    "missing_for",
    "read_category",
    "read_cause",
    "read_heating",
    "read_relation",
    "read_tier",
]
