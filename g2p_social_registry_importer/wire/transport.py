"""The two ways in which a query travels; to gql both are transports."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
from gql import GraphQLRequest
from gql.transport import Transport
from graphql import DocumentNode, ExecutionResult, print_ast, strip_ignored_characters

from . import envelope, http, reply
from .authentication import Authentication
from .connection import Connection
from .dialect import Dialect
from .errors import ConfigurationError, QueryRefusal, RefusalError
from .signing import Signer, Verifier


class RegistryTransport(Transport):
    """Posts JSON with a proof of who asks; a 401 is tried once more with a renewed proof.

    gql has such a transport of its own, over ``requests`` too. It is not used, because it writes
    query and answer, which is people's data, to the log, and drops the registry's own words.

    :param url: absolute address of the search
    """

    accept = "application/json"

    def __init__(
        self, url: str, authentication: Authentication, connection: Connection | None = None
    ):
        self.url = url
        self._authentication = authentication
        self._connection = connection or Connection()
        self._session = requests.Session()
        self._is_equipped = False

    def connect(self) -> None:
        """:raises ConfigurationError: a certificate or key of the connection cannot be used"""
        if not self._is_equipped:
            self._connection.equip(self._session)
            self._is_equipped = True

    def close(self) -> None:
        self._session.close()

    def _ask(self, body: dict) -> requests.Response:
        """The answer, with a status of success."""
        self.connect()
        http.require_encryption(self.url, self._connection.allowed_in_clear)
        response = self._post(body, self._authentication.header())
        if response.status_code == 401 and (proof := self._authentication.renewed()):
            response = self._post(body, proof)
        if response.status_code == 401:
            raise ConfigurationError(self._unwelcome(response))
        http.refuse_bad_status(response)
        return response

    def _post(self, body: dict, proof) -> requests.Response:
        headers = {"Accept": self.accept}
        return http.post(self._session, self.url, json=body, headers=headers, auth=proof)

    def _unwelcome(self, response: requests.Response) -> str:
        own = self._authentication
        words = reply.detail_of(response) or "no reason given"
        refusal = reply.closed(f"The registry does not accept our {own.what} (401): {words}")
        return f"{refusal} {own.advice}".strip()


class G2PConnectTransport(RegistryTransport):
    """Wraps each query in a G2P Connect search and opens the answer.

    :param sender_id: who asks, as the registry knows it; may be empty
    :param signer: signs what is sent; None: it goes unsigned
    :param verifier: checks the signature of what comes back; None: nobody looks at it
    """

    def __init__(
        self,
        url: str,
        authentication: Authentication,
        connection: Connection | None = None,
        *,
        sender_id: str = "",
        signer: Signer | None = None,
        verifier: Verifier | None = None,
    ):
        super().__init__(url, authentication, connection)
        self.sender_id = sender_id
        self._signer = signer
        self._verifier = verifier

    def execute(self, request: GraphQLRequest, *, is_group: bool, **_kwargs) -> ExecutionResult:
        """One search.

        :returns: ``data`` is ``reg_records``; ``extensions["answered_at"]`` the registry's clock
        :raises ConfigurationError, TemporaryError, RefusalError: see :mod:`errors`
        """
        body = envelope.search_request(
            _text(request.document),
            is_group=is_group,
            sender_id=self.sender_id,
            signer=self._signer,
        )
        document = http.read_json(self._ask(body))
        answer = envelope.read_response(document, self._verifier, body["signature"])
        return ExecutionResult(answer.data, extensions={"answered_at": answer.answered_at})


class GraphQLTransport(RegistryTransport):
    """Sends each query as it is (GraphQL over HTTP), in the registry's own names."""

    accept = "application/graphql-response+json, application/json"

    def __init__(
        self,
        url: str,
        authentication: Authentication,
        connection: Connection | None = None,
        *,
        dialect: Dialect | None = None,
    ):
        super().__init__(url, authentication, connection)
        self._dialect = dialect or Dialect()

    def execute(self, request: GraphQLRequest, **_kwargs) -> ExecutionResult:
        """One query.

        :returns: ``data`` in OpenG2P's names; ``extensions["answered_at"]`` is the ``Date`` of
            the answer, to the second
        :raises ConfigurationError, TemporaryError, RefusalError: see :mod:`errors`
        """
        query = _text(self._dialect.outward(request.document))
        response = self._ask({"query": query})
        data = _data_of(http.read_json(response))
        moment = {"answered_at": _date_of(response)}
        return ExecutionResult(self._dialect.inward(data), extensions=moment)


def _text(document: DocumentNode) -> str:
    return strip_ignored_characters(print_ast(document))


def _data_of(answer: object) -> dict:
    """What was asked for. Half an answer is none: who is missing in it would look gone."""
    if not isinstance(answer, dict) or not answer.keys() & {"data", "errors"}:
        raise ConfigurationError(
            "The answer is no GraphQL answer: it has neither data nor errors. Check URL, path "
            "and protocol."
        )
    if answer.get("errors"):
        words = reply.words_of(answer) or "no reason given"
        raise QueryRefusal(f"The registry refused the query: {words}")
    if not isinstance(answer.get("data"), dict):
        raise RefusalError("The registry reported success but sent no data.")
    return answer["data"]


def _date_of(response: requests.Response) -> datetime | None:
    try:
        moment = parsedate_to_datetime(response.headers.get("Date", ""))
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
