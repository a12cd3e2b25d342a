"""What tests of deleted VIDs share."""

from odoo.tests import TransactionCase

VID = "5813076249681375"
OTHER_VID = "7420918365027411"


class VidCase(TransactionCase):
    """``person`` holds ``VID``; ``delete`` does what the rule does, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = ("MOSIP VID (test)", "MOSIP UIN TOKEN (test)", "Village Card (test)")
        types = cls.env["g2p.id.type"].create([{"name": name} for name in names])
        cls.vid_type, cls.token_type, cls.card_type = types
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param("g2p_mts.vid_id_type", cls.vid_type.id)
        parameters.set_param("g2p_mts.uin_token_id_type", cls.token_type.id)
        cls.gone = cls.env["g2p.mts.vid.gone"]
        cls.person = cls._person("ADA", VID)

    @classmethod
    def _person(cls, name, vid=None):
        ids = [(0, 0, {"id_type": cls.vid_type.id, "value": vid})] if vid else []
        values = {"name": name, "is_registrant": True, "reg_ids": ids}
        return cls.env["res.partner"].create(values)

    def _add_id(self, person, value, id_type=None, **values):
        id_type = id_type or self.vid_type
        values |= {"partner_id": person.id, "id_type": id_type.id, "value": value}
        return self.env["g2p.reg.id"].create(values)

    def _delete(self, *people):
        """Delete and remember the VIDs of these people; returns VID → partner id."""
        rows = (people or [self.person])[0].union(*people).reg_ids
        rows = rows.filtered(lambda row: row.id_type == self.vid_type)
        vids = {row.value: row.partner_id.id for row in rows}
        self.gone._remember({(self.vid_type.id, vid): person for vid, person in vids.items()})
        rows.unlink()
        return vids
