"""The chat that the public samples build, for comparison: scan the connections, post one by one.

It understands enough of the protocol's frames (join, send, ping) that the same client measures both. What it
leaves out is what the comparison is about: no order, no retries, no recovery, one call for each delivery.
"""

import json
import os
import time
import uuid
from functools import cache
from typing import Any

import boto3
from chalice.app import Chalice, WebsocketEvent

app = Chalice(app_name="simple")
app.websocket_api.session = boto3.session.Session()
app.experimental_feature_flags.update(["WEBSOCKETS"])


@cache
def table(variable: str) -> Any:
    return boto3.resource("dynamodb").Table(os.environ[variable])


@app.on_ws_connect()
def connect(event: WebsocketEvent) -> None:
    table("SIMPLE_CONNECTIONS").put_item(Item={"connectionId": event.connection_id})


@app.on_ws_disconnect()
def disconnect(event: WebsocketEvent) -> None:
    table("SIMPLE_CONNECTIONS").delete_item(Key={"connectionId": event.connection_id})


@app.on_ws_message()
def message(event: WebsocketEvent) -> None:
    frame = json.loads(event.body)
    room = frame.get("room", "general")
    if frame["action"] == "send":
        broadcast(store(event.connection_id, room, frame))
    elif frame["action"] == "join":
        answer = {"event": "joined", "room": room, "lastSeq": 0, "messages": [], "more": False, "online": 0}
        app.websocket_api.send(event.connection_id, json.dumps(answer))
    elif frame["action"] == "ping":
        app.websocket_api.send(event.connection_id, json.dumps({"event": "pong"}))


def store(sender: str, room: str, frame: dict[str, Any]) -> dict[str, Any]:
    """Keep the message under its time, which is the nearest that this design has to an order."""
    stored = {
        "room": room,
        "sentAt": f"{time.time():.6f}-{uuid.uuid4().hex[:8]}",
        "id": frame["id"],
        "text": frame["text"],
        "user": {"id": sender, "name": sender},
    }
    table("SIMPLE_MESSAGES").put_item(Item=stored)
    return stored


def broadcast(stored: dict[str, Any]) -> None:
    """Post to everyone, in turn."""
    body = json.dumps({"event": "messages", "room": stored["room"], "messages": [stored]})
    for connection_id in every_connection():
        try:
            app.websocket_api.send(connection_id, body)
        except Exception as error:  # noqa: BLE001 - a sample that stops at the first failure serves nobody
            app.log.warning("not delivered to %s: %s", connection_id, error)
            table("SIMPLE_CONNECTIONS").delete_item(Key={"connectionId": connection_id})


def every_connection() -> list[str]:
    """All pages of the scan: rooms are not looked at, as the samples have none."""
    page = table("SIMPLE_CONNECTIONS").scan()
    items = page["Items"]
    while "LastEvaluatedKey" in page:
        page = table("SIMPLE_CONNECTIONS").scan(ExclusiveStartKey=page["LastEvaluatedKey"])
        items += page["Items"]
    return [item["connectionId"] for item in items]
