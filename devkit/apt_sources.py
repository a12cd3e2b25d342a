"""Finds the mirror of the Debian archive that this machine uses.

Odoo 19 is in Debian's `sid`, which a Debian 12 machine does not name in its own lists.
The mirror it names holds `sid` too; its address and options are all we need.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DEBIAN_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
MAIN_SUITES = frozenset(
    ["bullseye", "bookworm", "trixie", "forky", "duke", "sid"]
    + ["oldoldstable", "oldstable", "stable", "testing", "unstable"]
)


@dataclass(frozen=True)
class Entry:
    """One line or paragraph of a sources file. `options` are as in one-line style."""

    kinds: tuple[str, ...]
    uris: tuple[str, ...]
    suites: tuple[str, ...]
    components: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str) -> str:
        return dict(self.options).get(name, "")


def read_entries(etc_apt: Path) -> list[Entry]:
    """All entries of the files apt itself reads below `etc_apt` (normally /etc/apt)."""
    found: list[Entry] = []
    for file in [etc_apt / "sources.list", *sorted((etc_apt / "sources.list.d").glob("*"))]:
        if file.suffix == ".list" and file.is_file():
            found += one_line_entries(file.read_text())
        if file.suffix == ".sources" and file.is_file():
            found += deb822_entries(file.read_text())
    return found


def one_line_entries(text: str) -> Iterator[Entry]:
    """Entries such as `deb [signed-by=/x.gpg] http://host/debian bookworm main`."""
    for line in text.splitlines():
        words = line.split("#")[0].replace("[", " [ ").replace("]", " ] ").split()
        options: list[str] = []
        if "[" in words and "]" in words:
            opening, closing = words.index("["), words.index("]")
            options = words[opening + 1 : closing]
            words = words[:opening] + words[closing + 1 :]
        if len(words) >= 3:
            yield Entry((words[0],), (words[1],), (words[2],), tuple(words[3:]), _pairs(options))


def _pairs(options: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = [option.partition("=") for option in options]
    return tuple((name.lower(), value) for name, _, value in pairs)


def deb822_entries(text: str) -> Iterator[Entry]:
    """Entries in paragraphs of `Types:`, `URIs:`, `Suites:`, `Components:`, `Signed-By:`."""
    for paragraph in _paragraphs(text):
        if paragraph.pop("enabled", "yes").lower() in ("no", "false", "0"):
            continue
        main = [tuple(paragraph.pop(key, "").split()) for key in _DEB822_KEYS]
        # A key written out in the file has several lines and no one-line form.
        rest = tuple((k, v) for k, v in sorted(paragraph.items()) if len(v.split()) == 1)
        yield Entry(*main, options=rest)


_DEB822_KEYS = ("types", "uris", "suites", "components")


def _paragraphs(text: str) -> Iterator[dict[str, str]]:
    fields: dict[str, str] = {}
    name = ""
    for line in [*text.splitlines(), ""]:
        if not line.strip():
            if fields:
                yield fields
            fields, name = {}, ""
        elif line[0] in " \t" and name:
            fields[name] += "\n" + line.strip()
        elif ":" in line and not line.startswith("#"):
            name, _, value = line.partition(":")
            name = name.strip().lower()
            fields[name] = value.strip()


def debian_archive(entries: list[Entry]) -> Entry | None:
    """The entry of the Debian main archive, or None (Ubuntu, or no apt sources at all)."""
    fitting = [entry for entry in entries if _may_be_main_archive(entry)]
    return max(fitting, key=_likeliness, default=None)


def _may_be_main_archive(entry: Entry) -> bool:
    return (
        "deb" in entry.kinds
        and "main" in entry.components
        and bool(MAIN_SUITES.intersection(entry.suites))
        and any(not uri.startswith("cdrom:") for uri in entry.uris)
    )


def _likeliness(entry: Entry) -> int:
    # Other vendors call their suites "bookworm" too, but sign with keys of their own.
    key = entry.option("signed-by")
    ours = "debian-archive" in key
    return 4 * ours - 2 * bool(key and not ours) + entry.uris[0].rstrip("/").endswith("/debian")


def private_sources(archive: Entry, suites: tuple[str, ...]) -> str:
    """A one-line sources file: the archive's mirror and options, other suites."""
    options = {"signed-by": str(DEBIAN_KEYRING)} if DEBIAN_KEYRING.exists() else {}
    kept = {k: v for k, v in archive.options if k in ("signed-by", "trusted", "check-valid-until")}
    words = " ".join(f"{name}={value}" for name, value in {**options, **kept}.items())
    uri = next(uri for uri in archive.uris if not uri.startswith("cdrom:"))
    bracket = f"[{words}] " if words else ""
    return "".join(f"deb {bracket}{uri} {suite} main\n" for suite in suites)
