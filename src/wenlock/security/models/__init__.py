"""Actors, what opens a record to them, what closes it, and the trail they leave."""

from wenlock.security.models.actor import Actor, ActorManager
from wenlock.security.models.closing import CONFLICT_KINDS, Conflict, Restriction, RestrictionName
from wenlock.security.models.opening import EmergencyAccess, Grant
from wenlock.security.models.trail import AuditEvent, Seal

__all__ = [
    "CONFLICT_KINDS",
    "Actor",
    "ActorManager",
    "AuditEvent",
    "Conflict",
    "EmergencyAccess",
    "Grant",
    "Restriction",
    "RestrictionName",
    "Seal",
]
