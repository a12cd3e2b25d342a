"""The scheduled action that deletes VIDs, under 17.0's name: whether it is on, and how often."""

from odoo.exceptions import UserError

SCHEDULE = "g2p_mts.to_delete_g2p_reg_id_vid"
_MINUTES = {"minutes": 1, "hours": 60, "days": 1440, "weeks": 10_080, "months": 43_200}


class Schedule:
    """Writes the scheduled action only where something is to be different."""

    def __init__(self, env):
        self._env = env
        # sudo: officers say when VIDs are deleted; scheduled actions are for administrators.
        found = env.ref(SCHEDULE, raise_if_not_found=False)
        self._cron = (found or env["ir.cron"]).sudo()

    @property
    def is_there(self) -> bool:
        """Whether nobody has deleted it."""
        return bool(self._cron)

    @property
    def is_on(self) -> bool:
        """Whether VIDs are deleted by themselves."""
        return bool(self._cron.active)

    @property
    def minutes(self) -> int:
        """From one clean-up to the next; 0 if there is no scheduled action."""
        return self._cron.interval_number * _MINUTES.get(self._cron.interval_type, 0)

    def set(self, *, is_on: bool | None = None, minutes: int | None = None) -> None:
        """Switch it on or off, or change how often; what is None, or so already, is left alone.

        :raises UserError: there is none, the minutes are less than one, or it is just at work
        """
        values = {}
        if is_on is not None and is_on != self.is_on:
            values["active"] = is_on
        if minutes is not None and minutes != self.minutes:
            self._check(minutes)
            values |= {"interval_number": minutes, "interval_type": "minutes"}
        if values and not self.is_there:
            raise UserError(self._env._("The scheduled action was deleted. Upgrade G2P MTS."))
        if values:
            self._cron.write(values)

    def _check(self, minutes):
        if minutes < 1:
            raise UserError(self._env._("The minutes between two clean-ups must be at least 1."))
