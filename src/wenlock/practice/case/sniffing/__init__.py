"""What a file is, told from its content; what a children's service keeps, and what it refuses and why."""

from wenlock.practice.case.sniffing.formats import FORMATS, MOST, Format
from wenlock.practice.case.sniffing.names import safe_name
from wenlock.practice.case.sniffing.recognising import Recognised, recognise
from wenlock.practice.case.sniffing.refusals import Refused

__all__ = ["FORMATS", "MOST", "Format", "Recognised", "Refused", "recognise", "safe_name"]
