"""A Markdown table of fault dials, for people."""

from pathlib import Path

from devkit import paths


class DialTable:
    """Collects one line for each dial that was tried.

    :param name: of the file
    :param columns: what stands in the lines behind the dial
    """

    def __init__(
        self, name: str = "dial-table", columns: tuple[str, ...] = ("final state", "words")
    ):
        self._name = name
        heads = ("dial", *columns)
        self._lines = [_line(heads), _line(["---"] * len(heads))]

    def add(self, dial: str, *cells: str) -> None:
        clean = [cell.replace("|", "\\|").replace("\n", " ") for cell in (dial, *cells)]
        self._lines.append(_line([f"`{clean[0]}`", *clean[1:]]))

    def write(self) -> Path:
        """Write it beside the logs, and return its path."""
        file = paths.log_file(self._name).with_suffix(".md")
        file.write_text("".join(self._lines))
        return file


def _line(cells) -> str:
    return f"| {' | '.join(cells)} |\n"
