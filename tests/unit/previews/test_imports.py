"""What previews of links need is loaded by the functions that need it."""

from tests.unit.oidc.test_imports import loaded

OF_PREVIEWS = {
    "chalicelib.adapters.previews",
    "chalicelib.service.previewing",
    "chalicelib.service.preview_ports",
}
CHAT = "from chalicelib.wiring import chat\n"


def test_no_function_loads_anything_of_previews_when_it_starts() -> None:
    assert not loaded(f"import app\n{CHAT}chat()").intersection(OF_PREVIEWS)


def test_what_fetches_pages_knows_no_client_of_aws() -> None:
    found = loaded("import chalicelib.adapters.previews")
    assert "chalicelib.adapters.previews.fetching" in found
    assert not {name.partition(".")[0] for name in found} & {"botocore", "boto3", "urllib3"}
