"""Why an e-mail is not filed: it answers by itself, or goes in circles. Whoever is in doubt files it.

A system that reports concerns may well say that its e-mails are generated (Auto-Submitted: auto-generated), so that alone
rejects nothing. Spec: RFC 3834, section 5; RFC 3464 for a report of what could not be delivered.
"""

from wenlock.intake.mailbox.declared import Mailbox
from wenlock.intake.mailbox.reading import Letter

ANSWERS = ("auto-replied", "auto-notified")


def reason_against(letter: Letter, mailbox: Mailbox) -> str:
    """A code of `codes.REASONS`, or "" for an e-mail that is filed."""
    if letter.sender in mailbox.addresses or _been_here(letter, mailbox):
        return "loop"
    if letter.reports and _from_nobody(letter):
        return "bounce"
    if _answers_by_itself(letter):
        return "automatic"
    return "" if letter.words or letter.subject or letter.attached else "unreadable"


def _been_here(letter: Letter, mailbox: Mailbox) -> bool:
    loops = [value.lower() for name, value in letter.headers if name.lower() == "x-loop"]
    return any(address in value for value in loops for address in mailbox.addresses)


def _from_nobody(letter: Letter) -> bool:
    return letter.header("return-path") == "<>" or letter.sender.startswith(("mailer-daemon@", "postmaster@"))


def _answers_by_itself(letter: Letter) -> bool:
    said = letter.header("auto-submitted").split(";")[0].strip()
    if said.startswith(ANSWERS):
        return True
    generated = said not in ("", "no") or letter.header("precedence") == "auto_reply"
    return generated and letter.header("return-path") == "<>"
