"""Names as they are compared: capitals, without accents or apostrophes. The database's `guard.folded_v1` does the same."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        **dict(zip("ŁłØøĐđÐðıĦħŦŧ", "LLOODDDDIHHTT", strict=True)),
        "ß": "SS",
        "Æ": "AE",
        "æ": "AE",
        "Œ": "OE",
        "œ": "OE",
        "Þ": "TH",
        "þ": "TH",
        "´": "",
        "`": "",
    }
)
_MARKS = re.compile("[\u0300-\u036f'’‘ʼʹ`´.\"]")
_BREAKS = re.compile(r"[-‐‑‒–—_/,;()\s]+")


def folded(written: str) -> str:
    """The name in capitals without marks, one space where there was a space, a hyphen or a stroke: ONEIL STONE."""
    plain = unicodedata.normalize("NFKD", written.translate(_LETTERS)).upper()
    return _BREAKS.sub(" ", _MARKS.sub("", plain)).strip()
