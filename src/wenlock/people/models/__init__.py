"""Persons, and what is held of who they are."""

from wenlock.people.models.characteristics import CommunicationNeed, Disability, Ethnicity, Language, Warning
from wenlock.people.models.correction import Correction, MatchProposal
from wenlock.people.models.family import Relationship
from wenlock.people.models.findable import Findable
from wenlock.people.models.genogram import Genogram, GenogramMember, GenogramTie
from wenlock.people.models.merge import Merge, MergeMove, MergeUndo
from wenlock.people.models.person import Identifier, IdentifierAbsence, Name, Person
from wenlock.people.models.saved import SavedSearch
from wenlock.people.models.whereabouts import Address, AddressReveal, ContactPoint, Residence

__all__ = [
    "Address",
    "AddressReveal",
    "CommunicationNeed",
    "ContactPoint",
    "Correction",
    "Disability",
    "Ethnicity",
    "Findable",
    "Genogram",
    "GenogramMember",
    "GenogramTie",
    "Identifier",
    "IdentifierAbsence",
    "Language",
    "MatchProposal",
    "Merge",
    "MergeMove",
    "MergeUndo",
    "Name",
    "Person",
    "Relationship",
    "Residence",
    "SavedSearch",
    "Warning",
]
