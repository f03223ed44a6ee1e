#!/usr/bin/env python3
"""Obtain GOV.UK Frontend and write the two files that Wenlock serves, adapted for use outside GOV.UK.

The package is fetched by npm if the machine has it, else by a Node of our own under `.tools`, and must have
the pinned SHA-512. GDS Transport, the crest and their addresses may not be used outside GOV.UK, so they are
taken out. The components' official examples are kept for the conformance test. Standard library only.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "6.3.0"
SHA512 = "cXIQxm5PHCsbic47GXZrVBZhAeeshTLRL6ZBKilLsR6rMCjJuWb7Fruq0VUNMBJFlJk/srsRj/q8d5bM9cgKoA=="
BUILT, CSS, JS = "package/dist/govuk/", "govuk-frontend.min.css", "govuk-frontend.min.js"
CREDIT = (
    f"/*! GOV.UK Frontend {VERSION}, Crown copyright (Government Digital Service), MIT licence; adapted */"
)
NOT_OURS = re.compile(r"GDS|Transport|crest|@font-face|Margaret Calvert", re.IGNORECASE)

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
OUT = ROOT / "src" / "wenlock" / "base" / "static" / "vendor" / "govuk"
EXAMPLES = TOOLS / "govuk-fixtures"


class Refused(Exception):
    """The assets were not written; the sentence says why and what to do."""


def main() -> int:
    """Write the assets unless the stamp says that these very ones are there already."""
    stamp = stamp_text()
    if is_current(OUT, EXAMPLES, stamp):
        return 0
    try:
        tarball = obtain(TOOLS / f"govuk-frontend-{VERSION}.tgz")
        write(tarball, out=OUT, examples=EXAMPLES, stamp=stamp)
    except Refused as refusal:
        print(f"assets: {refusal}", file=sys.stderr)
        return 1
    print(f"assets: GOV.UK Frontend {VERSION} is in {OUT.relative_to(ROOT)}")
    return 0


def stamp_text() -> str:
    """Return what identifies the result: the package's pin, and this file, which adapts it."""
    return f"{SHA512}\n{hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}\n"


def is_current(out: Path, examples: Path, stamp: str) -> bool:
    """Say whether the files were written from this package by this script."""
    if not all(path.exists() for path in (out / CSS, out / JS, out / "stamp", examples)):
        return False
    return (out / "stamp").read_text() == stamp


def obtain(tarball: Path) -> bytes:
    """Return the package, from `.tools` if it is there and right, else by npm."""
    if tarball.exists() and digest(kept := tarball.read_bytes()) == SHA512:
        return kept
    with tempfile.TemporaryDirectory(dir=folder(TOOLS)) as place:
        fetch(Path(place))
        packed = [*Path(place).glob("govuk-frontend-*.tgz")]
        if len(packed) != 1:
            raise Refused("npm did not deliver the package. Check the network, then run make again.")
        content = checked(packed[0].read_bytes())
        os.replace(packed[0], tarball)
    return content


def fetch(place: Path) -> None:
    """Have npm put the package in the folder, running nothing that the package brings."""
    command = ["pack", f"govuk-frontend@{VERSION}", "--pack-destination", str(place), "--ignore-scripts"]
    environment = os.environ | {
        "npm_config_cache": str(folder(TOOLS / "npm-cache")),
        "npm_config_update_notifier": "false",
    }
    done = subprocess.run(
        [*npm(), "--silent", *command],
        env=environment,
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Refused(f"npm could not fetch GOV.UK Frontend. It said:\n{done.stderr.strip()}")


def npm() -> list[str]:
    """Return the command that runs npm: the machine's own, else that of a Node installed under `.tools`."""
    if found := shutil.which("npm"):
        return [found]
    tool = TOOLS / "node" / "bin" / "npm"
    if not tool.exists():
        print("assets: npm is not here, so Node is being installed under .tools (a minute, once)", flush=True)
        install_node(TOOLS / "node")
    return [str(tool)]


def install_node(place: Path) -> None:
    """Install Node from its hashed lock in an environment of its own: the product never needs it."""
    lock = ROOT / "requirements" / "node.txt"
    shutil.rmtree(place, ignore_errors=True)
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    for command in ([sys.executable, "-m", "venv", str(place)], [*pip, "--require-hashes", "-r", str(lock)]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            shutil.rmtree(place, ignore_errors=True)
            said = done.stderr.strip() or done.stdout.strip()
            raise Refused(f"Node could not be installed. Install npm yourself, or mend this:\n{said}")


def digest(content: bytes) -> str:
    """Return the SHA-512 as npm writes it, in base 64."""
    return base64.b64encode(hashlib.sha512(content).digest()).decode()


def checked(content: bytes) -> bytes:
    """Return the package if it is the pinned one. Raises Refused if a single byte differs."""
    if not hmac.compare_digest(digest(content), SHA512):
        raise Refused(
            f"GOV.UK Frontend {VERSION} has SHA-512 {digest(content)}, and {SHA512} is pinned. "
            "It is not the package that was reviewed, and has not been used."
        )
    return content


def write(tarball: bytes, *, out: Path, examples: Path, stamp: str) -> None:
    """Write the adapted files and the examples. The stamp comes last: a half-done job is redone."""
    with tarfile.open(fileobj=io.BytesIO(tarball)) as package:
        css = adapted_css(member(package, CSS))
        js = adapted_js(member(package, JS))
        found = [name for name in package.getnames() if name.endswith("/fixtures.json")]
        shown = {Path(name).parent.name: member(package, name.removeprefix(BUILT)) for name in found}
    for place in (out, examples):
        shutil.rmtree(place, ignore_errors=True)
    put(out / CSS, css)
    put(out / JS, js)
    for component, text in shown.items():
        put(examples / component / "fixtures.json", text)
    put(out / "stamp", stamp)


def member(package: tarfile.TarFile, name: str) -> str:
    """Return the text of one of the package's built files."""
    file = package.extractfile(f"{BUILT}{name}")
    if file is None:
        raise Refused(f"GOV.UK Frontend {VERSION} has no {name}.")
    return file.read().decode("utf-8")


def adapted_css(css: str) -> str:
    """Return the style sheet set in Arial, with no font, crest or source map to fetch."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"[\"']?GDS Transport[\"']?,\s*", "", css)
    css = re.sub(r"[^{}]*\{[^{}]*govuk-crest[^{}]*\}", "", css)
    css = re.sub(r"@(?:supports|media)[^{}]*\{\}", "", css)
    charset = '@charset "UTF-8";'
    text = f"{charset}{CREDIT}{css.removeprefix(charset).strip()}\n"
    return clean("the style sheet", text, fetches=r"url\((?!data:)")


def adapted_js(js: str) -> str:
    """Return the script without its source map, which is not served."""
    without_map = re.sub(r"//# sourceMappingURL=\S*", "", js)
    return clean("the script", f"{CREDIT}\n{without_map.strip()}\n", fetches=r"sourceMappingURL")


def clean(what: str, text: str, *, fetches: str) -> str:
    """Return the text. Raises Refused if anything in it is not ours to use, or would be fetched in vain."""
    body = text.replace(CREDIT, "")
    if found := NOT_OURS.search(body) or re.search(fetches, body):
        near = body[max(0, found.start() - 30) : found.end() + 30]
        raise Refused(f"After adaptation {what} still has something to take out: ...{near}...")
    return text


def put(path: Path, text: str) -> None:
    """Write the text, making the folder."""
    folder(path.parent)
    path.write_text(text, encoding="utf-8")


def folder(path: Path) -> Path:
    """Return the folder, made if need be."""
    path.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    sys.exit(main())
