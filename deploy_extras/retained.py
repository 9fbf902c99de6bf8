"""What outlives a stack, the messages, the files and the models, and how the next stack imports it."""

import json
from typing import Any

from botocore.exceptions import ClientError

from deploy_extras import names, template
from deploy_extras.cloud import Cloud, error_code

Resource = dict[str, Any]


def resources(cloud: Cloud, stage: str) -> list[Resource]:
    """Return the retained resources of a stage that exist, in the form that an import takes."""
    table = f"{names.stack(stage)}-messages"
    found = []
    try:
        cloud.client("dynamodb").describe_table(TableName=table)
        found.append(_resource("MessagesTable", "AWS::DynamoDB::Table", "TableName", table))
    except ClientError as error:
        if error_code(error) != "ResourceNotFoundException":
            raise
    for logical, name_of in (("ModelsBucket", names.models_bucket), ("FilesBucket", names.files_bucket)):
        bucket = name_of(stage, cloud.account)
        try:
            cloud.client("s3").head_bucket(Bucket=bucket)
            found.append(_resource(logical, "AWS::S3::Bucket", "BucketName", bucket))
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                raise
    return found


def import_template(imported: list[Resource]) -> str:
    """Return the part of the template that an import may contain: the imported resources and no others."""
    whole = template.load()
    wanted = {resource["LogicalResourceId"] for resource in imported}
    kept = {name: resource for name, resource in whole["Resources"].items() if name in wanted}
    conditions = _named_in(whole["Conditions"], kept)
    used = _named_in(whole["Parameters"], [kept, conditions])
    return json.dumps(
        {
            "AWSTemplateFormatVersion": "2010-09-09",
            "Parameters": used,
            "Conditions": conditions,
            "Resources": kept,
        }
    )


def _named_in(section: Resource, part: Any) -> Resource:
    """Return those of a section of the template that a part of it names."""
    text = json.dumps(part)
    return {name: each for name, each in section.items() if f'"{name}"' in text or "${" + name + "}" in text}


def _resource(logical: str, kind: str, key: str, name: str) -> Resource:
    return {"LogicalResourceId": logical, "ResourceType": kind, "ResourceIdentifier": {key: name}}
