"""A gql transport that wraps each query in a G2P Connect search."""

from collections.abc import Callable

import requests
import requests.auth
from gql import GraphQLRequest
from gql.transport import Transport
from graphql import ExecutionResult, print_ast, strip_ignored_characters

from . import envelope, http, reply
from .errors import ConfigurationError
from .oauth import Token


class G2PConnectTransport(Transport):
    """Sends a GraphQL document to ``registry/sync/search`` and opens the answer.

    :param url: absolute address of the search
    :param token: gives the access token; called with ``renew=True`` once after a 401
    :param timeout: seconds, see :func:`http.post`
    :param sender_id: who asks, as the registry knows it; may be empty
    """

    def __init__(
        self,
        url: str,
        token: Callable[..., Token],
        *,
        timeout: float = 60.0,
        sender_id: str = "",
        allowed_in_clear: bool = False,
    ):
        self.url = url
        self.timeout = timeout
        self.sender_id = sender_id
        self._token = token
        self._allowed_in_clear = allowed_in_clear
        self._session = requests.Session()

    def execute(self, request: GraphQLRequest, *, is_group: bool, **_kwargs) -> ExecutionResult:
        """One search.

        :returns: ``data`` is ``reg_records``; ``extensions["answered_at"]`` the registry's clock
        :raises ConfigurationError, TemporaryError, RefusalError: see :mod:`errors`
        """
        query = strip_ignored_characters(print_ast(request.document))
        body = envelope.search_request(query, is_group=is_group, sender_id=self.sender_id)
        answer = envelope.read_response(http.read_json(self._post_authorised(body)))
        return ExecutionResult(answer.data, extensions={"answered_at": answer.answered_at})

    def close(self) -> None:
        self._session.close()

    def _post_authorised(self, body: dict) -> requests.Response:
        http.require_encryption(self.url, self._allowed_in_clear)
        response = self._post(body, self._token(renew=False))
        if response.status_code == 401:
            response = self._post(body, self._token(renew=True))
        if response.status_code == 401:
            words = reply.detail_of(response) or "no reason given"
            raise ConfigurationError(f"The registry does not accept our token (401): {words}")
        http.refuse_bad_status(response)
        return response

    def _post(self, body: dict, token: Token) -> requests.Response:
        return http.post(
            self._session,
            self.url,
            json=body,
            headers={"Accept": "application/json"},
            auth=_Bearer(token),
            timeout=self.timeout,
        )


class _Bearer(requests.auth.AuthBase):
    """Puts the token on a request. As a mere header it would give way to the machine's netrc."""

    def __init__(self, token: Token):
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._token.header
        return request
