"""The compiled notice, and the provenance every record names."""

from wenlock.notice.models.policy import (
    Category,
    Channel,
    Condition,
    Contact,
    Cookie,
    Ground,
    OnlineConsentAge,
    Purpose,
    PurposeGround,
    Recipient,
    Right,
    SharingRule,
    Source,
    Statement,
    Version,
)
from wenlock.notice.models.provenance import Provenance

__all__ = [
    "Category",
    "Channel",
    "Condition",
    "Contact",
    "Cookie",
    "Ground",
    "OnlineConsentAge",
    "Provenance",
    "Purpose",
    "PurposeGround",
    "Recipient",
    "Right",
    "SharingRule",
    "Source",
    "Statement",
    "Version",
]
