"""Which check belongs to which scheme of numbers."""

from collections.abc import Callable

from wenlock.people import checkdigits

CHECKS: dict[str, Callable[[str], str | None]] = {
    "NHS": checkdigits.wrong_with_nhs_number,
    "UPN": checkdigits.wrong_with_upn,
    "former-UPN": checkdigits.wrong_with_former_upn,
    "ULN": checkdigits.wrong_with_uln,
    "NI": checkdigits.wrong_with_national_insurance_number,
    "Home-Office": checkdigits.wrong_with_home_office_reference,
}


def fault(scheme: str, value: str) -> str | None:
    """What is wrong with a number of a scheme, in plain words; None if nothing is, or the scheme has no check."""
    check = CHECKS.get(scheme)
    return check(value) if check else None
