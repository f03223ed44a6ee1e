"""The proofs of what `notice` itself enforces: who speaks, how information comes, what may be held, and on what ground."""

from wenlock.notice.proof.registry import REGISTRY
from wenlock.notice.proofs import coming_in, grounds, information, who

REGISTRY.add(*who.WHO, *coming_in.CHANNELS, *information.INFORMATION, *grounds.USE)
