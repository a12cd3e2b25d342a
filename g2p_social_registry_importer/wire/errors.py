"""What can go wrong on the wire, by what has to be decided next.

A message is meant for the person at the screen: it says what happened and what to do. It never
holds a secret, a token or personal data, because it is shown, logged and stored.
"""

from typing import Any


class RegistryError(Exception):
    """Base of every failure in talking to a Social Registry.

    `advice` says what to do when a run has failed by it; empty where the message says so.
    """

    advice = ""


class ConfigurationError(RegistryError):
    """Somebody has to change a setting here or at the registry; trying again will not help."""


class TemporaryError(RegistryError):
    """Trouble that is likely to pass: the same call may be made again.

    :param retry_after: seconds the registry asked to wait, or None when it did not say
    """

    advice = "Retry when it works again; if it does not, ask those who run it."

    def __init__(self, message: str, retry_after: float | None = None):
        super().__init__(message)
        self.retry_after = retry_after


class RefusalError(RegistryError):
    """The registry understood the call and declined it, in its own words."""

    advice = "Ask those who run the registry about it, then retry."


class QueryRefusal(RefusalError):
    """The registry could not carry out the query: its fault, or that of a row it met."""

    advice = "Correct the query and fetch again, or ask those who run the registry."


class MovedRowsError(RegistryError):
    """The rows of the registry moved so much that it is not known which are still to be fetched."""


class QueryError(ConfigurationError):
    """The GraphQL text cannot be used.

    :param line: counted from 1, or None when no single place is to blame
    :param column: counted from 1, or None
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None):
        place = f"Line {line}, column {column}: " if line else ""
        super().__init__(place + message)
        self.line = line
        self.column = column

    @classmethod
    def at(cls, node: Any, message: str) -> "QueryError":
        """An error that shows where a node of the parsed text begins.

        A node that the importer has put there is nowhere in the text.
        """
        if node is None or node.loc is None:
            return cls(message)
        place = node.loc.source.get_location(node.loc.start)
        return cls(message, place.line, place.column)
