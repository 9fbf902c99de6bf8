"""QR codes, against the examples of ISO/IEC 18004 and what other encoders make."""

import hashlib

import pytest

from .conftest import Run

# Its annex I encodes "01234567" with version 1 and level M.
DATA = "10 20 0C 56 61 80 EC 11 EC 11 EC 11 EC 11 EC 11"
CORRECTION = "A5 24 D4 C1 ED 36 C7 87 2C 55"


def test_error_correction_is_that_of_the_standard(run: Run) -> None:
    made = run(
        "models/qr/codewords.js",
        "return codewords.remainder(argument, 10);",
        list(bytes.fromhex(DATA)),
    )
    assert bytes(made) == bytes.fromhex(CORRECTION)


def test_format_and_version_are_said_as_in_the_standard(run: Run) -> None:
    body = "return [symbol.formatBits(5), symbol.versionBits(7).toReversed()].map((bits) => bits.join(''));"
    assert run("models/qr/symbol.js", body) == ["100000011001110", "000111110010010100"]


@pytest.mark.parametrize(
    ("length", "side", "digest"),
    [
        (14, 21, "2242981083737d90"),
        (66, 37, "a442479a60462529"),
        (122, 45, "0ebcfeba2c04de9c"),
        (300, 69, "b16f3754c04b802b"),
        (412, 77, "577e4a0213d4c155"),
    ],
)
def test_a_symbol_is_the_one_that_other_encoders_make(run: Run, length: int, side: int, digest: str) -> None:
    text = ("https://chat.example.org/#/device/" + "Ab3_-" * 100)[:length]
    body = "return qr_code.qrCode(argument, 3).map((row) => row.map(Number).join(''));"
    rows = run("models/qr/qr_code.js", body, text)
    assert len(rows) == side
    assert hashlib.sha256("".join(rows).encode()).hexdigest()[:16] == digest


def test_what_does_not_fit_is_said(run: Run) -> None:
    body = "try { qr_code.qrCode('x'.repeat(500)); } catch (error) { return error.message; }"
    assert run("models/qr/qr_code.js", body) == "500 bytes do not fit into a QR code of version 15."
