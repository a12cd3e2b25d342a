"""Answers, put on the people they were asked for."""

from collections import defaultdict
from collections.abc import Iterable

from odoo.tools import SQL

from odoo.addons.g2p_registry_base.isolation import isolate

from ..meaning import catalogue
from ..meaning.answers import PersonAnswer
from .ledger import note_tokens


class Intake:
    """Takes in the answers of one call or one file.

    The nonce alone joins an answer to a person. Taking the same answer in twice changes nothing.
    A fixed number of look-ups and one create, whatever the size. A token that the registry does
    not accept keeps none of the others out.
    """

    def __init__(self, connector, answers: Iterable[PersonAnswer]):
        # sudo: the ledger and the tokens are written by this code alone, and only for people the
        # connector's user could read when they were sent.
        self._connector = connector.sudo()
        self._env = self._connector.env
        # A nonce that comes twice in one delivery counts once; the last one is as good.
        self._answers = {answer.nonce: answer for answer in answers}

    def run(self) -> None:
        """Write tokens and errors; close the requests that are complete.

        :raises AnotherWasQuicker: another worker gave one of these people a token; start over
        """
        lines = self._lines()
        self._quarantine_unknown(lines)
        with_token = {n: line for n, line in lines.items() if self._answers[n].token}
        self._take_tokens(with_token)
        self._take_errors({n: line for n, line in lines.items() if n not in with_token})
        requests = (line.request_id for line in lines.values())
        self._env["g2p.mts.request"].union(*requests)._settle()

    def _lines(self) -> dict[str, object]:
        """The lines of the nonces, locked: two callbacks for one person wait for each other."""
        found = self._env["g2p.mts.request.line"].search(
            [("nonce", "in", list(self._answers)), ("connector_id", "=", self._connector.id)],
            order="id",
        )
        query = "SELECT FROM g2p_mts_request_line WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
        self._env.execute_query(SQL(query, found.ids))
        return {line.nonce: line for line in found}

    def _quarantine_unknown(self, lines) -> None:
        unknown = [answer for nonce, answer in self._answers.items() if nonce not in lines]
        if unknown:
            reason = self._env._("Nobody was sent with this nonce.")
            self._env["g2p.mts.answer"]._quarantine(self._connector, unknown, reason)

    def _take_errors(self, lines) -> None:
        by_code = defaultdict(lambda: self._env["g2p.mts.request.line"])
        for nonce, line in lines.items():
            # An error never takes back a token, nor does a late one outdo a newer request.
            if line.state == "sent":
                by_code[self._answers[nonce].error] |= line
        for code, refused in by_code.items():
            refused._refuse(code)

    def _take_tokens(self, lines) -> None:
        held, holders = self._tokens_here(lines)
        new, later = {}, {}
        for nonce, line in lines.items():
            token, person = self._answers[nonce].token, line.partner_id
            if not person:
                continue
            if line.state == "answered":
                self._refuse_second(line, token)
            elif person in held:
                self._compare(line, held[person], token)
            elif person in new:
                later[nonce] = line
            elif holders.setdefault(token, person) != person:
                line._conflict(catalogue.TOKEN_OF_ANOTHER, token)
            else:
                new[person] = (line, token)
        self._create(list(new.values()))
        if later:  # somebody's second line: by now it is seen what the first one brought
            self._take_tokens(later)

    def _tokens_here(self, lines):
        """Tokens these people have, and who has any of these tokens: two statements."""
        id_type = self._connector._id_type("g2p_mts.uin_token_id_type")
        rows = self._env["g2p.reg.id"].with_context(active_test=False)
        people = [line.partner_id.id for line in lines.values()]
        tokens = [self._answers[nonce].token for nonce in lines]
        of_type = [("id_type", "=", id_type.id)]
        names = ["partner_id", "value"]
        held = rows.search_fetch([*of_type, ("partner_id", "in", people)], names)
        holders = rows.search_fetch([*of_type, ("value", "in", tokens)], names)
        return (
            {row.partner_id: row for row in held},
            {row.value: row.partner_id for row in holders},
        )

    def _compare(self, line, row, token: str) -> None:
        """The person has a token already: the same one is fine, another is not put over it."""
        if row.value == token:
            line._answer(row)
        elif not row.value:
            self._isolate([(line, token)], lambda some: self._fill(row, some))
        else:
            line._conflict(catalogue.TWO_TOKENS, token)

    def _fill(self, row, new) -> list[None]:
        [(line, token)] = new
        row.write({"value": token, **self._connector._token_values()})
        return [line._answer(row)]

    def _refuse_second(self, line, token: str) -> None:
        """The nonce was used: the same answer again is harmless, another one is kept apart."""
        if line.token_id.value != token:
            answer = PersonAnswer(line.nonce, token=token)
            reason = self._env._("This nonce has been answered with another token.")
            self._env["g2p.mts.answer"]._quarantine(self._connector, [answer], reason)

    def _create(self, new) -> None:
        if new:
            self._isolate(new, self._create_rows)

    def _create_rows(self, new) -> list[None]:
        rows = self._connector._create_tokens([(line.partner_id, token) for line, token in new])
        lines = self._env["g2p.mts.request.line"].union(*(line for line, _token in new))
        note_tokens(lines, rows)
        return [None] * len(new)

    def _isolate(self, new, work) -> None:
        """What an ID type does not accept becomes a conflict that somebody decides."""

        def refuse(pair, _error):
            line, token = pair
            line._conflict(catalogue.TOKEN_REFUSED, token)

        isolate(self._env, new, work, refuse)
