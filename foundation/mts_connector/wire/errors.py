"""What can go wrong with an MTS, by what has to be decided next.

A message is meant for the person at the screen. It quotes an MTS by error code and never by its
texts, for these may repeat what was sent: personal data.
"""


class MTSError(Exception):
    """Base of every failure in talking to an MTS."""

    #: Whether what was to be sent may have left this machine.
    may_have_left = True


class ConfigurationError(MTSError):
    """Somebody has to change a setting, here or at the MTS; trying again will not help."""


class AddressError(ConfigurationError):
    """The address cannot be used, or is not to be trusted: nothing has left."""

    may_have_left = False


class TemporaryError(MTSError):
    """Trouble that is likely to pass: the same call may be made again.

    :param retry_after: seconds the MTS asked to wait, or None when it did not say
    """

    def __init__(self, message: str, retry_after: float | None = None):
        super().__init__(message)
        self.retry_after = retry_after


class UnreachableError(TemporaryError):
    """There was no connection: nothing has left."""

    may_have_left = False


class UnansweredError(TemporaryError):
    """The call was made, and no whole answer came: a time-out, or the connection was cut."""


class ServerError(TemporaryError):
    """The MTS answered that it failed (5xx): through a fault of its own, of somebody it asks, or
    of what it was sent. It does not say which."""


class RefusalError(MTSError):
    """The MTS understood the submission and declined it.

    :param codes: the error codes of the MTS, such as ``ATS-REQ-102``
    """

    def __init__(self, message: str, codes: tuple[str, ...] = ()):
        super().__init__(message)
        self.codes = codes


class ForgottenError(MTSError):
    """The MTS does not know the request (any more): its results are lost."""
