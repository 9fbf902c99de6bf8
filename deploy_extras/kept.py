"""What outlives a stack, the messages and the models, and how the next stack takes it over."""

import json
from typing import Any

from botocore.exceptions import ClientError

from deploy_extras import names
from deploy_extras.cloud import Cloud, code
from deploy_extras.pipeline import TEMPLATE
from local.emulator.template import load_template

Resource = dict[str, Any]


def existing(cloud: Cloud, stage: str) -> list[Resource]:
    """Return those kept resources of a stage that exist, as CloudFormation wants them named for an import."""
    table, bucket = f"{names.stack(stage)}-messages", names.models_bucket(stage, cloud.account)
    found = []
    try:
        cloud.client("dynamodb").describe_table(TableName=table)
        found.append(_resource("MessagesTable", "AWS::DynamoDB::Table", "TableName", table))
    except ClientError as error:
        if code(error) != "ResourceNotFoundException":
            raise
    try:
        cloud.client("s3").head_bucket(Bucket=bucket)
        found.append(_resource("ModelsBucket", "AWS::S3::Bucket", "BucketName", bucket))
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise
    return found


def template(resources: list[Resource]) -> str:
    """Return the part of the template that an import may have: nothing but what is imported."""
    whole = load_template(TEMPLATE)
    wanted = {resource["LogicalResourceId"] for resource in resources}
    kept = {name: resource for name, resource in whole["Resources"].items() if name in wanted}
    used = {
        name: parameter
        for name, parameter in whole["Parameters"].items()
        if f'"{name}"' in json.dumps(kept) or "${" + name + "}" in json.dumps(kept)
    }
    return json.dumps(
        {"AWSTemplateFormatVersion": "2010-09-09", "Parameters": used, "Resources": kept}, default=str
    )


def _resource(logical: str, kind: str, key: str, name: str) -> Resource:
    return {"LogicalResourceId": logical, "ResourceType": kind, "ResourceIdentifier": {key: name}}
