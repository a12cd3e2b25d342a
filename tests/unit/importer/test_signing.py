"""Signatures both ways. The sample registry checks and makes them with code of its own."""

import json
import time

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from wire.authentication import OAuth
from wire.client import SocialRegistry
from wire.errors import ConfigurationError
from wire.signing import SKEW, Signer, Verifier, private_key, public_key
from wire.transport import G2PConnectTransport

from tests.servers.social_registry.launcher import running

from .certificates import certificate_of, private_pem, public_pem
from .support import CANARY, FIRST, HOUSEHOLDS, Tokens, credentials, failure

KEYS = {
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
    "rs256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
}
STRANGER = ed25519.Ed25519PrivateKey.generate()


def signer(key):
    return Signer(private_key(private_pem(key)), "pbms.example.test", "key-1")


def verifier(key):
    return Verifier(public_key(public_pem(key)))


@pytest.fixture(scope="module", params=KEYS)
def signing(request, tmp_path_factory):
    """A registry that wants signed searches and signs its answers, both with the same key."""
    folder, key = tmp_path_factory.mktemp("keys"), KEYS[request.param]
    (folder / "public.pem").write_text(public_pem(key))
    (folder / "private.pem").write_text(private_pem(key))
    files = {"verify_key": folder / "public.pem", "sign_key": folder / "private.pem"}
    with running(households=3, **files) as registry:
        yield registry, key


def ask(registry, sign=None, check=None):
    proof = OAuth(Tokens(credentials(registry)))
    way = G2PConnectTransport(
        registry.search_url, proof, sender_id="pbms.example.test", signer=sign, verifier=check
    )
    with SocialRegistry(way) as source:
        return source.fetch(HOUSEHOLDS, FIRST).records


def test_a_signed_search_is_taken_and_the_signed_answer_believed(signing):
    registry, key = signing
    registry.reset()
    assert len(ask(registry, signer(key), verifier(key))) == 3
    signature = registry.log()[-1]["envelope"]["signature"]
    kind = next(name for name, one in KEYS.items() if one is key)
    assert signature.startswith(f'namespace="g2p", kidId="pbms.example.test|key-1|{kind}"')


def test_the_registry_refuses_an_unsigned_search(signing):
    registry, _key = signing
    registry.reset()
    error = failure(ConfigurationError, ask, registry)
    assert "err.signature.missing" in str(error)


def test_the_registry_refuses_the_key_of_a_stranger(tmp_path):
    (tmp_path / "public.pem").write_text(public_pem(KEYS["ed25519"]))
    with running(households=1, verify_key=tmp_path / "public.pem") as registry:
        error = failure(ConfigurationError, ask, registry, signer(STRANGER))
    assert "err.signature.invalid" in str(error)


def test_an_unsigned_answer_is_refused_where_a_key_is_given(signing):
    registry, key = signing
    registry.set_dials(unsigned=True)
    error = failure(ConfigurationError, ask, registry, signer(key), verifier(key))
    assert str(error).startswith("The answer is not signed.")
    assert len(ask(registry, signer(key))) == 3


def test_an_answer_changed_on_its_way_is_refused(signing):
    registry, key = signing
    registry.set_dials(tamper=["isGroup", "isGroupe"])
    error = failure(ConfigurationError, ask, registry, signer(key), verifier(key))
    assert "does not fit its content" in str(error)


def test_an_answer_signed_by_a_stranger_is_refused(tmp_path):
    (tmp_path / "private.pem").write_text(private_pem(STRANGER))
    with running(households=1, sign_key=tmp_path / "private.pem") as registry:
        error = failure(ConfigurationError, ask, registry, None, verifier(KEYS["ed25519"]))
        assert "the public key is not the registry's" in str(error)
        error = failure(ConfigurationError, ask, registry, None, verifier(KEYS["rs256"]))
        assert "by the method of its key (rs256)" in str(error)


@pytest.mark.parametrize("seconds", [-400 - SKEW, SKEW + 60])
def test_a_signature_of_another_time_is_refused(signing, seconds):
    registry, key = signing
    registry.set_dials(signed_at=int(time.time()) + seconds)
    error = failure(ConfigurationError, ask, registry, signer(key), verifier(key))
    assert "compare the clocks" in str(error)


@pytest.mark.parametrize(
    "signature",
    [None, "", "nonsense", 5, 'signature=""', 'algorithm="ed25519", signature="AAAA"'],
)
def test_what_is_no_signature_is_refused(signature):
    document = {"signature": signature, "header": {}, "message": {}}
    failure(ConfigurationError, verifier(STRANGER).check, document)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('headers="(created) (expires) digest"', 'headers="(created)"'),
        ('algorithm="ed25519"', 'algorithm="none"'),
        ('created="', 'created="-'),
        ('expires="', 'expires="x'),
        ('signature="', 'signature="%%'),
    ],
)
def test_each_part_of_a_signature_counts(old, new):
    document = {"header": {"a": "ñ"}, "message": {"b": [1, True, None]}}
    document["signature"] = signer(STRANGER).sign(document)
    verifier(STRANGER).check(document)
    document["signature"] = document["signature"].replace(old, new)
    failure(ConfigurationError, verifier(STRANGER).check, document)


def test_header_and_message_are_both_covered():
    document = {"header": {"a": 1}, "message": {"b": 2}}
    document["signature"] = signer(STRANGER).sign(document)
    for changed in ({"header": {"a": 2}}, {"message": {"b": 3}}, {"header": {"a": 1, "c": 1}}):
        failure(ConfigurationError, verifier(STRANGER).check, document | changed)


def test_how_json_was_written_does_not_matter():
    written = '{"header": {"b": 1.0, "a": 1e2}, "message": {"\\u20ac": [true, null, "\\u00e9"]}}'
    other = '{"message":{"€":[true,null,"é"]},"header":{"a":100,"b":1}}'
    document = json.loads(written)
    document["signature"] = signer(STRANGER).sign(document)
    verifier(STRANGER).check(json.loads(other) | {"signature": document["signature"]})


@pytest.mark.parametrize("value", ["\ud83d", 2**53, {"\ud83d": 1}, float("nan")])
def test_what_canonical_json_cannot_hold_is_said_and_not_quoted(value):
    document = {"header": {}, "message": {"name": CANARY, "value": value}}
    error = failure(ConfigurationError, signer(STRANGER).sign, document)
    assert "RFC 8785" in str(error)
    assert CANARY not in str(error)
    assert str(2**53) not in str(error)
    assert error.__cause__ is None


@pytest.mark.parametrize("text", ["", "word", CANARY, "-----BEGIN PRIVATE KEY-----\nAA\n"])
@pytest.mark.parametrize("read", [private_key, public_key])
def test_a_key_that_is_none_is_a_matter_of_settings(read, text):
    assert CANARY not in str(failure(ConfigurationError, read, text))


def test_keys_for_other_methods_are_refused():
    key = ec.generate_private_key(ec.SECP256R1())
    assert "Only Ed25519 and RSA" in str(failure(ConfigurationError, private_key, private_pem(key)))
    assert "Only Ed25519 and RSA" in str(failure(ConfigurationError, public_key, public_pem(key)))


def test_a_certificate_serves_as_public_key():
    pem = private_pem(KEYS["rs256"])
    text = certificate_of(KEYS["rs256"])
    document = {"header": {}, "message": {}}
    document["signature"] = Signer(private_key(pem), "", "").sign(document)
    Verifier(public_key(text)).check(document)


def test_no_representation_shows_the_key():
    assert "PRIVATE" not in repr(signer(STRANGER))
    assert "key=" not in repr(signer(STRANGER)).replace("key_id=", "")
