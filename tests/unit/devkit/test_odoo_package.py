"""An Odoo that is already there is used if it is of the right series."""

import pytest

from devkit import odoo_package
from devkit.failure import Failure


def make(root, library, version):
    package = root / library / "odoo"
    (package / "addons" / "web").mkdir(parents=True)
    (package / "release.py").write_text(f"version_info = ({version}, 0, FINAL, 0, '')\n")
    return package


@pytest.mark.parametrize("library", [".", odoo_package.LIBRARY], ids=["sources", "package"])
def test_sources_and_an_unpacked_package_are_usable(tmp_path, library):
    package = make(tmp_path, library, "19, 0")
    found = odoo_package.usable(tmp_path)
    assert found.library.resolve() == package.parent.resolve()
    assert [folder.name for folder in found.addons] == ["addons"]


def test_the_addons_beside_the_sources_come_first(tmp_path):
    make(tmp_path, ".", "19, 0")
    (tmp_path / "addons" / "web").mkdir(parents=True)
    assert odoo_package.usable(tmp_path).addons[0] == tmp_path / "addons"


@pytest.mark.parametrize("version", ["18, 0", "'saas~19', 1"])
def test_another_series_is_refused(tmp_path, version):
    make(tmp_path, ".", version)
    with pytest.raises(Failure, match=r"no Odoo 19\.0"):
        odoo_package.usable(tmp_path)


def test_an_empty_folder_is_refused_with_the_setting_to_look_at(tmp_path):
    with pytest.raises(Failure) as caught:
        odoo_package.usable(tmp_path)
    assert "ODOO_ROOT" in caught.value.advice


def test_links_that_lead_nowhere_are_found(tmp_path):
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "good").symlink_to(tmp_path)
    (tmp_path / "web" / "bad").symlink_to(tmp_path / "gone")
    assert odoo_package.dangling_links(tmp_path) == ["web/bad"]
