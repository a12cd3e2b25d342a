from odoo import api, models
from odoo.tools import SQL

#: What is stored of a problem, see ``_prepare_vals`` of the issues.
_COLUMNS = (
    "page_id",
    "run_id",
    "code",
    "field_path",
    "reason",
    "subject",
    "record_number",
    "record_label",
    "outcome",
    "registrant_id",
)


class SocialRegistryImportIssueNoting(models.AbstractModel):
    """Writes down what is wrong with the records of a page.

    Every run tells anew of each record that it skipped: mostly of hundreds, and the same ones as
    last time. ``create`` took a tenth of the time of a page on which nothing had changed.
    """

    _name = "g2p.social.registry.import.issue.noting"
    _description = "Noting of Import Issues"

    @api.model
    def _note(self, vals_list):
        """Add the issues of a page: one statement, and another one if some have candidates.

        :param vals_list: what ``_prepare_vals`` gives for its problems
        :returns: the issues, in the same order
        """
        # sudo: issues are written by the import alone.
        issues = self.sudo()._insert(vals_list) if vals_list else self.browse()
        self._fields["candidate_ids"].create(
            [
                (issue, vals["candidate_ids"])
                for issue, vals in zip(issues, vals_list, strict=True)
                if "candidate_ids" in vals
            ]
        )
        # They belong to a page and a run that may have been asked for their issues before.
        self.env["g2p.social.registry.import.page"].invalidate_model(["issue_ids"], flush=False)
        names = ["issue_ids", "issue_count", "state_text"]
        self.env["g2p.social.registry.import.run"].invalidate_model(names, flush=False)
        return issues

    def _insert(self, vals_list):
        """What ``create`` would insert; nothing that is stored of an issue is computed."""
        now, user = self.env.cr.now(), self.env.uid
        logged = {"create_uid": user, "create_date": now, "write_uid": user, "write_date": now}
        columns = [self._fields[name] for name in (*_COLUMNS, *logged)]
        rows = [
            tuple(f.convert_to_column_insert(vals.get(f.name), self) for f in columns)
            for vals in ({**vals, **logged} for vals in vals_list)
        ]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING id",
                SQL.identifier(self._table),
                SQL(", ").join(SQL.identifier(field.name) for field in columns),
                SQL(", ").join(rows),
            )
        )
        return self.browse([row[0] for row in self.env.cr.fetchall()])
