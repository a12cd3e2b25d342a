from datetime import UTC

from odoo import models


class SocialRegistryImportRunPaging(models.AbstractModel):
    """Page after page, until one is the last or cannot be fetched."""

    _name = "g2p.social.registry.import.run.paging"
    _description = "Paging of an Import Run"

    def _next_page(self, page):
        """Create the page behind this one, or the first when there is none."""
        number = page.number + 1 if page else 1
        return (
            self.env["g2p.social.registry.import.page"]
            .sudo()  # pages are written by the import alone
            .create(
                {
                    "run_id": self.id,
                    "number": number,
                    "offset": page.offset + page.received_count if page else 0,
                    "shift": page.shift if page else 0,
                    "limit": self.page_size,
                }
            )
            .with_env(self.env)
        )

    def _page_fetched(self, page, found):
        """Go on to the next page, or note that this one was the last.

        :param found: ``wire.continuation.Continuation``
        """
        if page.number == 1:
            self._take_cursor(page, found.answer.answered_at)
        if found.is_last:
            # sudo: runs are written by the import alone.
            self.sudo().state = "importing"
            if page.state == "imported":
                self._delay_close()
        else:
            self._next_page(page)._delay()

    def _take_cursor(self, page, answered_at):
        """What the next run may rely on having been seen: the start of this one, by the source's
        clock when it shows one."""
        moment = answered_at.astimezone(UTC).replace(tzinfo=None) if answered_at else None
        # sudo: runs are written by the import alone.
        self.sudo().cursor_after = min(filter(None, (moment, page.create_date)))

    def _page_failed(self, page):
        """A page that cannot be fetched ends the fetching; pages already staged still go in."""
        if self.state == "fetching" and not page.fetched_at:
            self.sudo().write({"state": "importing", "error": page.error})
        self._delay_close()
