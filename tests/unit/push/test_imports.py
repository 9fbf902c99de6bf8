"""What only a push or a preview of a link imports, above all the libraries of a push's encryption."""

from tests.unit.oidc.test_imports import loaded

HEAVY = {"joserfc", "cryptography", "chalicelib.adapters.push.encryption"}
OF_PUSHES = {"chalicelib.adapters.push", "chalicelib.service.pushing", "chalicelib.service.push_ports"}
OF_PREVIEWS = {
    "chalicelib.adapters.previews",
    "chalicelib.service.previewing",
    "chalicelib.service.preview_ports",
}
CHAT = "from chalicelib.wiring import chat\n"


def test_no_function_loads_anything_of_pushes_and_previews_when_it_starts() -> None:
    assert not loaded(f"import app\n{CHAT}chat()").intersection(HEAVY | OF_PUSHES | OF_PREVIEWS)


def test_the_rest_function_checks_a_browser_without_the_libraries() -> None:
    check = "from chalicelib.domain.pushing import PushAddress\n"
    check += "address = PushAddress('https://push.example.org/x', 'B' + 'A' * 86, 'A' * 22)\n"
    assert not loaded(f"{CHAT}{check}chat().house()\nchat().pushing()._pusher.check(address)") & HEAVY


def test_the_push_function_loads_them_for_a_push_alone() -> None:
    assert not loaded(f"{CHAT}chat().pushing()") & HEAVY
    assert loaded("import chalicelib.adapters.push.encryption") >= HEAVY
