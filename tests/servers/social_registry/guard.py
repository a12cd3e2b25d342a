"""Who may search: by a token of our own issuer, or by a proof agreed beforehand."""

from collections.abc import Callable
from hmac import compare_digest

from werkzeug import Request

from tests.servers.answers import Refusal

from .oauth import Issuer
from .options import Options

Check = Callable[[Request, int | None], None]


def guard(options: Options, issuer: Issuer) -> Check:
    """Return what checks a request and how often its token was used. It raises Refusal (401)."""
    if options.basic:
        return lambda request, _uses: _basic(request, options.basic)
    if options.api_key:
        return lambda request, _uses: _api_key(request, options.api_key)
    if options.fixed_token:
        wanted = f"Bearer {options.fixed_token}"
        return lambda request, _uses: _same(
            request.headers.get("Authorization", ""), wanted, "Invalid Access Token"
        )
    return lambda request, uses: issuer.verify(request.headers.get("Authorization"), uses)


def _basic(request: Request, wanted: str) -> None:
    given = request.authorization
    pair = f"{given.username}:{given.password}" if given and given.type == "basic" else ""
    _same(pair, wanted, "Bad credentials")


def _api_key(request: Request, wanted: str) -> None:
    name, _, key = wanted.partition("=")
    _same(request.headers.get(name, ""), key, "Invalid API key")


def _same(given: str, wanted: str, words: str) -> None:
    if not compare_digest(given.encode(), wanted.encode()):
        raise Refusal(401, words)
