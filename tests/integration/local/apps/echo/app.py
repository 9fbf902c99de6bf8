"""An application with one of everything, which shows what its functions get."""

import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import boto3
from chalice.app import Chalice, CORSConfig, Request, Response

app = Chalice(app_name="echo")
app.websocket_api.session = boto3.session.Session()
app.experimental_feature_flags.update(["WEBSOCKETS"])
app.api.binary_types.append("image/png")


def current_request() -> Request:
    assert app.current_request is not None
    return app.current_request


@app.on_ws_connect()
def connect(event: Any) -> Any:
    raw = event.to_dict()
    query = raw.get("queryStringParameters") or {}
    mode = query.get("mode")
    if mode == "refuse":
        return Response(body="", status_code=int(query.get("status", "403")))
    if mode == "raise":
        raise RuntimeError("connect fails on purpose")
    if mode == "post":
        try:
            app.websocket_api.send(event.connection_id, "too early")
            outcome = "delivered"
        except Exception as error:
            outcome = type(error).__name__
        print(json.dumps({"level": "info", "message": "posted inside connect", "outcome": outcome}))
    if mode == "subprotocol":
        return {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": "chat.v1"}}
    print(json.dumps({"level": "info", "message": "connect event", "event": raw}))
    return None


@app.on_ws_message()
def message(event: Any) -> Any:
    raw = event.to_dict()
    command, _, argument = (event.body or "").partition(" ")
    send = app.websocket_api.send
    if command == "event":
        send(event.connection_id, json.dumps(raw))
    elif command == "env":
        send(event.connection_id, json.dumps(dict(os.environ)))
    elif command == "pid":
        send(event.connection_id, str(os.getpid()))
    elif command == "sleep":
        time.sleep(float(argument))
        send(event.connection_id, "slept")
    elif command == "sleep-pid":
        time.sleep(float(argument))
        send(event.connection_id, str(os.getpid()))
    elif command == "raise":
        raise RuntimeError("message fails on purpose")
    elif command == "crash":
        os._exit(7)
    elif command == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif command == "own-client":
        context = raw["requestContext"]
        endpoint = f"https://{context['domainName']}/{context['stage']}"
        client = boto3.client("apigatewaymanagementapi", endpoint_url=endpoint)
        client.post_to_connection(ConnectionId=event.connection_id, Data=b"from an own client")
    elif command == "post":
        target, _, data = argument.partition(" ")
        try:
            send(target, data)
            send(event.connection_id, "posted")
        except Exception as error:
            send(event.connection_id, type(error).__name__)
    elif command == "log":
        print("a plain line")
        print(json.dumps({"level": "warning", "message": "structured", "room": "general", "count": 3}))
        try:
            raise ValueError("shown whole")
        except ValueError:
            traceback.print_exc()
        sys.stdout.flush()
        send(event.connection_id, "logged")
    elif command == "answer":
        return {"statusCode": 200, "body": "never sent"}
    elif raw.get("isBase64Encoded"):
        send(event.connection_id, json.dumps(raw))
    else:
        send(event.connection_id, f"echo {event.body}")
    return None


@app.on_ws_disconnect()
def disconnect(event: Any) -> None:
    print(json.dumps({"level": "info", "message": "disconnect event", "event": event.to_dict()}))


@app.route("/", cors=True)
def index() -> Any:
    return {"greeting": os.environ["GREETING"]}


@app.route(
    "/event/{name}", methods=["GET", "POST", "PUT"], cors=CORSConfig(allow_origin="https://example.org")
)
def show_event(name: str) -> Any:
    return current_request().to_dict()


@app.route("/event/fixed")
def fixed() -> Any:
    return {"route": "fixed"}


@app.route(
    "/raw/{kind}", methods=["POST"], content_types=["application/octet-stream", "text/plain", "image/png"]
)
def raw_body(kind: str) -> Any:
    body = current_request().raw_body
    if kind == "image":
        return Response(body=body, headers={"Content-Type": "image/png"})
    return Response(
        body=f"{len(body)} bytes", status_code=201, headers={"Content-Type": "text/plain", "X-Kind": kind}
    )


@app.route("/cookies")
def cookies() -> Any:
    return Response(body="ok", headers={"Set-Cookie": ["a=1", "b=2"], "Content-Type": "text/plain"})


@app.route("/sleep/{seconds}")
def sleep(seconds: str) -> Any:
    time.sleep(float(seconds))
    return {"slept": seconds}


@app.route("/large/{size}")
def large_answer(size: str) -> Any:
    return Response(body="x" * int(size), headers={"Content-Type": "text/plain"})


@app.route("/crash")
def crash() -> None:
    os._exit(9)


@app.route("/fail")
def fail() -> None:
    raise RuntimeError("a view fails on purpose")


@app.route("/lambda/{kind}", methods=["POST"])
def call_lambda(kind: str) -> Any:
    client = boto3.client("lambda")
    answer = client.invoke(
        FunctionName="echo-dev-double", InvocationType=kind, Payload=json.dumps(current_request().json_body)
    )
    payload = answer["Payload"].read()
    return {"status": answer["StatusCode"], "payload": payload.decode()}


@app.lambda_function(name="double")
def double(event: Any, context: Any) -> Any:
    return {
        "double": event["number"] * 2,
        "arn": context.invoked_function_arn,
        "name": context.function_name,
        "deadline_ms": time.time() * 1000 + context.get_remaining_time_in_millis(),
    }


@app.lambda_function(name="tardy")
def tardy(event: Any, context: Any) -> Any:
    time.sleep(event.get("seconds", 30))
    return "woke up"


@app.lambda_function(name="flaky")
def flaky(event: Any, context: Any) -> Any:
    with Path(event["file"]).open("a") as file:
        file.write("attempt\n")
    raise RuntimeError("flaky fails on purpose")


@app.lambda_function(name="large")
def large(event: Any, context: Any) -> Any:
    return "x" * event["size"]


@app.lambda_function(name="store")
def store(event: Any, context: Any) -> Any:
    table = boto3.resource("dynamodb").Table(event["table"])
    table.put_item(Item=event["item"])
    return table.get_item(Key={"pk": event["item"]["pk"]})["Item"]


@app.schedule("rate(1 hour)")
def hourly(event: Any) -> None:
    return None
