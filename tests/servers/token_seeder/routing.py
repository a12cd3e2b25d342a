"""Which call is answered by which part of the application."""

from werkzeug.routing import Map, Rule


def routes(prefix: str, *, sync: bool) -> Map:
    """Return the calls below `prefix`; a server in synchronous mode has fewer."""

    def rule(path: str, endpoint: str, method: str, **defaults: str) -> Rule:
        return Rule(f"{prefix}{path}", endpoint=endpoint, methods=[method], defaults=defaults)

    ways = ("json", "csv", "odk")
    submissions = [rule(f"/authtoken/{kind}", "submit", "POST", kind=kind) for kind in ways]
    return Map(
        [
            *([rule("/authtoken/json", "sync", "POST")] if sync else submissions),
            rule("/authtoken/status/<identifier>", "status", "GET"),
            rule("/authtoken/file/<identifier>", "file", "GET"),
            rule("/authtoken/authfields", "authfields", "GET"),
            rule("/ping", "ping", "GET"),
            Rule("/odk/v1/sessions", endpoint="odk_session", methods=["POST"]),
            Rule(
                "/odk/v1/projects/<project>/forms/<form>.svc/Submissions",
                endpoint="odk_submissions",
                methods=["GET"],
            ),
            Rule("/control/<path:what>", endpoint="control"),
        ],
        merge_slashes=False,
        strict_slashes=False,
        redirect_defaults=False,
    )
