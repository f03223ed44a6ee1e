"""A file's name as it was offered, made safe to show, to keep and to give back."""

import re
import unicodedata

LONGEST = 150  # characters; the column takes 255, and a disk 255 bytes
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def safe_name(offered: str, *, ending: str) -> str:
    """The last part of an offered name, with nothing in it that a disk, a page or an eye could be misled by.

    `ending` is what a name without one is given; a name with nothing left in it becomes `document`.
    """
    last = unicodedata.normalize("NFC", offered).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(" " if mark.isspace() else mark for mark in last if _plain(mark))
    name = re.sub(r" {2,}", " ", _FORBIDDEN.sub("-", shown)).strip(" .")
    if _DEVICE.fullmatch(name):
        name = f"document-{name}"
    own = ending_of(name)
    stem = name.removesuffix(f".{name.rpartition('.')[2]}") if own else name
    own = own or ending
    return f"{stem.rstrip(' .')[: LONGEST - len(own) - 1] or 'document'}.{own}"


def ending_of(name: str) -> str:
    """What follows the last full stop of a name, in small letters; "" for none that could be an ending."""
    stem, dot, ending = name.strip(" .").rpartition(".")
    return ending.lower() if dot and stem and re.fullmatch(r"[A-Za-z0-9-]{1,20}", ending) else ""


def _plain(mark: str) -> bool:
    """Not a control, nor one of the marks that turn writing round or cannot be seen."""
    return mark.isspace() or not unicodedata.category(mark).startswith("C")
