"""APIs that exist without a record, because a run was interrupted before Chalice wrote it."""

from typing import Any

from deploy_extras import names
from deploy_extras.cloud import Cloud
from deploy_extras.console import say
from deploy_extras.record import Resource, find


def adopt(cloud: Cloud, stage: str, resources: list[Resource]) -> list[Resource]:
    """Return the record with the APIs of this stage that it lacks, so that none is created twice."""
    found = list(resources)
    if find(found, "rest_api") is None:
        api = _rest_api(cloud, stage)
        if api is not None:
            say(f"an earlier run left the REST API {api}: continuing with it")
            found.append({"name": "rest_api", "resource_type": "rest_api", "rest_api_id": api})
    if find(found, "websocket_api") is None:
        api = _websocket_api(cloud, stage)
        if api is not None:
            say(f"an earlier run left the WebSocket API {api}: continuing with it")
            found.append({"name": "websocket_api", "resource_type": "websocket_api", "websocket_api_id": api})
    return found


def _rest_api(cloud: Cloud, stage: str) -> str | None:
    """Return the REST API whose methods call this stage's function; all stages share the API's name."""
    client = cloud.client("apigateway")
    function = f":function:{names.function(stage, 'api_handler')}/"
    for page in client.get_paginator("get_rest_apis").paginate():
        for api in page["items"]:
            if api["name"] == names.APP and function in str(_methods(client, api["id"])):
                return str(api["id"])
    return None


def _methods(client: Any, api: str) -> list[Any]:
    pages = client.get_paginator("get_resources").paginate(restApiId=api, embed=["methods"])
    return [resource for page in pages for resource in page["items"]]


def _websocket_api(cloud: Cloud, stage: str) -> str | None:
    client = cloud.client("apigatewayv2")
    wanted = names.websocket_api(stage)
    pages = client.get_paginator("get_apis").paginate()
    for api in [a for page in pages for a in page["Items"] if a["Name"] == wanted]:
        stages = client.get_stages(ApiId=api["ApiId"])["Items"]
        if any(s["StageName"] == names.API_STAGE for s in stages):
            return str(api["ApiId"])
        # Chalice creates the stage last, and never for an API that exists: this one never served anybody.
        say(f"an earlier run left the WebSocket API {api['ApiId']} without a stage: removing it")
        client.delete_api(ApiId=api["ApiId"])
    return None
