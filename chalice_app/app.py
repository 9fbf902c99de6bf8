"""Undertone's functions: the decorators of Chalice, and what each event goes to."""

from typing import Any

from chalice import Chalice, CORSConfig
from chalice.app import WebsocketEvent

from chalicelib.entrypoints import rest, websocket
from chalicelib.wiring import chat

app = Chalice(app_name="undertone")
app.experimental_feature_flags.add("WEBSOCKETS")
# By Date the page, which has another origin, knows the service's time: its own clock may be wrong by days.
app.api.cors = CORSConfig(expose_headers=["Date", "Retry-After"])


@app.on_ws_connect()
def connect(event: WebsocketEvent) -> dict[str, Any]:
    return websocket.connect(chat(event.to_dict()), event.to_dict())


@app.on_ws_message()
def message(event: WebsocketEvent) -> dict[str, Any]:
    return websocket.message(chat(event.to_dict()), event.to_dict())


@app.on_ws_disconnect()
def disconnect(event: WebsocketEvent) -> dict[str, Any]:
    return websocket.disconnect(chat(event.to_dict()), event.to_dict())


@app.lambda_function()
def deliver(event: dict[str, Any], context: Any) -> None:
    websocket.deliver(chat(event), event)


@app.route("/session", methods=["POST"], content_types=rest.CONTENT_TYPES)
@rest.in_json
def session() -> Any:
    return rest.create_session(chat(), app.current_request)


@app.route("/health", content_types=rest.CONTENT_TYPES)
@rest.in_json
def health() -> Any:
    return rest.health(chat())


@app.route("/rooms", content_types=rest.CONTENT_TYPES)
@rest.in_json
def rooms() -> Any:
    return rest.rooms(chat(), app.current_request)


@app.route("/rooms/{room}/messages", content_types=rest.CONTENT_TYPES)
@rest.in_json
def messages(room: str) -> Any:
    return rest.messages(chat(), app.current_request, room)


@app.route("/rooms/{room}/mood", content_types=rest.CONTENT_TYPES)
@rest.in_json
def mood(room: str) -> Any:
    return rest.mood(chat(), app.current_request, room)


@app.route("/model", content_types=rest.CONTENT_TYPES)
@rest.in_json
def model() -> Any:
    return rest.model(chat(), app.current_request)


@app.route("/model/report", content_types=rest.CONTENT_TYPES)
@rest.in_json
def model_report() -> Any:
    return rest.model_report(chat())
