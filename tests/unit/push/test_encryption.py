"""The encryption of pushes, by the example of RFC 8291 (appendix A) and its limits."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.adapters.push.encryption import decoded, encoded, encrypted, sealed
from chalicelib.domain.pushing import PushAddress

ADDRESS = PushAddress(
    "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "BTBZMqHH6r4Tts7J_aSIgg",
)
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6"
    "PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_rfc_is_encrypted_as_it_says() -> None:
    own = ec.derive_private_key(int.from_bytes(decoded(OWN), "big"), ec.SECP256R1())
    text = b"When I grow up, I want to be a watermelon"
    assert encoded(sealed(text, ADDRESS, own, decoded(SALT))) == SEALED


def test_each_push_has_a_key_and_a_salt_of_its_own() -> None:
    first, second = (encrypted(b"again", ADDRESS) for _ in range(2))
    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]


@pytest.mark.parametrize(
    ("payload", "address"),
    [(b"x" * 4080, ADDRESS), (b"x", ADDRESS._replace(p256dh=encoded(b"\x04" + b"\1" * 64)))],
    ids=["too long", "no point of the curve"],
)
def test_what_no_browser_could_read_is_refused(payload: bytes, address: PushAddress) -> None:
    with pytest.raises(ValueError, match=r"does not fit|curve|point|Invalid"):
        encrypted(payload, address)


def test_the_longest_payload_fits() -> None:
    assert len(encrypted(b"x" * 4079, ADDRESS)) == 86 + 4096
