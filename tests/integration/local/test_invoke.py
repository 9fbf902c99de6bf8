"""Lambda's ``Invoke``, as boto3 calls it."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

NAME = "echo-dev-double"
ARN = f"arn:aws:lambda:us-east-1:000000000000:function:{NAME}"


def invoke(stack: Any, name: str, payload: Any, **options: Any) -> Any:
    return stack.client("lambda").invoke(FunctionName=name, Payload=json.dumps(payload), **options)


@pytest.mark.parametrize("name", [NAME, ARN, f"{NAME}:$LATEST"])
def test_request_response_returns_what_the_function_returned(stack: Any, name: str) -> None:
    before_ms = time.time() * 1000
    answer = invoke(stack, name, {"number": 21})
    after_ms = time.time() * 1000
    assert answer["StatusCode"] == 200 and answer["ExecutedVersion"] == "$LATEST"
    result = json.load(answer["Payload"])
    assert (result["double"], result["name"], result["arn"]) == (42, NAME, ARN)
    # One millisecond is lost to rounding.
    assert before_ms + 9_999 <= result["deadline_ms"] + 1 <= after_ms + 10_002


def test_an_exception_comes_back_as_a_function_error(stack: Any) -> None:
    answer = invoke(stack, NAME, {})
    error = json.load(answer["Payload"])
    assert answer["StatusCode"] == 200 and answer["FunctionError"] == "Unhandled"
    assert error["errorType"] == "KeyError" and "number" in error["errorMessage"] and error["stackTrace"]


def test_a_timeout_comes_back_worded_as_on_aws(stack: Any) -> None:
    answer = invoke(stack, "echo-dev-tardy", {"seconds": 30})
    assert answer["FunctionError"] == "Unhandled"
    assert json.load(answer["Payload"])["errorMessage"].endswith("Task timed out after 1.00 seconds")


def test_invoking_an_unknown_function_is_an_error(stack: Any) -> None:
    client = stack.client("lambda")
    with pytest.raises(client.exceptions.ResourceNotFoundException, match="Function not found"):
        client.invoke(FunctionName="echo-dev-nothing", Payload=b"{}")


def test_a_payload_that_is_not_json_is_refused(stack: Any) -> None:
    client = stack.client("lambda")
    with pytest.raises(client.exceptions.InvalidRequestContentException):
        client.invoke(FunctionName=NAME, Payload=b"{broken")


def test_a_payload_or_response_that_is_too_large_is_an_error(stack: Any) -> None:
    client = stack.client("lambda")
    with pytest.raises(client.exceptions.RequestTooLargeException):
        invoke(stack, NAME, {"text": "x" * (1024 * 1024)}, InvocationType="Event")
    answer = invoke(stack, "echo-dev-large", {"size": 6 * 1024 * 1024})
    assert json.load(answer["Payload"])["errorType"] == "Function.ResponseSizeTooLarge"


def test_dry_run_runs_nothing(stack: Any) -> None:
    assert invoke(stack, NAME, {}, InvocationType="DryRun")["StatusCode"] == 204


async def test_an_event_that_fails_is_retried_twice(stack: Any, tmp_path: Path, eventually: Any) -> None:
    file = tmp_path / "attempts"
    answer = invoke(stack, "echo-dev-flaky", {"file": str(file)}, InvocationType="Event")
    assert answer["StatusCode"] == 202 and answer["Payload"].read() == b""
    await eventually(lambda: "dropped after 3 attempts" in stack.output)
    assert file.read_text().count("attempt") == 3


async def test_a_function_invokes_another(stack: Any, session: Any) -> None:
    for kind, status in (("RequestResponse", 200), ("Event", 202)):
        async with session.post(f"{stack.rest_url}/lambda/{kind}", json={"number": 2}) as response:
            answer = await response.json()
        assert answer["status"] == status
    assert "payload" in answer


def test_an_error_carries_its_http_status(stack: Any) -> None:
    with pytest.raises(ClientError) as error:
        stack.client("lambda").invoke(FunctionName="nobody", Payload=b"{}")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404


async def test_web_pages_cannot_invoke(stack: Any, session: Any) -> None:
    url = f"{stack.lambda_url}/2015-03-31/functions/{NAME}/invocations"
    for headers in ({"Origin": "https://example.org"}, {"Host": "rebound.example.org"}):
        async with session.post(url, data=b"{}", headers=headers) as response:
            assert response.status == 403
