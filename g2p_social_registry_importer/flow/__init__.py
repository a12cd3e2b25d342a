"""How a page of registrants gets into the database.

``page_import`` reads the staged page, ``isolation`` keeps one bad record from stopping the rest,
``batch`` orders the steps for the records that go in together: ``matching`` finds who is known,
``people``, ``identifiers``, ``phones`` and ``memberships`` compare and write, ``links`` remembers
what was seen. Every step costs a fixed number of statements, however many records there are.
"""
