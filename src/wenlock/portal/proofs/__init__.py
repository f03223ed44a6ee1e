"""The proofs of what the public's pages promise: what they say, what they set, and how to complain."""

from wenlock.portal.proofs import complaints, cookies
from wenlock.portal.proofs.pages import pages_that_take_in

__all__ = ["complaints", "cookies", "pages_that_take_in"]
