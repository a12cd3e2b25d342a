"""What, here, decides whether people and values of the source are left out."""

import hashlib
import json
from typing import Any

from ..meaning.problems import Code
from .targets import writable_targets


def remedies(importer) -> dict[str, str]:
    """Code of a problem → digest of the settings and lists that could do away with it.

    As long as a digest stays what it was, fetching the same people again would help nobody.

    :param importer: an import that may be read
    """
    # sudo: it is only told whether settings and lists are what they were.
    importer = importer.sudo()
    behind = {
        Code.NO_IDENTIFIER: [importer.import_registrant_without_id],
        Code.UNKNOWN_IDENTIFIER_TYPE: _of_id_types(importer),
        Code.UNKNOWN_MEMBER_KIND: _of_kinds(importer),
        Code.UNIQUE_KIND_TWICE: _of_kinds(importer),
        Code.INVALID_VALUE: _of_values(importer),
    }
    return {code.value: _digest(settings) for code, settings in behind.items()}


def _of_id_types(importer) -> list:
    names = importer.env["g2p.id.type"].search([]).mapped("name")
    return [importer.import_registrant_without_id, importer.create_missing_id_types, sorted(names)]


def _of_kinds(importer) -> list:
    kinds = importer.env["g2p.group.membership.kind"].search([])
    return [importer.create_missing_member_kinds, sorted((k.name, k.is_unique) for k in kinds)]


def _of_values(importer) -> list:
    """Where numbers are dialled from, which field is written to which, and what one may say."""
    country = importer.phone_country_id or importer.company_id.country_id
    rules = importer.data_source_id.data_source_field_mapping_ids
    # Labels count too; those of one language, whoever looks.
    targets = writable_targets(importer.with_context(lang=None).env)
    choices = {
        target.name: sorted(map(str, target.choices.items()))
        for target in targets.values()
        if target.choices
    }
    return [country.id, sorted((r.key, r.value or "", r.clear_on_null) for r in rules), choices]


def _digest(settings: Any) -> str:
    text = json.dumps(settings, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
