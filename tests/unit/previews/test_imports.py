"""What fetches pages of others has nothing at hand that reaches AWS."""

from tests.unit.oidc.test_imports import loaded


def test_what_fetches_pages_knows_no_client_of_aws() -> None:
    found = loaded("import chalicelib.adapters.previews")
    assert "chalicelib.adapters.previews.fetching" in found
    assert not {name.partition(".")[0] for name in found} & {"botocore", "boto3", "urllib3"}
