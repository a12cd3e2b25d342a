"""Each known defect of the 17.0 importer's security has a test of its own, by name."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PLACES = (ROOT / "tests", ROOT / "g2p_social_registry_importer", ROOT / "foundation")


def test_every_defect_of_security_and_privacy_has_a_test():
    names = {
        number
        for place in PLACES
        for file in place.rglob("test_*.py")
        for number in re.findall(r"def test_4?a(\d\d)_", file.read_text(encoding="utf-8"))
    }
    assert names >= {f"{number:02}" for number in range(1, 11)}
