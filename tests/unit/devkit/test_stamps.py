"""A step is done again when, and only when, its inputs have changed."""

from devkit import stamps


def test_a_step_is_done_for_the_inputs_it_was_done_with(state):
    assert not stamps.is_done("odoo", "a")
    stamps.mark_done("odoo", "a")
    assert stamps.is_done("odoo", "a")
    assert not stamps.is_done("odoo", "b")


def test_the_digest_tells_parts_apart():
    assert stamps.digest("ab", "c") != stamps.digest("a", "bc")


def test_the_digest_of_a_tree_changes_with_content_and_names(tmp_path):
    addon = tmp_path / "addon"
    addon.mkdir()
    file = addon / "model.py"
    file.write_text("1")
    first = stamps.tree_digest([addon])
    file.write_text("2")
    second = stamps.tree_digest([addon])
    file.rename(addon / "other.py")
    assert len({first, second, stamps.tree_digest([addon])}) == 3


def test_tests_and_compiled_files_do_not_count(tmp_path):
    (tmp_path / "addon" / "tests").mkdir(parents=True)
    before = stamps.tree_digest([tmp_path / "addon"], frozenset(["tests"]))
    (tmp_path / "addon" / "tests" / "test_a.py").write_text("1")
    (tmp_path / "addon" / "__pycache__").mkdir()
    (tmp_path / "addon" / "__pycache__" / "a.pyc").write_text("1")
    assert stamps.tree_digest([tmp_path / "addon"], frozenset(["tests"])) == before
