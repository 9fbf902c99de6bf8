"""The versions, model, addresses and alarms of a stage."""

import json
from typing import Any

from botocore.exceptions import ClientError

from deploy_extras import model, names
from deploy_extras.cloud import Cloud, error_code, stored
from deploy_extras.packages import Packages
from deploy_extras.record import Record, find
from deploy_extras.stack import Stacks
from deploy_extras.trainer_stack import TrainerStack


def status(cloud: Cloud, stage: str) -> dict[str, Any]:
    """Return the status of a stage; `stack` is None if nothing is deployed."""
    stack = Stacks(cloud).find(names.stack(stage))
    found: dict[str, Any] = {"stage": stage, "account": cloud.account, "region": cloud.region, "stack": None}
    if stack is None:
        return found
    # By name and not from the outputs, which a stack has only once its creation succeeded.
    bucket = names.models_bucket(stage, cloud.account)
    resources = Record(cloud, bucket).load()
    pointer = model.live(cloud, bucket)
    package, packages = Packages(cloud, bucket).load()
    return found | {
        "stack": stack.status,
        "site": stack.outputs.get("SiteUrl"),
        "version": _version(cloud, names.site_bucket(stage, cloud.account)),
        "rest": (find(resources, "rest_api") or {}).get("rest_api_url"),
        "websocket": (find(resources, "websocket_api") or {}).get("websocket_api_url"),
        "model": json.loads(pointer)["version"] if pointer else None,
        "package": str(package) if package else None,
        "earlier": [str(each) for each in packages[packages.index(package) + 1 :]] if package else [],
        "functions": {name: _function(cloud, names.function(stage, name)) for name in names.FUNCTIONS},
        "trainer": TrainerStack(cloud, stage, Stacks(cloud)).describe(),
        "alarms": _alarms(cloud, stage),
    }


def lines(found: dict[str, Any]) -> list[str]:
    """Return a status as lines of text."""
    if found["stack"] is None:
        return [f"Stage {found['stage']} is not deployed in {found['region']}."]
    simple = [
        f"{key:10} {value if value is not None else '-'}"
        for key, value in found.items()
        if not isinstance(value, dict | list)
    ]
    earlier = [f"  {package}" for package in found["earlier"]]
    functions = [f"  {name:22} {value}" for name, value in found["functions"].items()]
    alarms = [f"  {name:40} {value}" for name, value in found["alarms"].items()]
    return [
        *simple,
        *(["earlier packages", *earlier] if earlier else []),
        "functions",
        *functions,
        "alarms",
        *alarms,
    ]


def _version(cloud: Cloud, bucket: str) -> str | None:
    body = stored(cloud.client("s3"), bucket, "config.json")
    return None if body is None else str(json.loads(body)["version"])


def _function(cloud: Cloud, name: str) -> str:
    try:
        found = cloud.client("lambda").get_function_configuration(FunctionName=name)
    except ClientError as error:
        if error_code(error) == "ResourceNotFoundException":
            return "missing"
        raise
    return (
        f"{found['Runtime']}, {found['MemorySize']} MB, {found['Timeout']} s, changed {found['LastModified']}"
    )


def _alarms(cloud: Cloud, stage: str) -> dict[str, str]:
    pages = cloud.client("cloudwatch").get_paginator("describe_alarms")
    found = [
        a for page in pages.paginate(AlarmNamePrefix=f"{names.stack(stage)}-") for a in page["MetricAlarms"]
    ]
    return {alarm["AlarmName"]: alarm["StateValue"] for alarm in found}
