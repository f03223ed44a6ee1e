"""What is taken from GOV.UK Frontend, and what may not be."""

from __future__ import annotations

import importlib.util
import io
import json
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "assets.py"
CSS = (
    '@charset "UTF-8";:root{--govuk-frontend-version:"6.3.0"}'
    ".govuk-link{font-family:GDS Transport,arial,sans-serif;color:blue}"
    "/*! Copyright (c) 2011 by Margaret Calvert & Henrik Kubel. */"
    '@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2) format("woff2")}'
    "@font-face{font-family:GDS Transport;font-weight:700;src:url(/assets/fonts/bold.woff2)}"
    ".govuk-footer{color:red}"
    ".govuk-footer__copyright-logo:before{background-image:url(/assets/images/govuk-crest.svg)}"
    "@supports (mask-position:initial)"
    "{.govuk-footer__copyright-logo:before{mask-image:url(/assets/images/govuk-crest.svg)}}"
    ".govuk-icon{background:url(data:image/svg+xml;base64,AA)}"
    "@media print{.govuk-link{font-family:sans-serif}}\n"
    "/*# sourceMappingURL=govuk-frontend.min.css.map */\n"
)
JS = "export const version='6.3.0';//# sourceMappingURL=govuk-frontend.min.js.map\n"


@pytest.fixture
def assets() -> ModuleType:
    spec = importlib.util.spec_from_file_location("assets", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def package() -> bytes:
    return packed(CSS)


def packed(css: str) -> bytes:
    files = {
        "govuk-frontend.min.css": css,
        "govuk-frontend.min.js": JS,
        "components/button/fixtures.json": json.dumps({"component": "button"}),
        "assets/fonts/light.woff2": "a font",
        "assets/images/govuk-crest.svg": "a crest",
    }
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"package/dist/govuk/{name}")
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return held.getvalue()


def test_fonts_and_crest_are_gone_and_the_rest_is_kept(assets: ModuleType) -> None:
    adapted = assets.adapted_css(CSS)
    assert "font-face" not in adapted
    assert "GDS" not in adapted
    assert "crest" not in adapted
    assert "@supports" not in adapted
    assert adapted.startswith('@charset "UTF-8";')
    assert ".govuk-link{font-family:arial,sans-serif;color:blue}" in adapted
    assert ".govuk-footer{color:red}.govuk-icon{background:url(data:image/svg+xml;base64,AA)}" in adapted
    assert "@media print{.govuk-link{font-family:sans-serif}}" in adapted


def test_no_source_map_is_promised(assets: ModuleType) -> None:
    assert "sourceMappingURL" not in assets.adapted_css(CSS) + assets.adapted_js(JS)
    assert "export const version='6.3.0';" in assets.adapted_js(JS)


@pytest.mark.parametrize(
    "rule",
    [
        '.a{font:"GDS  transport"}',
        ".a{background:url(/assets/images/x.svg)}",
        ".a{background:url('//a.example/x')}",
    ],
)
def test_what_the_adaptation_does_not_know_is_refused(assets: ModuleType, rule: str) -> None:
    with pytest.raises(assets.Refused, match="take out"):
        assets.adapted_css(CSS + rule)


def test_a_package_with_another_hash_is_refused(assets: ModuleType, package: bytes) -> None:
    with pytest.raises(assets.Refused, match="not the package that was reviewed"):
        assets.checked(package)


def test_one_changed_byte_changes_the_verdict(
    assets: ModuleType, package: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "SHA512", assets.digest(package))
    assert assets.checked(package) == package
    with pytest.raises(assets.Refused):
        assets.checked(package[:-1] + bytes([package[-1] ^ 1]))


def test_a_fetched_package_with_another_hash_leaves_nothing_behind(
    assets: ModuleType, package: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets, "TOOLS", tmp_path / "tools")
    monkeypatch.setattr(
        assets, "fetch", lambda place: (place / "govuk-frontend-6.3.0.tgz").write_bytes(package)
    )
    with pytest.raises(assets.Refused):
        assets.obtain(tmp_path / "tools" / "kept.tgz")
    assert list((tmp_path / "tools").iterdir()) == []


def test_a_kept_package_that_was_altered_is_fetched_again(
    assets: ModuleType, package: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets, "TOOLS", tmp_path)
    monkeypatch.setattr(assets, "SHA512", assets.digest(package))
    monkeypatch.setattr(
        assets, "fetch", lambda place: (place / "govuk-frontend-6.3.0.tgz").write_bytes(package)
    )
    (tmp_path / "kept.tgz").write_bytes(b"altered")
    assert assets.obtain(tmp_path / "kept.tgz") == package
    assert (tmp_path / "kept.tgz").read_bytes() == package


def test_only_the_two_files_and_the_examples_are_written(
    assets: ModuleType, package: bytes, tmp_path: Path
) -> None:
    assets.write(package, out=tmp_path / "out", examples=tmp_path / "examples", stamp="now")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "govuk-frontend.min.css",
        "govuk-frontend.min.js",
        "stamp",
    ]
    example = (tmp_path / "examples" / "button" / "fixtures.json").read_text()
    assert json.loads(example) == {"component": "button"}


def test_the_work_is_done_again_when_the_stamp_differs_or_a_file_is_missing(
    assets: ModuleType, package: bytes, tmp_path: Path
) -> None:
    out, examples = tmp_path / "out", tmp_path / "examples"
    assert not assets.is_current(out, examples, "now")
    assets.write(package, out=out, examples=examples, stamp="now")
    assert assets.is_current(out, examples, "now")
    assert not assets.is_current(out, examples, "later")
    (out / "govuk-frontend.min.js").unlink()
    assert not assets.is_current(out, examples, "now")


def test_work_that_is_refused_leaves_the_earlier_files_in_place(
    assets: ModuleType, package: bytes, tmp_path: Path
) -> None:
    out, examples = tmp_path / "out", tmp_path / "examples"
    assets.write(package, out=out, examples=examples, stamp="now")
    with pytest.raises(assets.Refused):
        assets.write(packed(CSS + ".a{background:url(/x)}"), out=out, examples=examples, stamp="later")
    assert assets.is_current(out, examples, "now")


def test_what_this_installation_serves_has_no_font_crest_or_address(assets: ModuleType) -> None:
    if not assets.OUT.exists():
        pytest.skip("run make assets first")
    css = (assets.OUT / "govuk-frontend.min.css").read_text()
    assert len(css) > 100_000
    assert assets.NOT_OURS.search(css) is None
    assert "url(/" not in css
