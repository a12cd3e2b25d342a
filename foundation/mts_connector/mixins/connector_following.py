from odoo import fields, models

from ..wire.errors import ForgottenError, MTSError, TemporaryError

#: Seconds until the next look: doubled with every third look, up to the last.
_FIRST_LOOK, _LONGEST_PAUSE = 5, 600
#: Looks until a request counts as lost; with these pauses, about six hours.
_MOST_LOOKS = 54


class MTSConnectorFollowingMixin(models.AbstractModel):
    """Follows a request until the MTS has delivered its results.

    An MTS says "processed" before it writes the file or makes the first call, and may say
    "error" later. So it counts only when two looks in a row show the same.
    """

    _name = "mts.connector.following.mixin"
    _description = "Following a Request to an MTS"
    _own_fields = ("request_identifier",)

    request_identifier = fields.Char(
        "Last Request", readonly=True, copy=False, help="Under which the MTS knows it."
    )
    file_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        "Files",
        domain=[("res_model", "=", "mts.connector")],
        readonly=True,
        help="Results that were fetched. They hold personal data: remove them once used.",
    )

    def _follow_from_now(self, receipt, end):
        """
        :param receipt: ``wire.answer.Receipt``
        :param end: naive UTC, where the next window begins when this request is delivered
        """
        self.request_identifier = receipt.identifier
        self._delay_look(end, looks=0, seen=None)

    def _delay_look(self, end, looks, seen):
        pause = min(_FIRST_LOOK * 2 ** min(looks // 3, 10), _LONGEST_PAUSE)
        # sudo: which user it is, the connector knows.
        self.with_user(self.sudo().user_id).with_delay(
            eta=pause,
            identity_key=self._job_key("look"),
            description=f"Follow the request of MTS connector {self.id}",
        )._look(self.request_identifier, end, looks, seen)

    def _job_kinds(self):
        return [*super()._job_kinds(), "look"]

    def _look(self, identifier, end, looks, seen):
        """Job: see how far the request is, unless it is not wanted any more.

        :param looks: how often this was done before
        :param seen: what the last look showed: the number of bytes delivered, or None
        """
        self.ensure_one()
        if not self._is_at_work() or self.request_identifier != identifier:
            return
        # sudo: the work writes states and files; nobody else does.
        connector = self.sudo()
        try:
            with self._token_seeder() as seeder:
                connector._judge(seeder, end, looks + 1, seen)
        except ForgottenError as error:
            connector._begin_again(str(error))
        except TemporaryError as error:
            connector._look_later(str(error), end, looks + 1)
        except MTSError as error:
            connector._stop_with(str(error))

    def _judge(self, seeder, end, looks, seen):
        status = seeder.status(self.request_identifier)
        if status.startswith("error_"):
            self._delivery_failed(status)
        elif not status.startswith("processed"):
            self._look_later(False, end, looks)
        else:
            content = self._content(seeder)
            if len(content) == seen:
                self._take(content, end, status)
            else:
                self._note_no_trouble()
                self._delay_look(end, 0, len(content))

    def _content(self, seeder):
        if self.delivery_type == "callback":
            return b""
        return seeder.file(self.request_identifier, self.output_type)

    def _take(self, content, end, status):
        if content:
            self._attach(content)
        self._delivered(end)
        if status == "processed_with_errors":
            self.trouble = self.env._(
                "There is no token for some, or all: the results say for whom and why."
            )

    def _look_later(self, words, end, looks):
        """
        :param words: what is wrong; False if the MTS is simply not ready
        """
        if looks > _MOST_LOOKS:
            self._begin_again(self.env._("The MTS has not finished the request for hours."))
            return
        if words:
            self._note_trouble(words, _LONGEST_PAUSE)
        self._delay_look(end, looks, None)

    def _delivery_failed(self, status):
        words = self.env._(
            "The MTS could not deliver the results (%s). Check the callback; nothing is lost at "
            "ODK.",
            status,
        )
        self._begin_again(words, _LONGEST_PAUSE)

    def _attach(self, content):
        self.env["ir.attachment"].create(
            {
                "name": f"{self.request_identifier}.{self.output_type}",
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
