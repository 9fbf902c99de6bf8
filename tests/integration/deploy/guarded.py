"""The storage and the WebSocket API of a stage behind IAM, and its functions with their own roles."""

import json
import os
from typing import Any

import boto3

from deploy_extras import names, policies
from deploy_extras.package import APP
from deploy_extras.template import TEMPLATE
from local.emulator.cloudformation import apply_template
from tests.integration.deploy import emulators
from tests.integration.deploy.forks import Forks

_HANDLERS = {
    "api_handler": "app",
    "websocket_connect": "connect",
    "websocket_message": "message",
    "websocket_disconnect": "disconnect",
    "deliver": "deliver",
    "push": "push",
    "call": "call",
    "purge": "purge",
    "preview": "preview",
}
DENIED = ("AccessDenied", "AccessDeniedException", "ForbiddenException", "UnauthorizedOperation")


class Guarded:
    """Tables, bucket and WebSocket API behind IAM, and each function's role with its deployed policy."""

    def __init__(self, url: str, functions: Forks) -> None:
        self.url = url
        self._functions = functions
        apply_template(TEMPLATE, {"Stage": "dev"}, stack="storage", url=url, region=emulators.REGION)
        apply_template(TEMPLATE, {"Stage": "prod"}, stack="other", url=url, region=emulators.REGION)
        client = emulators.client("apigatewayv2", url)
        self.api = client.create_api(
            Name="chat", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
        )["ApiId"]
        client.create_stage(ApiId=self.api, StageName="api")
        self._credentials = {function: self._role(function) for function in names.FUNCTIONS}

    def _role(self, function: str) -> dict[str, str]:
        iam = emulators.client("iam", self.url)
        role = names.role("dev", function)
        trust = {"Effect": "Allow", "Principal": {"AWS": emulators.ACCOUNT}, "Action": "sts:AssumeRole"}
        arn = iam.create_role(
            RoleName=role,
            AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
        )["Role"]["Arn"]
        policy = policies.exact(
            json.loads(policies.path(APP, "dev", function).read_text("utf-8")),
            region=emulators.REGION,
            account=emulators.ACCOUNT,
            websocket_api=self.api,
        )
        iam.put_role_policy(RoleName=role, PolicyName=role, PolicyDocument=json.dumps(policy))
        found = emulators.client("sts", self.url).assume_role(RoleArn=arn, RoleSessionName=function)
        keys = found["Credentials"]
        return {
            "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
            "AWS_SESSION_TOKEN": keys["SessionToken"],
        }

    @property
    def endpoint(self) -> str:
        """Return the address of `@connections`."""
        return f"{self.url}/_aws/execute-api/{self.api}/api"

    def client(self, function: str, service: str) -> Any:
        """Return a client with the permissions of a function."""
        keys = self._credentials[function]
        return boto3.client(
            service,
            endpoint_url=self.endpoint if service == "apigatewaymanagementapi" else self.url,
            region_name=emulators.REGION,
            aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
            aws_session_token=keys["AWS_SESSION_TOKEN"],
        )

    def run(self, function: str, event: dict[str, Any]) -> Any:
        """Run a function in a process with the credentials of its role; return its response."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        settings = {
            "CONNECTIONS_TABLE": "undertone-dev-connections",
            "MESSAGES_TABLE": "undertone-dev-messages",
            "MODELS_BUCKET": f"undertone-dev-models-{emulators.ACCOUNT}",
            "DELIVERY_FUNCTION": "undertone-dev-deliver",
            "PUSH_FUNCTION": "undertone-dev-push",
            "PUSH_LOOPBACK": "yes",
            "CALL_FUNCTION": "undertone-dev-call",
            "CALL_LOOPBACK": "yes",
            "PURGE_FUNCTION": "undertone-dev-purge",
            "FILES_BUCKET": f"undertone-dev-files-{emulators.ACCOUNT}",
            "PREVIEW_FUNCTION": "undertone-dev-preview",
            "PREVIEW_LOOPBACK": "yes",
            "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI": self.endpoint,
        }
        ended = self._functions.start(
            [_HANDLERS[function]],
            environment | emulators.variables(self.url) | settings | self._credentials[function],
            json.dumps(event),
        )
        answer, complaint = ended.wait(timeout_seconds=60)
        said = answer + complaint
        assert ended.returncode == 0, said
        assert not any(word in said for word in DENIED), said
        return json.loads(answer.splitlines()[-1])
