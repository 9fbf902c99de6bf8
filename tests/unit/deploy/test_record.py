"""Chalice's record, and APIs that an interrupted run left without one."""

import json

import pytest

from deploy_extras.adopt import adopt
from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError
from deploy_extras.record import Record, find
from tests.unit.deploy.stage import BUCKET


@pytest.fixture
def record(cloud: Cloud) -> Record:
    return Record(cloud, BUCKET)


def test_the_record_is_empty_before_the_first_deployment(record: Record) -> None:
    assert record.load() == []


def test_what_one_machine_saves_another_loads(cloud: Cloud, record: Record) -> None:
    record.save([{"name": "rest_api", "rest_api_id": "abc"}])
    assert find(Record(cloud, BUCKET).load(), "rest_api") == {"name": "rest_api", "rest_api_id": "abc"}
    record.forget()
    assert record.load() == []


def test_two_machines_cannot_deploy_at_the_same_time(cloud: Cloud, record: Record) -> None:
    other = Record(cloud, BUCKET)
    refused = pytest.raises(DeployError, match=r"ada@laptop since .*UNLOCK=yes")
    with record.locked("ada@laptop"), refused, other.locked("ben@desk"):
        pass
    with other.locked("ben@desk"):
        pass


def test_the_lock_is_released_when_a_deployment_fails(record: Record) -> None:
    with pytest.raises(RuntimeError), record.locked("ada@laptop"):
        raise RuntimeError
    with record.locked("ada@laptop"):
        pass


def test_the_lock_of_a_killed_run_can_be_broken(cloud: Cloud, record: Record) -> None:
    cloud.client("s3").put_object(Bucket=BUCKET, Key="deployment/lock", Body=b"dead@machine")
    with record.locked("ada@laptop", force=True):
        pass


def rest_api(cloud: Cloud, function: str) -> str:
    client = cloud.client("apigateway")
    api = client.create_rest_api(name="undertone")["id"]
    root = client.get_resources(restApiId=api)["items"][0]["id"]
    client.put_method(restApiId=api, resourceId=root, httpMethod="GET", authorizationType="NONE")
    arn = f"arn:aws:lambda:us-east-1:123456789012:function:{function}"
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations"
    client.put_integration(
        restApiId=api,
        resourceId=root,
        httpMethod="GET",
        type="AWS_PROXY",
        integrationHttpMethod="POST",
        uri=uri,
    )
    return str(api)


def websocket_api(cloud: Cloud, name: str, *, stage: str | None) -> str:
    client = cloud.client("apigatewayv2")
    api = client.create_api(
        Name=name, ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
    )["ApiId"]
    if stage:
        client.create_stage(ApiId=api, StageName=stage)
    return str(api)


def test_apis_without_a_record_are_adopted(cloud: Cloud) -> None:
    rest = rest_api(cloud, "undertone-dev")
    websocket = websocket_api(cloud, "undertone-dev-websocket-api", stage="api")
    found = adopt(cloud, "dev", [])
    assert {r["name"]: r.get("rest_api_id") or r.get("websocket_api_id") for r in found} == {
        "rest_api": rest,
        "websocket_api": websocket,
    }


def test_another_stages_apis_are_left_alone(cloud: Cloud) -> None:
    rest_api(cloud, "undertone-prod")
    websocket_api(cloud, "undertone-prod-websocket-api", stage="api")
    assert adopt(cloud, "dev", []) == []


def test_a_websocket_api_without_a_stage_is_removed(cloud: Cloud) -> None:
    websocket_api(cloud, "undertone-dev-websocket-api", stage=None)
    assert adopt(cloud, "dev", []) == []
    assert cloud.client("apigatewayv2").get_apis()["Items"] == []


def test_a_complete_record_is_left_unchanged(cloud: Cloud) -> None:
    known = [
        {"name": "rest_api", "rest_api_id": "abc"},
        {"name": "websocket_api", "websocket_api_id": "def"},
    ]
    rest_api(cloud, "undertone-dev")
    assert json.dumps(adopt(cloud, "dev", known)) == json.dumps(known)
