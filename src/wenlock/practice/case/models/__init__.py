"""What every service shares: who works with whom, what they wrote, and the papers."""

from wenlock.practice.case.models.allocation import Allocation
from wenlock.practice.case.models.document import Document, DocumentSubject, DocumentVersion
from wenlock.practice.case.models.note import Note, NoteSubject

__all__ = ["Allocation", "Document", "DocumentSubject", "DocumentVersion", "Note", "NoteSubject"]
