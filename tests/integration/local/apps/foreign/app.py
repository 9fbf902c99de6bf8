"""An application as other people write them: pinned, vendored, and in need of AWS while it is imported."""

import os
import urllib.request
from importlib import import_module
from pathlib import Path
from typing import Any

import boto3
import chalice
from chalice.app import AuthResponse, AuthRoute, Chalice, CognitoUserPoolAuthorizer, IAMAuthorizer
from chalicelib.tables import NAMES, keep  # type: ignore[import-not-found]
from greeting import greet  # type: ignore[import-not-found]

app = Chalice(app_name="foreign")
app.websocket_api.session = boto3.session.Session()
app.experimental_feature_flags.update(["WEBSOCKETS"])


@app.route("/versions")
def versions() -> Any:
    return {"boto3": boto3.__version__, "chalice": chalice.__version__, "greeting": greet("you")}


@app.route("/tables")
def tables() -> Any:
    return {"at_import": NAMES, "kept": keep(NAMES[0], {"pk": "1", "text": "grüße"})}


@app.route("/files")
def files() -> Any:
    client = boto3.client("s3")
    bucket = client.list_buckets()["Buckets"][0]["Name"]
    client.put_object(Bucket=bucket, Key="a/b c", Body=b"content")
    boto3.resource("s3").Bucket(bucket).put_object(Key="other", Body=b"")
    content = client.get_object(Bucket=bucket, Key="a/b c")["Body"].read().decode()
    return {
        "content": content,
        "keys": [each.key for each in boto3.resource("s3").Bucket(bucket).objects.all()],
    }


@app.route("/explicit")
def explicit() -> Any:
    client = boto3.client("dynamodb", endpoint_url="https://dynamodb.eu-west-1.amazonaws.com")
    return client.list_tables()["TableNames"]


@app.route("/outside/{host}")
def outside(host: str) -> Any:
    try:
        urllib.request.urlopen(f"http://{host}/", timeout=20)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"error": None}


@app.route("/beside")
def beside() -> Any:
    outcomes = []
    for attempt in (lambda: import_module("helpers"), Path("resources.json").read_text):
        try:
            attempt()
        except Exception as error:
            outcomes.append(f"{type(error).__name__}: {error}")
    return outcomes


@app.authorizer(header="X-Token")
def guard(request: Any) -> Any:
    if request.token == "raise":
        raise RuntimeError("the guard fails on purpose")
    if request.token == "unknown":
        raise RuntimeError("Unauthorized")
    routes: list[Any] = ["*"] if request.token == "admin" else [AuthRoute("/guarded", ["GET"])]
    context: Any = {"level": 3}
    return AuthResponse(routes=routes, principal_id=request.token, context=context)


@app.route("/guarded", authorizer=guard)
@app.route("/guarded/{number}", authorizer=guard)
def guarded(number: str = "") -> Any:
    return app.current_request.context["authorizer"] if app.current_request else None


@app.route("/people", authorizer=CognitoUserPoolAuthorizer("people", provider_arns=["arn:aws:cognito-idp:x"]))
def people() -> Any:
    return app.current_request.context["authorizer"]["claims"] if app.current_request else None


@app.route("/signed", authorizer=IAMAuthorizer())
def signed() -> Any:
    return {"never": "reached"}


@app.route("/keyed", api_key_required=True)
def keyed() -> Any:
    return {"key": app.current_request.context["identity"]["apiKey"] if app.current_request else None}


@app.route("/mode")
def mode() -> Any:
    return {"cli": os.environ.get("AWS_CHALICE_CLI_MODE"), "path": os.environ["PYTHONPATH"].split(":")[-1]}


@app.route("/variables")
def variables() -> Any:
    names = ("TABLE", "TABLE_ARN", "BUCKET_URL", "DOUBLE", "LIMIT", "GREETING", "TOPIC", "SET")
    return {name: os.environ.get(name) for name in names}


@app.lambda_function(name="double")
def double(event: Any, context: Any) -> Any:
    return 2 * event


@app.route("/invoke")
def invoke() -> Any:
    answer = boto3.client("lambda").invoke(FunctionName="foreign-dev-double", Payload=b"21")
    return answer["Payload"].read().decode()


@app.on_ws_message()
def message(event: Any) -> None:
    app.websocket_api.send(event.connection_id, f"{event.body} {os.environ['TABLE']}")
