"""How a form's fields are to look, said beside the fields and away from what they mean.

A form carries `looks`, a mapping of field names to `Look`, and may carry `sections`, which group its fields
under headings. Fields without a look get the house's ordinary one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How one choice among radios or checkboxes looks.

    `hint` is a line under it; `reveals` names fields of the same form shown when it is chosen; `divider` is a
    word set before it ("or"); `exclusive` makes a checkbox clear the others ("None of these").
    """

    hint: str = ""
    reveals: tuple[str, ...] = ()
    divider: str = ""
    exclusive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one field looks.

    `size` is that of the label or legend; `page_heading` makes it the page's only h1. `width` is in
    characters (2, 3, 4, 5, 10, 20, 30) or a share of the column (`one-half`, `two-thirds`). `rows` is the
    height of a text area. `inline` sets radios in a row, `small` makes radios and checkboxes smaller for
    dense screens. `label_hidden` leaves the label to screen readers only.
    """

    size: Literal["", "s", "m", "l", "xl"] = ""
    page_heading: bool = False
    label_hidden: bool = False
    width: int | str = ""
    prefix: str = ""
    suffix: str = ""
    rows: int = 5
    inline: bool = False
    small: bool = False
    choices: Mapping[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the fields beneath it, and a note above them.

    `together` makes a fieldset of it, for questions that another section asks again, such as those about each person.
    `folded` shows its title alone until it is opened, or until the form has been sent.
    """

    title: str
    fields: tuple[str, ...]
    note: str = ""
    together: bool = False
    folded: bool = False


ORDINARY = Look()


def width_class(width: int | str) -> str:
    """The class that makes an input as wide as asked; nothing for nothing."""
    if not width:
        return ""
    return f"govuk-input--width-{width}" if isinstance(width, int) else f"govuk-!-width-{width}"
