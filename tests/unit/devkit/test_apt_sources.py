"""The mirror of the Debian archive is found in whatever form a machine names it."""

import pytest

from devkit.apt_sources import (
    deb822_entries,
    debian_archive,
    one_line_entries,
    private_sources,
    read_entries,
)

DEB822 = """\
Types: deb
# a comment
URIs: http://mirror.example.test/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example.test/debian-security
Suites: bookworm-security
Components: main
"""


def found(entries):
    archive = debian_archive(list(entries))
    return archive and archive.uris[0]


def test_paragraphs_with_several_suites():
    assert found(deb822_entries(DEB822)) == "http://mirror.example.test/debian"


def test_one_line_style_with_options_and_comments():
    text = """
    # deb http://off.example.test/debian bookworm main
    deb-src http://src.example.test/debian bookworm main
    deb [ arch=amd64 signed-by=/keys/d.gpg ] https://mirror.example.test/debian bookworm main
    """
    archive = debian_archive(list(one_line_entries(text)))
    assert archive.uris == ("https://mirror.example.test/debian",)
    assert archive.option("signed-by") == "/keys/d.gpg"


@pytest.mark.parametrize(
    "line",
    [
        "deb http://mirror.example.test/ubuntu noble main",
        "deb http://mirror.example.test/debian bookworm-updates main",
        "deb http://mirror.example.test/debian bookworm contrib",
        "deb cdrom:[Debian] bookworm main",
        "deb-src http://mirror.example.test/debian bookworm main",
        "deb",
    ],
)
def test_what_is_no_main_archive_of_debian(line):
    assert found(one_line_entries(line)) is None


def test_a_switched_off_paragraph_does_not_count():
    assert found(deb822_entries("Enabled: no\n" + DEB822)) is None


def test_other_vendors_with_a_suite_of_that_name_are_passed_over():
    text = """
    deb [signed-by=/usr/share/keyrings/vendor.gpg] https://vendor.example.test/debian bookworm main
    deb http://cache.example.test:3142/archive.example.test/debian bookworm main
    """
    assert found(one_line_entries(text)).startswith("http://cache.example.test:3142")


def test_a_key_written_out_in_the_file_is_not_taken_for_a_path():
    text = DEB822.replace(
        "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg",
        "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQIN\n -----END-----",
    )
    archive = debian_archive(list(deb822_entries(text)))
    assert "BEGIN" not in private_sources(archive, ("sid",))


def test_the_private_file_has_mirror_and_options_and_other_suites():
    archive = debian_archive(list(deb822_entries(DEB822)))
    assert private_sources(archive, ("bookworm", "sid")).splitlines() == [
        "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] "
        f"http://mirror.example.test/debian {suite} main"
        for suite in ("bookworm", "sid")
    ]


def test_both_kinds_of_files_are_read(tmp_path):
    parts = tmp_path / "sources.list.d"
    parts.mkdir()
    (tmp_path / "sources.list").write_text("deb http://a.example.test/debian bookworm main\n")
    (parts / "debian.sources").write_text(DEB822)
    (parts / "old.list.disabled").write_text("deb http://b.example.test/debian bookworm main\n")
    assert [entry.uris[0] for entry in read_entries(tmp_path)] == [
        "http://a.example.test/debian",
        "http://mirror.example.test/debian",
        "http://mirror.example.test/debian-security",
    ]
