"""What is wrong with a number that names a person, in plain words, or None when nothing is.

Each function judges the form in which the number is stored: capitals, without spaces or hyphens. Pass what a
person typed through `compact` first. A number that passes is well formed; whether it is this person's is
another question.
"""

import re

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # 23 letters, their values 0 to 22: I, O and S are left out
_UPN_SHAPE = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
_TEN_DIGITS = re.compile(r"[0-9]{10}")
_NINO_SHAPE = re.compile(r"[A-Z]{2}[0-9]{6}[A-Z]")
_NINO_UNUSED_LETTERS = frozenset("DFIQUV")
_NINO_UNUSED_PREFIXES = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
_NINO_OFFICE_PREFIXES = frozenset({"CR", "FY", "MW", "NC", "PP", "PY", "PZ"})
_HOME_OFFICE_SHAPE = re.compile(r"[A-Z][0-9]{7}(/[0-9]{1,2})?")


def compact(typed: str) -> str:
    """The stored form of what a person typed: capitals, and no spaces or hyphens."""
    return re.sub(r"[\s-]", "", typed).upper()


def wrong_with_nhs_number(number: str) -> str | None:
    """Say what is wrong with a ten-digit NHS number.

    Ten of one digit pass the arithmetic, yet are only ever typed to fill a box, so they are turned away.
    Source: NHS Data Model and Dictionary, NHS NUMBER: modulus 11 over weights 10 to 2.
    """
    if not _TEN_DIGITS.fullmatch(number):
        return "An NHS number is ten digits."
    if len(set(number)) == 1:
        return "An NHS number is never one digit repeated."
    check = (11 - _weighted(number[:9]) % 11) % 11
    if check != int(number[9]):
        return "The last digit does not agree with the other nine. Check each digit of the NHS number."
    return None


def wrong_with_upn(number: str) -> str | None:
    """Say what is wrong with a unique pupil number: permanent (ends in a digit) or temporary (in a letter).

    The authority's number inside it is not looked up, because the list changes from year to year.
    Source: Government Data Standards Catalogue, Unique Pupil Number 2.0; CIN rules 1510, 1540 and 1550.
    """
    if fault := wrong_with_former_upn(number):
        return fault
    if upn_check_letter(number[1:]) != number[0]:
        return "The first letter does not agree with the rest. Check each character of the pupil number."
    return None


def wrong_with_former_upn(number: str) -> str | None:
    """Say what is wrong with the shape of a pupil number a child used to have.

    The check letter is not tested: a former number may have been replaced because it was wrong.
    Source: CIN census rule 1560Q, and the shape of a UPN.
    """
    if not _UPN_SHAPE.fullmatch(number):
        return "A pupil number is a letter and twelve digits. The last digit may be a letter instead."
    if number[0] not in _UPN_LETTERS or (number[12].isalpha() and number[12] not in _UPN_LETTERS):
        return "A pupil number never uses the letters I, O or S."
    return None


def upn_check_letter(rest: str) -> str:
    """The check letter for characters 2 to 13 of a well-formed pupil number.

    A temporary number's last letter counts as its place in the 23 letters, from 0.
    Source: Government Data Standards Catalogue, Unique Pupil Number 2.0, validations 1 to 6.
    """
    values = [_UPN_LETTERS.index(mark) if mark.isalpha() else int(mark) for mark in rest]
    return _UPN_LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % 23]


def wrong_with_uln(number: str) -> str | None:
    """Say what is wrong with a ten-digit unique learner number.

    Source: HESA, Unique Learner Number: the first digit is not 0, and the sum over weights 10 to 1 leaves 10
    when divided by 11, so that no learner number is also an NHS number.
    """
    if not _TEN_DIGITS.fullmatch(number):
        return "A learner number is ten digits."
    if number[0] == "0":
        return "A learner number never begins with 0."
    if _weighted(number) % 11 != 10:
        return "The last digit does not agree with the other nine. Check each digit of the learner number."
    return None


def wrong_with_national_insurance_number(number: str) -> str | None:
    """Say what is wrong with the shape of a National Insurance number. It has no check digit.

    Source: HMRC National Insurance Manual NIM39110 (prefixes never used, prefixes kept for office use, last
    letter A to D). That PP, PY and PZ are for office use is knowledge not yet checked there. Mark: K.
    """
    if not _NINO_SHAPE.fullmatch(number):
        return "A National Insurance number is two letters, six digits and a letter."
    prefix = number[:2]
    if _NINO_UNUSED_LETTERS & set(prefix) or prefix[1] == "O" or prefix in _NINO_UNUSED_PREFIXES:
        return f"No National Insurance number begins {prefix}."
    if prefix in _NINO_OFFICE_PREFIXES:
        return f"Numbers beginning {prefix} are used inside government offices. Ask for the real number."
    if number[8] not in "ABCD":
        return "A National Insurance number ends in A, B, C or D."
    return None


def wrong_with_home_office_reference(number: str) -> str | None:
    """Say what is wrong with the shape of a Home Office reference: a letter and seven digits.

    A family member may have the same reference with a stroke and a number after it (A1234567/2).
    Source: common usage on Home Office letters; no published specification was found. Mark: K.
    """
    if not _HOME_OFFICE_SHAPE.fullmatch(number):
        return "A Home Office reference is a letter and seven digits, sometimes with /2 or the like after."
    return None


def _weighted(digits: str) -> int:
    """The sum of digits times weights that run down from 10."""
    return sum(weight * int(digit) for weight, digit in zip(range(10, 0, -1), digits, strict=False))
