"""What the page takes for an answer of the service."""

from typing import Any

import pytest

from .conftest import Run


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("new Response('{\"rooms\": []}')", {"rooms": []}),
        ("new Response(null, { status: 204 })", {}),
        ('new Response(\'{"rooms": [{"ro\')', "unreachable"),
        ("new Response('<title>Please sign in to this network</title>')", "unreachable"),
        (
            "new Response(new ReadableStream({ pull: (it) => it.error(new TypeError('cut off')) }))",
            "unreachable",
        ),
        ("new Response('<h1>Bad gateway</h1>', { status: 502 })", "unavailable"),
        ('new Response(\'{"code": "not_found", "message": "no"}\', { status: 404 })', "not_found"),
    ],
)
def test_an_answer_that_is_cut_off_or_from_somebody_else_is_no_answer(
    run: Run, answer: str, found: str | dict[str, Any]
) -> None:
    body = (
        f"const fetch = globalThis.fetch; globalThis.fetch = async () => {answer}; "
        "try { return await new api.Api('').call('GET', '/rooms'); } catch (error) { return error.code; } "
        "finally { globalThis.fetch = fetch; }"
    )
    assert run("models/api.js", body) == found
