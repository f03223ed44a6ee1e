"""The proofs of what `sharing` enforces, in the order of the notice."""

from wenlock.sharing.proofs import recipients, returns

__all__ = ["recipients", "returns"]
