"""What can be changed while the seeder runs."""

from dataclasses import dataclass
from typing import Any

from .authenticator import check_refusals
from .options import Options

TIMES = ("pace", "intake", "expiry", "sweep")


@dataclass
class Settings:
    """Times in seconds, and the lasting refusals: patterns of VIDs to lists of codes."""

    partner_id: str
    pace: float
    intake: float
    expiry: float
    sweep: float
    refusals: dict[str, list[str]]

    @classmethod
    def at_start(cls, options: Options) -> "Settings":
        times = {name: getattr(options, name) for name in TIMES}
        return cls(partner_id=options.partner_id, refusals=dict(options.refusals), **times)

    def change(self, wanted: dict[str, Any]) -> None:
        """Take over some values. Raises ValueError or TypeError, and then takes over none."""
        for name, value in wanted.items():
            if name in TIMES and value < 0:
                raise ValueError(f"{name} must not be negative")
            if name == "refusals":
                check_refusals(value)
            elif name not in TIMES:
                raise ValueError(f"no setting {name!r}; there are refusals, {', '.join(TIMES)}")
        for name, value in wanted.items():
            setattr(self, name, value)

    def shown(self) -> dict[str, Any]:
        return dict(vars(self))
