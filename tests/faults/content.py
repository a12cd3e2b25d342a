"""What is in a database after imports, as one hash that does not depend on ids and order."""

from dataclasses import dataclass

from tests.faults.stage import Stage

QUERY = """
WITH identifier AS (
    SELECT own.partner_id, jsonb_agg(
               jsonb_build_array(type.name, own.value, own.expiry_date, own.status)
               ORDER BY type.name::text, own.value) AS rows
      FROM g2p_reg_id AS own
      JOIN g2p_id_type AS type ON type.id = own.id_type
     GROUP BY own.partner_id
), phone AS (
    SELECT partner_id, jsonb_agg(
               jsonb_build_array(phone_no, date_collected, disabled IS NULL)
               ORDER BY phone_no, date_collected, disabled IS NULL) AS rows
      FROM g2p_phone_number
     GROUP BY partner_id
), registrant AS (
    SELECT one.id, one.is_group, md5(jsonb_build_array(
               one.is_group, one.name, one.given_name, one.family_name, one.addl_name,
               one.birthdate, one.birth_place, one.gender, one.address, one.email,
               one.registration_date, one.is_partial_group, one.active, one.disabled IS NULL,
               one.z_ind_grp_num_individuals, identifier.rows, phone.rows)::text) AS digest
      FROM res_partner AS one
      LEFT JOIN identifier ON identifier.partner_id = one.id
      LEFT JOIN phone ON phone.partner_id = one.id
     WHERE one.is_registrant
), role AS (
    SELECT link.g2p_group_membership_id AS id, jsonb_agg(kind.name ORDER BY kind.name::text) AS rows
      FROM g2p_group_membership_g2p_group_membership_kind_rel AS link
      JOIN g2p_group_membership_kind AS kind ON kind.id = link.g2p_group_membership_kind_id
     GROUP BY link.g2p_group_membership_id
), membership AS (
    SELECT md5(jsonb_build_array(
               household.digest, member.digest, role.rows, one.is_ended)::text) AS digest
      FROM g2p_group_membership AS one
      JOIN registrant AS household ON household.id = one.group
      JOIN registrant AS member ON member.id = one.individual
      LEFT JOIN role ON role.id = one.id
)
SELECT (SELECT count(*) FROM registrant WHERE is_group),
       (SELECT count(*) FROM registrant WHERE NOT is_group),
       (SELECT count(*) FROM g2p_reg_id),
       (SELECT count(*) FROM g2p_phone_number),
       (SELECT count(*) FROM membership),
       md5(concat(
           (SELECT string_agg(digest, '' ORDER BY digest) FROM registrant), '/',
           (SELECT string_agg(digest, '' ORDER BY digest) FROM membership)))
"""


@dataclass(frozen=True)
class Content:
    """How many there are of each, and a hash over everything that is known of them.

    Two registrants that are alike in all respects count twice. Ids, and when a row was written,
    are left out.
    """

    households: int
    people: int
    identifiers: int
    phones: int
    memberships: int
    digest: str


def content(on: Stage) -> Content:
    """Read the whole database."""
    [row] = on.sql(QUERY)
    return Content(*row)
