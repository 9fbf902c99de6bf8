"""Everything that a deployment created, in a form in which two deployments can be compared."""

import json
from typing import Any

from chalicelib.domain.codes import HashedCode
from deploy_extras import names
from tests.integration.deploy import emulators
from tests.integration.deploy.deployed import STAGE, Deployed

MODELS = names.models_bucket(STAGE, emulators.ACCOUNT)
SITE = f"undertone-{STAGE}-site-{emulators.ACCOUNT}"


def snapshot(deployed: Deployed) -> dict[str, Any]:
    """Return all resources by their kind; random ids are replaced by numbered names."""
    apis = [api["ApiId"] for api in deployed.client("apigatewayv2").get_apis()["Items"]]
    rests = [api["id"] for api in deployed.client("apigateway").get_rest_apis()["items"]]
    site = deployed.client("cloudfront").list_distributions()["DistributionList"].get("Items", [])
    found = {
        "REST APIs": {api: _rest_api(deployed, api) for api in rests},
        "WebSocket APIs": {api: _websocket_api(deployed, api) for api in apis},
        "functions": {name: _function(deployed, name) for name in _functions(deployed)},
        "roles": _roles(deployed),
        "logs": _logs(deployed),
        "record": _record(deployed),
        "stack": _stack(deployed),
        "model": sorted(_objects(deployed, MODELS)),
        "site": _objects(deployed, SITE),
    }
    text = json.dumps(found, sort_keys=True, default=str)
    ids = {
        **{api: f"REST-{n}" for n, api in enumerate(rests)},
        **{api: f"WEBSOCKET-{n}" for n, api in enumerate(apis)},
        **{each["DomainName"]: f"SITE-{n}" for n, each in enumerate(site)},
        **{each["Id"]: f"DISTRIBUTION-{n}" for n, each in enumerate(site)},
    }
    for identifier, name in ids.items():
        text = text.replace(identifier, name)
    named: dict[str, Any] = json.loads(text)
    return named


def leftovers(deployed: Deployed) -> list[str]:
    """Return the names of all resources that cost money or would collide with another deployment."""
    stacks = deployed.client("cloudformation").describe_stacks()["Stacks"]
    return [
        *_functions(deployed),
        *_roles(deployed),
        *_logs(deployed),
        *(api["name"] for api in deployed.client("apigateway").get_rest_apis()["items"]),
        *(api["Name"] for api in deployed.client("apigatewayv2").get_apis()["Items"]),
        *(each["StackName"] for each in stacks if each["StackStatus"] != "DELETE_COMPLETE"),
        *deployed.client("dynamodb").list_tables()["TableNames"],
        *(each["Name"] for each in deployed.client("s3").list_buckets()["Buckets"]),
    ]


def _functions(deployed: Deployed) -> list[str]:
    return [each["FunctionName"] for each in deployed.client("lambda").list_functions()["Functions"]]


def _rest_api(deployed: Deployed, api: str) -> dict[str, Any]:
    client = deployed.client("apigateway")
    resources = client.get_resources(restApiId=api, limit=100, embed=["methods"])["items"]
    return {
        "routes": {
            each["path"]: {
                method: found.get("methodIntegration", {}).get("uri")
                for method, found in each.get("resourceMethods", {}).items()
            }
            for each in resources
        },
        "stages": {
            each["stageName"]: each["methodSettings"] for each in client.get_stages(restApiId=api)["item"]
        },
        "answers": {
            each["responseType"]: each["responseParameters"]
            for each in client.get_gateway_responses(restApiId=api)["items"]
        },
    }


def _websocket_api(deployed: Deployed, api: str) -> dict[str, Any]:
    client = deployed.client("apigatewayv2")
    targets = {
        f"integrations/{each['IntegrationId']}": each["IntegrationUri"]
        for each in client.get_integrations(ApiId=api)["Items"]
    }
    routes = client.get_routes(ApiId=api)["Items"]
    return {
        "routes": {each["RouteKey"]: targets[each["Target"]] for each in routes},
        "integrations": sorted(targets.values()),
        "stages": {
            each["StageName"]: [each.get("DefaultRouteSettings"), each.get("RouteSettings")]
            for each in client.get_stages(ApiId=api)["Items"]
        },
    }


def _function(deployed: Deployed, name: str) -> dict[str, Any]:
    client = deployed.client("lambda")
    found = client.get_function_configuration(FunctionName=name)
    kept = (
        "Handler",
        "Runtime",
        "MemorySize",
        "Timeout",
        "Role",
        "Environment",
        "CodeSha256",
        "State",
        "Architectures",
    )
    policy: dict[str, Any] = {"Statement": []}
    if name not in {
        names.function(STAGE, one) for one in ("deliver", "push", "call", "purge", "preview")
    }:  # no API calls these
        policy = json.loads(client.get_policy(FunctionName=name)["Policy"])
    recursion = client.get_function_recursion_config(FunctionName=name)["RecursiveLoop"]
    # Chalice gives every statement a random Sid.
    permissions = [{k: v for k, v in each.items() if k != "Sid"} for each in policy["Statement"]]
    variables = found["Environment"]["Variables"]
    if "ACCESS_CODE_HASH" in variables:  # it has a random salt
        variables["ACCESS_CODE_HASH"] = HashedCode.parse(variables["ACCESS_CODE_HASH"]).admits("sesame")
    return {key: found[key] for key in (*kept, "LoggingConfig")} | {
        "permissions": permissions,
        "recursion": recursion,
    }


def _roles(deployed: Deployed) -> dict[str, Any]:
    iam = deployed.client("iam")
    roles = [each["RoleName"] for each in iam.list_roles()["Roles"]]
    return {
        role: {
            policy: iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
            for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]
        }
        for role in roles
    }


def _logs(deployed: Deployed) -> dict[str, int | None]:
    groups = deployed.client("logs").describe_log_groups()["logGroups"]
    return {each["logGroupName"]: each.get("retentionInDays") for each in groups}


def _record(deployed: Deployed) -> list[dict[str, Any]]:
    body = deployed.client("s3").get_object(Bucket=MODELS, Key="deployment/chalice.json")["Body"].read()
    resources: list[dict[str, Any]] = json.loads(body)["resources"]
    return sorted(resources, key=lambda resource: str(resource["name"]))


def _stack(deployed: Deployed) -> dict[str, Any]:
    client = deployed.client("cloudformation")
    [found] = [s for s in client.describe_stacks()["Stacks"] if s["StackStatus"] != "DELETE_COMPLETE"]
    resources = client.describe_stack_resources(StackName=found["StackName"])["StackResources"]
    return {
        "outputs": {each["OutputKey"]: each["OutputValue"] for each in found["Outputs"]},
        "parameters": {
            each["ParameterKey"]: each["ParameterValue"]
            for each in found["Parameters"]
            if each["ParameterKey"] not in ("AccessCodeHash", "AdminCodeHash")
        },
        "resources": sorted(each["LogicalResourceId"] for each in resources),
    }


def _objects(deployed: Deployed, bucket: str) -> dict[str, list[str | None]]:
    s3 = deployed.client("s3")
    keys = [each["Key"] for each in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
    found = {key: s3.get_object(Bucket=bucket, Key=key) for key in keys}
    return {
        key: [each["ContentType"], each.get("CacheControl"), _content(each)] for key, each in found.items()
    }


def _content(found: dict[str, Any]) -> str:
    """Return the text of a small object, such as `config.json` with its ids, else its hash."""
    small = found["ContentLength"] < 1000
    return str(found["Body"].read().decode("utf-8", "replace")) if small else str(found["ETag"])
