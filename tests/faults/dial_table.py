"""A Markdown table of the fault dials, for people."""

from pathlib import Path

from devkit import paths

HEAD = "| dial | final state | words |\n| --- | --- | --- |\n"


class DialTable:
    """Collects one line for each dial that was tried."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def add(self, dial: str, state: str, words: str) -> None:
        cells = [cell.replace("|", "\\|").replace("\n", " ") for cell in (dial, state, words)]
        self._lines.append(f"| `{cells[0]}` | {cells[1]} | {cells[2]} |\n")

    def write(self) -> Path:
        """Write `dial-table.md` beside the logs, and return its path."""
        file = paths.log_file("dial-table").with_suffix(".md")
        file.write_text(HEAD + "".join(self._lines))
        return file
