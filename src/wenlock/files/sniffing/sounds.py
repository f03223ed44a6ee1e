"""MP3 recordings, which have no mark but the shape of their frames."""

from typing import BinaryIO

from wenlock.files.sniffing.reading import at_most

_BITRATES = (  # thousands of bits a second of layer III: MPEG 1, then MPEG 2 and 2.5
    (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
MOST_PADDING = 4096


def is_mp3(stream: BinaryIO) -> bool:
    """Whether two frames stand one after the other at the beginning or after what is said of it first."""
    head = at_most(stream, 10, at=0)
    at = 0
    if head[:3] == b"ID3" and len(head) == 10:
        size = 0
        for seven_bits in head[6:10]:
            size = size << 7 | seven_bits & 0x7F
        at = 10 + size
        at += _zeros(at_most(stream, MOST_PADDING, at=at))
    first = _frame(at_most(stream, 4, at=at))
    return bool(first) and bool(_frame(at_most(stream, 4, at=at + first)))


def _zeros(raw: bytes) -> int:
    return len(raw) - len(raw.lstrip(b"\0"))


def _frame(head: bytes) -> int:
    """The bytes of the frame that has this head; 0 when it is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or head[1] >> 1 & 3 != 1:
        return 0
    version, rate, bits = head[1] >> 3 & 3, head[2] >> 2 & 3, head[2] >> 4
    if version == 1 or rate == 3 or bits in (0, 15):
        return 0
    first = version == 3
    kbits = _BITRATES[0 if first else 1][bits - 1]
    return (144 if first else 72) * kbits * 1000 // _RATES[version][rate] + (head[2] >> 1 & 1)
