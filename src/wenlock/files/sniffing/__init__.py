"""What a file is, told from its content; what a children's service keeps, and what it refuses and why."""

from wenlock.files.sniffing.formats import FORMATS, MOST, Format
from wenlock.files.sniffing.names import safe_name
from wenlock.files.sniffing.recognising import Recognised, recognise
from wenlock.files.sniffing.refusals import Refused

__all__ = ["FORMATS", "MOST", "Format", "Recognised", "Refused", "recognise", "safe_name"]
