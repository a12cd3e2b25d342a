"""What can be wrong with a connection, brought about with real sockets; each yields a call to make.

A fault is a generator: what it yields is a function that fails. They stand in the order in which
somebody meets them: the way there, the encryption, the login, the answer.
"""

from . import hosts, encryption, logins, replies  # isort: skip
from .catalogue import FAULTS

__all__ = ["FAULTS", "encryption", "hosts", "logins", "replies"]
