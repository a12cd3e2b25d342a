"""What a wire record means: no Odoo and no network in here.

``reading`` turns a record of the registry into the dataclasses of ``records``, by the field rules
of ``mapping`` and the value rules of ``values``; what cannot be used is a ``problems.Problem``.
``fingerprint`` tells whether a record says the same as last time.
"""
