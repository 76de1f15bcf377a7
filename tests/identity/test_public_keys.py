from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from services.identity.public_keys import public_key, public_keys, thumbprint

RFC_8037 = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}


def okp(**more: object) -> dict[str, Any]:
    return {**OKPAlgorithm.to_jwk(ed25519.Ed25519PrivateKey.generate().public_key(), as_dict=True), "kid": "a", **more}


def rsa_key(bits: int) -> dict[str, Any]:
    jwk = RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, bits).public_key(), as_dict=True)
    return {**jwk, "kid": "a"}


def ec_key(curve: ec.EllipticCurve) -> dict[str, Any]:
    return {**ECAlgorithm.to_jwk(ec.generate_private_key(curve).public_key(), as_dict=True), "kid": "a"}


def test_a_thumbprint_is_that_of_the_rfcs() -> None:
    assert thumbprint(RFC_8037) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_the_key_decides_the_algorithm() -> None:
    jwks = (okp(), rsa_key(2048), ec_key(ec.SECP256R1()))
    assert [key.algorithm for jwk in jwks if (key := public_key(jwk))] == ["EdDSA", "RS256", "ES256"]


UNUSABLE = {
    "a shared secret": {"kty": "oct", "k": "c2VjcmV0", "kid": "a", "alg": "HS256"},
    "a private key": okp(d="AAAA"),
    "a secret beside it": okp(k="AAAA"),
    "for encryption": okp(use="enc"),
    "of another algorithm": okp(alg="ES256"),
    "of several algorithms": okp(alg=["EdDSA"]),
    "for signing": okp(key_ops=["sign"]),
    "for seven": okp(key_ops=7),
    "without a name": okp(kid=None),
    "with an empty name": okp(kid=""),
    "with a number for a name": okp(kid=1),
    "whose x is a number": okp(x=1),
    "whose x is short": okp(x="AA"),
    "on Ed448": okp(crv="Ed448"),
    "on a list of curves": okp(crv=["Ed25519"]),
    "a short RSA key": rsa_key(1024),
    "half an RSA key": {"kty": "RSA", "kid": "a", "n": "AQAB"},
    "on P-384": ec_key(ec.SECP384R1()),
    "off the curve": {"kty": "EC", "crv": "P-256", "kid": "a", "x": "AA", "y": "AA"},
    "nothing": {},
}


@pytest.mark.parametrize("jwk", UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_verify_a_token_here_is_left_out(jwk: dict[str, Any]) -> None:
    assert public_key(jwk) is None
    assert public_keys({"keys": [jwk, RFC_8037 | {"kid": "good"}]}).keys() == {"good"}


@pytest.mark.parametrize("document", [None, [], {}, {"keys": None}, {"keys": {}}, {"keys": [1, "a", None]}])
def test_what_is_no_key_set_holds_no_key(document: object) -> None:
    assert public_keys(document) == {}
