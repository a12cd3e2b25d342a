"""Answers, put on the people they were asked for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from odoo.addons.g2p_registry_base.isolation import isolate

from ..meaning import catalogue
from ..meaning.answers import PersonAnswer
from ..meaning.states import OPEN
from . import asked
from .asked import Asked
from .ledger import LINE, note_tokens

#: A token has come for the nonce of these, though nobody may have decided about it yet.
_USED = ("answered", "conflict")


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
        # What comes twice in one delivery counts once; for a nonce, the last one is as good.
        distinct = dict.fromkeys(answers)
        self._answers = {answer.nonce: answer for answer in distinct if answer.nonce}
        self._nameless = [answer for answer in distinct if not answer.nonce]

    def run(self) -> None:
        """Write tokens and errors; close the requests that are complete.

        :raises AnotherWasQuicker: another worker gave one of these people a token; start over
        """
        lines = asked.lines(self._connector, self._answers)
        self._quarantine_unknown({line.nonce for line in lines})
        with_token = [line for line in lines if self._answers[line.nonce].token]
        self._close_deleted([line for line in with_token if not line.person])
        self._take_tokens([line for line in with_token if line.person])
        self._take_errors([line for line in lines if not self._answers[line.nonce].token])
        requests = sorted({line.request for line in lines})
        self._env["g2p.mts.request"].browse(requests)._settle()

    def _record(self, line: Asked):
        return self._env[LINE].browse(line.id)

    def _quarantine_unknown(self, known: set[str]) -> None:
        strange = [answer for nonce, answer in self._answers.items() if nonce not in known]
        unknown = [*self._nameless, *strange]
        if unknown:
            reason = self._env._("Nobody was sent with this nonce.")
            self._env["g2p.mts.answer"]._quarantine(self._connector, unknown, reason)

    def _take_errors(self, lines: Sequence[Asked]) -> None:
        by_code = defaultdict(list)
        for line in lines:
            # An error never takes back a token, nor does a late one outdo a newer request.
            if line.state == "sent":
                by_code[self._answers[line.nonce].error].append(line.id)
        for code, refused in by_code.items():
            self._env[LINE].browse(refused)._refuse(code)

    def _close_deleted(self, lines: Sequence[Asked]) -> None:
        """A token came for somebody who is not in the registry any more: nobody waits for it."""
        waiting = [line.id for line in lines if line.state in (*OPEN, "lost")]
        self._env[LINE].browse(waiting)._refuse(catalogue.PERSON_DELETED)

    def _take_tokens(self, lines: Sequence[Asked]) -> None:
        held, holders, echoes = asked.tokens(self._connector, self._pairs(lines))
        new, later = {}, []
        for line in lines:
            token, person = self._answers[line.nonce].token, line.person
            if self._is_no_use(line, token, echoes):
                continue
            if person in held:
                self._compare(line, held[person], token)
            elif person in new:
                later.append(line)
            elif holders.setdefault(token, person) != person:
                self._record(line)._conflict(catalogue.TOKEN_OF_ANOTHER, token)
            else:
                new[person] = (line, token)
        self._create(list(new.values()))
        if later:  # somebody's second line: by now it is seen what the first one brought
            self._take_tokens(later)

    def _is_no_use(self, line: Asked, token: str, echoes: set[tuple[int, str]]) -> bool:
        """Whether the token is not put on the person, whatever they have; then it is noted."""
        is_vid = (line.person, token) in echoes
        if line.state in _USED:
            self._refuse_second(line, "" if is_vid else token)
        elif is_vid:
            self._record(line)._refuse(catalogue.TOKEN_IS_VID)
        elif line.is_other_vid:
            self._record(line)._conflict(catalogue.VID_CHANGED, token)
        else:
            return False
        return True

    def _pairs(self, lines: Sequence[Asked]) -> list[tuple[int | None, str]]:
        return [(line.person, self._answers[line.nonce].token) for line in lines]

    def _compare(self, line: Asked, row_id: int, token: str) -> None:
        """The person has a token already: the same one is fine, another is not put over it."""
        record, row = self._record(line), self._env["g2p.reg.id"].browse(row_id)
        if row.value == token:
            record._answer(row)
        elif not row.value:
            self._isolate([(line, token)], lambda some: self._fill(row, some))
        else:
            record._conflict(catalogue.TWO_TOKENS, token)

    def _fill(self, row, new) -> list[None]:
        [(line, token)] = new
        row.write({"value": token, **self._connector._token_values()})
        return [self._record(line)._answer(row)]

    def _refuse_second(self, line: Asked, token: str) -> None:
        """The nonce was used: the same answer again is harmless, another one is kept apart.

        Neither takes it the place of one that somebody has to decide about, nor decides it.
        """
        record = self._record(line)
        first = record.offered_token if line.state == "conflict" else record.token_id.value
        if token != first:
            answer = PersonAnswer(line.nonce, token=token)
            reason = self._env._("This nonce has been answered with another token.")
            self._env["g2p.mts.answer"]._quarantine(self._connector, [answer], reason)

    def _create(self, new) -> None:
        if new:
            self._isolate(new, self._create_rows)

    def _create_rows(self, new) -> list[None]:
        people = self._env["res.partner"].browse([line.person for line, _token in new])
        tokens = [token for _line, token in new]
        rows = self._connector._create_tokens(zip(people, tokens, strict=True))
        note_tokens(self._env, [line.id for line, _token in new], rows)
        return [None] * len(new)

    def _isolate(self, new, work) -> None:
        """What an ID type does not accept becomes a conflict that somebody decides."""

        def refuse(pair, _error):
            line, token = pair
            self._record(line)._conflict(catalogue.TOKEN_REFUSED, token)

        isolate(self._env, new, work, refuse)
