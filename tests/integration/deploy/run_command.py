"""Runs a command of `deploy_extras`; its modules and the descriptions of AWS's services are loaded before."""

from collections.abc import Sequence
from functools import cache

import boto3
import botocore.session

from deploy_extras import cli

# A new session would read and parse the descriptions for itself.
botocore.session.create_loader = cache(botocore.session.create_loader)
_SERVICES = (
    *("apigateway", "apigatewayv2", "cloudformation", "cloudfront", "dynamodb", "iam", "lambda", "logs"),
    *("s3", "ssm", "sts"),
)
for service in _SERVICES:
    boto3.Session(region_name="us-east-1").client(service)


def main(arguments: Sequence[str]) -> int:
    """Run it; return its exit code."""
    return cli.main(arguments)
