"""What a file is, by its content; and what is refused, each with its reason."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from document_examples import (
    GIF,
    PDF,
    RTF,
    TEXT,
    WAV,
    box,
    bundle,
    compound,
    email,
    film,
    heic,
    jpeg,
    mp3,
    office,
    open_document,
    outlook,
    png,
    tiff,
    webp,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from wenlock.files.sniffing import FORMATS, MOST, Refused, bundles, recognise, safe_name
from wenlock.files.sniffing.formats import TRIAL_VIRUS
from wenlock.files.sniffing.refusals import SENTENCES

KEPT = {
    "pdf": ("report.pdf", PDF),
    "jpeg": ("mia.JPG", jpeg()),
    "png": ("house.png", png()),
    "gif": ("house.gif", GIF),
    "tiff": ("scan.tif", tiff((40, 30), (40, 30))),
    "webp": ("house.webp", webp()),
    "heic": ("IMG_0001.HEIC", heic()),
    "docx": ("letter.docx", office()),
    "xlsx": ("list.xlsx", office("xl/workbook.xml")),
    "pptx": ("talk.pptx", office("ppt/presentation.xml")),
    "odt": ("letter.odt", open_document()),
    "ods": ("list.ods", open_document("spreadsheet")),
    "rtf": ("letter.rtf", RTF),
    "txt": ("notes.txt", TEXT),
    "csv": ("list.csv", b"name,born\nMia,2015\n"),
    "eml": ("school.eml", email()),
    "msg": ("school.msg", outlook()),
    "mp3": ("talk.mp3", mp3(said_first=b"TIT2 a talk with Mia")),
    "m4a": ("talk.m4a", film(b"soun", brand=b"M4A ")),
    "wav": ("talk.wav", WAV),
    "mp4": ("play.mp4", film(b"soun", b"vide")),
    "mov": ("play.mov", film(b"vide", brand=b"qt  ")),
}
TYPES_WITH_MACROS = (
    b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)


def refused(content: bytes, name: str = "") -> str:
    """The code by which a file is refused."""
    with pytest.raises(Refused) as caught:
        recognise(io.BytesIO(content), offered=name)
    assert caught.value.advice
    assert caught.value.advice == str(caught.value)
    return caught.value.code


def kind(content: bytes, name: str = "") -> str:
    return recognise(io.BytesIO(content), offered=name).format.code


@pytest.mark.parametrize("code", KEPT)
def test_each_kind_that_is_kept_is_known_by_its_content(code: str) -> None:
    name, content = KEPT[code]
    found = recognise(io.BytesIO(content), offered=name)
    assert (found.format.code, found.size) == (code, len(content))
    assert found.file_name == name.replace("JPG", "jpg").replace("HEIC", "heic")
    assert kind(content) == ("txt" if code == "csv" else code)


def test_every_kind_declared_has_an_example_here() -> None:
    assert set(KEPT) == set(FORMATS)


def test_the_stream_is_left_at_its_beginning() -> None:
    stream = io.BytesIO(PDF)
    recognise(stream, offered="report.pdf")
    assert stream.tell() == 0


def test_a_recording_in_a_film_s_box_is_a_recording() -> None:
    assert kind(film(b"soun"), "talk.m4a") == "m4a"
    assert kind(film(b"soun"), "talk.mp4") == "m4a"


def test_an_mp3_without_words_first_is_known_by_its_frames() -> None:
    assert kind(mp3(), "talk.mp3") == "mp3"


def test_an_e_mail_may_be_kept_as_plain_text() -> None:
    assert kind(email(html=False), "school.txt") == "txt"


def test_a_note_may_begin_with_the_letters_of_a_program() -> None:
    assert kind(b"MZ was seen at home on Monday.\n", "note.txt") == "txt"


@pytest.mark.parametrize(
    "content, code",
    [
        (b"MZ\x90\0\x03\0\0\0", "program"),
        (b"\x7fELF\x02\x01\x01\0", "program"),
        (b"\xcf\xfa\xed\xfe\x07\0\0\x01", "program"),
        (b"L\0\0\0\x01\x14\x02\0", "program"),
        (b"%!PS-Adobe-3.0\n", "program"),
        (b"#!/bin/sh\nrm -rf /\n", "script"),
        (b"  @ECHO OFF\r\ndel *.*\r\n", "script"),
        (b"<!DOCTYPE html><html><script>alert(1)</script>", "web-page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><svg onload="x()"/>', "web-page"),
        (b"Dear all\n<SCRIPT>alert(1)</SCRIPT>\n", "web-page"),
        (b"Rar!\x1a\x07\x01\0", "archive"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "archive"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "archive"),
        (bytes(257) + b"ustar\x0000", "archive"),
        (bytes(0x8001) + b"CD001", "archive"),
        (bundle({"a.txt": b"hello"}), "archive"),
        (b"{\\rtf1{\\object\\objemb{\\*\\objdata 0105}}}", "embedded"),
        ("Zoë saw the house".encode("utf-16"), "text-not-utf-8"),
        ("Zoë saw the house".encode("cp1252"), "text-not-utf-8"),
        (b"\x00\x01\x02\x03", "unknown"),
        (b"a note\n" * 2000 + b"\0", "unknown"),
        (b"", "empty"),
        (b"%PDF-1.7 cut sho", "damaged"),
        (png()[:20], "damaged"),
        (b"\xff\xd8\xff", "damaged"),
        (b"\xff\xd8" + b"\xff" * 30_000, "damaged"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "damaged"),
        (box(b"ftyp", b"avif", bytes(4), b"avif"), "unknown"),
        (struct.pack(">I", 9999) + b"ftypisom", "damaged"),
    ],
)
def test_what_is_not_kept_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert refused(content) == code


class Long(io.BytesIO):
    """A file that says it is longer than it is."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return MOST + 1 if whence == 2 else super().seek(offset, whence)


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(Refused) as caught:
        recognise(Long(PDF), offered="report.pdf")
    assert caught.value.code == "too-big"


@pytest.mark.parametrize("before", [0, 1, (1 << 20) - 30])
def test_the_trial_virus_is_found_wherever_it_stands(before: int) -> None:
    assert refused(b"a" * before + TRIAL_VIRUS + b" and on\n", "note.txt") == "virus"


@pytest.mark.parametrize(
    "name, content",
    [("report.pdf", png()), ("photo.png", jpeg()), ("note.txt", PDF), ("talk.mp3", WAV), ("run.exe", PDF),
     ("a.doc", office()),
     ("notes.bat", TEXT), ("macro.docm", office()), ("note.eml", TEXT)],
)  # fmt: skip
def test_a_name_that_says_another_kind_is_refused(name: str, content: bytes) -> None:
    assert refused(content, name) == "another-kind"


def test_the_sentence_says_what_the_content_is() -> None:
    with pytest.raises(Refused, match=r"ends in \.pdf, but its content is a PNG picture"):
        recognise(io.BytesIO(png()), offered="report.pdf")


def test_a_name_without_an_ending_is_given_one() -> None:
    assert recognise(io.BytesIO(PDF), offered="report").file_name == "report.pdf"


@pytest.mark.parametrize(
    "content",
    [
        office(word__vbaProject_dot_bin=b"macros"),
        office("xl/workbook.xml", xl__macrosheets__sheet1_dot_xml=b"<x/>"),
        bundle({"[Content_Types].xml": TYPES_WITH_MACROS, "word/document.xml": b"<x/>"}),
        open_document(Basic__script=b"Sub Main"),
        compound({"WordDocument": b"x", "_VBA_PROJECT": b"macros"}),
        outlook(VBA=b"macros"),
    ],
)  # fmt: skip
def test_macros_are_refused(content: bytes) -> None:
    assert refused(content) == "macros"


def test_office_documents_with_other_files_inside_are_refused() -> None:
    assert refused(office(word__embeddings__oleObject1_dot_bin=b"x")) == "embedded"
    assert refused(office(word__embeddings__run_dot_exe=b"x")) == "embedded"
    assert kind(office(word__embeddings__sheet_dot_xlsx=b"x")) == "docx"


def test_documents_of_old_office_and_locked_ones_are_refused_with_what_to_do() -> None:
    assert refused(compound({"WordDocument": b"x"})) == "old-office"
    assert refused(compound({"EncryptedPackage": b"x"})) == "password"
    assert refused(compound({"Something": b"x"})) == "unknown"


def test_a_document_of_two_kinds_of_office_is_refused() -> None:
    assert refused(office(xl__workbook_dot_xml=b"<x/>")) == "two-in-one"


@pytest.mark.parametrize("content", [PDF, png(), jpeg(), GIF, mp3(), email(), heic()])
def test_a_file_that_is_a_zip_as_well_is_refused(content: bytes) -> None:
    hidden = io.BytesIO(content)
    with zipfile.ZipFile(hidden, "a") as made:
        made.writestr("run.js", "alert(1)")
    assert refused(hidden.getvalue()) == "two-in-one"


def test_a_zip_with_something_before_or_within_it_is_refused() -> None:
    whole = office()
    assert refused(b"PK\x03\x04 junk" + whole) == "two-in-one"
    assert refused(whole[:-22] + b"junk" + whole[-22:]) == "two-in-one"


def test_a_picture_that_is_a_pdf_as_well_is_refused() -> None:
    assert refused(GIF + PDF) == "two-in-one"
    assert refused(b"See below\n" + PDF, "note.txt") == "two-in-one"


def test_bytes_that_only_look_like_the_end_of_a_zip_do_no_harm() -> None:
    assert kind(PDF.replace(b"trailer", b"PK\x05\x06" + bytes(18) + b"\ntrailer"), "report.pdf") == "pdf"


def test_a_bomb_is_refused_by_its_growth() -> None:
    assert refused(office(word__media__a_dot_xml=bytes(9 * 1024 * 1024))) == "bomb"


def test_what_is_small_may_shrink_as_it_likes() -> None:
    assert kind(office(word__media__a_dot_xml=bytes(1024 * 1024))) == "docx"


def test_a_bomb_is_refused_by_its_whole_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "MOST_INSIDE", 3000)
    assert refused(office(word__a_dot_xml=bytes(2000), word__b_dot_xml=bytes(2000))) == "bomb"


def test_a_bomb_of_many_names_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "MOST_ENTRIES", 3)
    assert refused(office(word__a_dot_xml=b"", word__b_dot_xml=b"")) == "bomb"


def test_a_bomb_whose_names_share_their_bytes_is_refused() -> None:
    inner = zipfile.ZipInfo("word/inner.xml")
    alone = stored(inner, b"again and again")
    whole = bytearray(office_of((zipfile.ZipInfo("word/outer.xml"), alone), (inner, b"again and again")))
    assert kind(bytes(whole)) == "docx"
    listed = whole.rindex(b"PK\x01\x02")
    whole[listed + 42 : listed + 46] = struct.pack(
        "<I", whole.index(alone)
    )  # the outer's bytes hold the inner's
    assert refused(bytes(whole)) == "bomb"


def office_of(*parts: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", b"<Types/>")
        made.writestr("word/document.xml", b"<main/>")
        for name, content in parts:
            made.writestr(name, content)
    return out.getvalue()


def stored(name: zipfile.ZipInfo, content: bytes) -> bytes:
    """A file as it lies in a zip, with its own head before it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, content)
    return out.getvalue()[: out.getvalue().index(b"PK\x01\x02")]


def test_a_zip_that_says_two_sizes_is_refused() -> None:
    whole = bytearray(office())
    whole[whole.index(b"PK\x01\x02") + 24] ^= 1
    assert refused(bytes(whole)) == "bomb"


def test_a_zip_whose_list_names_other_files_is_refused() -> None:
    whole = office()
    assert refused(whole.replace(b"word/document.xml", b"word/document.xmi", 1)) == "two-in-one"


def test_a_name_twice_in_a_zip_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("[Content_Types].xml", b"<Types/>")
        made.writestr("word/document.xml", b"<one/>")
        made.writestr("word/document.xml", b"<two/>")
    assert refused(out.getvalue()) == "two-in-one"


@pytest.mark.parametrize(
    "path", ["../evil.xml", "word/../../evil.xml", "/etc/passwd", "c:/evil.xml", "..\\evil.xml"]
)
def test_a_path_that_leads_out_of_a_zip_is_refused(path: str) -> None:
    assert (
        refused(bundle({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"", path: b"x"}))
        == "two-in-one"
    )


def test_a_locked_zip_is_refused() -> None:
    whole = bytearray(office())
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(whole)) == "password"


@pytest.mark.parametrize(
    "flood",
    [png(20_000, 20_000), jpeg(60_000, 60_000), GIF[:6] + b"\xff\xff\xff\xff" + GIF[10:],
     tiff((40, 30), (100_000, 100_000)), tiff((99_999, 99_999), order=">"), webp(16_000_000, 16_000_000),
     heic(90_000, 90_000)],
)  # fmt: skip
def test_a_flood_of_pixels_is_refused_by_the_head_alone(flood: bytes) -> None:
    assert refused(flood) == "too-many-pixels"


def test_a_scan_of_endless_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    turning = bytearray(tiff((40, 30), (40, 30)))
    turning[-4:] = struct.pack("<I", 8)
    assert refused(bytes(turning)) == "damaged"
    monkeypatch.setattr("wenlock.files.sniffing.pictures.MOST_PAGES", 3)
    assert refused(tiff(*[(40, 30)] * 4)) == "too-many-pages"


def test_a_picture_without_a_size_is_refused() -> None:
    assert refused(png(0, 30)) == "damaged"
    assert refused(heic(0, 0)) == "damaged"


def test_an_e_mail_may_carry_what_is_kept() -> None:
    assert (
        kind(email(("report.pdf", PDF), ("image001.png", jpeg()), ("list.csv", b"a,b\n")), "school.eml")
        == "eml"
    )
    assert kind(email(("before.eml", email(("report.pdf", PDF)))), "school.eml") == "eml"


@pytest.mark.parametrize(
    "name, content",
    [("run.exe", b"MZ\0\0"), ("letter.docx", office(word__vbaProject_dot_bin=b"x")),
     ("all.zip", bundle({"a": b"b"})),
     ("note.js", b"alert(1)"), ("page.html", b"<html></html>")],
)  # fmt: skip
def test_an_e_mail_that_carries_what_is_not_kept_is_refused(name: str, content: bytes) -> None:
    assert refused(email((name, content)), "school.eml") == "attachment"
    attached = {"__substg1.0_37010102": content, "__substg1.0_3707001F": name.encode("utf-16-le")}
    assert refused(outlook(**attached), "school.msg") == "attachment"


def test_the_trial_virus_is_found_in_an_e_mail() -> None:
    assert refused(email(("x.txt", TRIAL_VIRUS)), "school.eml") == "attachment"
    assert refused(outlook(**{"__substg1.0_37010102": TRIAL_VIRUS}), "school.msg") == "virus"


def test_a_word_document_in_an_e_mail_of_outlook_is_no_second_kind() -> None:
    assert kind(outlook(**{"__substg1.0_37010102": office()}), "school.msg") == "msg"


def test_a_large_attachment_of_outlook_is_looked_at_too() -> None:
    assert refused(outlook(**{"__substg1.0_37010102": b"MZ\0" + bytes(6000)})) == "attachment"
    assert (
        kind(outlook(**{"__substg1.0_37010102": PDF.replace(b"trailer", b"%" * 6000 + b"\ntrailer")}))
        == "msg"
    )


def test_the_refusal_of_an_attachment_says_what_was_wrong() -> None:
    with pytest.raises(
        Refused, match=r"The e-mail carries something that cannot be kept\. The file has macros"
    ):
        recognise(
            io.BytesIO(email(("x.eml", email(("a.docx", office(word__vbaProject_dot_bin=b"x")))))), offered=""
        )


def test_the_signature_of_a_signed_e_mail_does_no_harm() -> None:
    signature = b"\x30\x80" + bytes.fromhex("06092a864886f70d010702") + bytes(500)
    assert kind(email(("smime.p7s", signature)), "school.eml") == "eml"


def test_e_mails_within_e_mails_are_followed_only_so_far() -> None:
    inner = email(("report.pdf", PDF))
    for _ in range(3):
        inner = email(("inner.eml", inner))
    with pytest.raises(Refused, match="too deep"):
        recognise(io.BytesIO(inner), offered="school.eml")


def test_an_e_mail_too_large_to_take_apart_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wenlock.files.sniffing.mail.MOST_OF_AN_EMAIL", 500)
    assert refused(email(), "school.eml") == "email-too-big"
    assert refused(outlook(), "school.msg") == "email-too-big"


def test_a_compound_file_that_turns_back_on_itself_is_refused() -> None:
    looping = bytearray(outlook(**{"__substg1.0_37010102": bytes(6000)}))
    table = 512 * (1 + struct.unpack("<I", looping[76:80])[0])
    looping[table : table + 4] = struct.pack("<I", 0)
    assert refused(bytes(looping)) == "damaged"


@pytest.mark.parametrize(
    "offered, safe",
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Amara\\report.pdf", "report.pdf"),
        ("a/b\\..\\report.PDF", "report.pdf"),
        ("re\x00port\n of\u202efdp.exe", "report offdp.exe"),
        ("  .hidden.pdf. ", "hidden.pdf"),
        ('what<>:"|?*.pdf', "what-------.pdf"),
        ("CON.pdf", "document-CON.pdf"),
        ("", "document.pdf"),
        ("....", "document.pdf"),
        (".pdf", "pdf.pdf"),
        ("Zoë’s drawing.pdf", "Zoë’s drawing.pdf"),
        ("a" * 400 + ".pdf", "a" * 146 + ".pdf"),
        ("2.3.2026 letter", "2.3.2026 letter.pdf"),
    ],
)
def test_a_name_is_made_safe(offered: str, safe: str) -> None:
    assert safe_name(offered, ending="pdf") == safe


@given(st.text(max_size=300))
def test_no_name_leads_anywhere_else(offered: str) -> None:
    name = safe_name(offered, ending="pdf")
    assert name == safe_name(name, ending="pdf")
    assert not set(name) & set('/\\<>:"|?*\0\r\n')
    assert name not in ("", ".", "..")
    assert 0 < len(name) <= 150
    assert "." in name


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(KEPT)),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_a_file_spoilt_anywhere_is_kept_or_refused_and_nothing_else(
    code: str, spoils: list[tuple[int, int]]
) -> None:
    content = bytearray(KEPT[code][1])
    for at, value in spoils:
        content[at % len(content)] = value
    try:
        recognise(io.BytesIO(bytes(content)), offered="")
    except Refused as refusal:
        assert refusal.code in SENTENCES


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(KEPT)), st.integers(0, 6000))
def test_a_file_cut_short_anywhere_is_kept_or_refused_and_nothing_else(code: str, length: int) -> None:
    content = KEPT[code][1]
    try:
        recognise(io.BytesIO(content[: length % len(content)]), offered="")
    except Refused as refusal:
        assert refusal.code in SENTENCES
