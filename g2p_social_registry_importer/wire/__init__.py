"""Talking to a Social Registry: no Odoo in here.

The query is a syntax tree (``query``), the G2P Connect envelope is checked both ways
(``envelope``), the token comes from OAuth 2.0 (``oauth``), and every way a call can fail becomes
one of the few decisions in ``errors``.
"""
