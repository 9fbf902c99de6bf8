"""Undertone's functions: the decorators of Chalice, and what each event goes to."""

from typing import Any

from chalice import Chalice, CORSConfig
from chalice.app import WebsocketEvent

from chalicelib import entrypoints
from chalicelib.entrypoints.bot_routes import routes as bot_routes
from chalicelib.entrypoints.json_views import CONTENT_TYPES, in_json
from chalicelib.entrypoints.people_routes import routes as people_routes
from chalicelib.wiring import chat, page_fetcher

app = Chalice(app_name="undertone")
app.experimental_feature_flags.add("WEBSOCKETS")
app.register_blueprint(people_routes)
app.register_blueprint(bot_routes)
# By Date the page, which has another origin, knows the service's time: its own clock may be wrong by days.
app.api.cors = CORSConfig(expose_headers=["Date", "Retry-After"])


@app.on_ws_connect()
def connect(event: WebsocketEvent) -> dict[str, Any]:
    return entrypoints.websocket.connect(chat(event.to_dict()), event.to_dict())


@app.on_ws_message()
def message(event: WebsocketEvent) -> dict[str, Any]:
    return entrypoints.websocket.message(chat(event.to_dict()), event.to_dict())


@app.on_ws_disconnect()
def disconnect(event: WebsocketEvent) -> dict[str, Any]:
    return entrypoints.websocket.disconnect(chat(event.to_dict()), event.to_dict())


@app.lambda_function()
def deliver(event: dict[str, Any], context: Any) -> None:
    entrypoints.websocket.deliver(chat(event), event)


@app.lambda_function()
def push(event: dict[str, Any], context: Any) -> None:
    entrypoints.push.push(chat(), event)


@app.lambda_function()
def call(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return entrypoints.call.call(chat(), event)


@app.lambda_function()
def purge(event: dict[str, Any], context: Any) -> None:
    entrypoints.purge.purge(chat(), event)


@app.lambda_function()
def preview(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return entrypoints.preview.preview(page_fetcher(), event)


@app.route("/session", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def session() -> Any:
    return entrypoints.rest.create_session(chat(), app.current_request)


@app.route("/health", content_types=CONTENT_TYPES)
@in_json
def health() -> Any:
    return entrypoints.rest.health(chat())


@app.route("/rooms", content_types=CONTENT_TYPES)
@in_json
def rooms() -> Any:
    return entrypoints.rest.rooms(chat(), app.current_request)


@app.route("/rooms/{room}/messages", content_types=CONTENT_TYPES)
@in_json
def messages(room: str) -> Any:
    return entrypoints.rest.messages(chat(), app.current_request, room)


@app.route("/rooms/{room}/messages/{seq}/reactions", content_types=CONTENT_TYPES)
@in_json
def reactions(room: str, seq: str) -> Any:
    return entrypoints.rest.reactions(chat(), app.current_request, room, seq)


@app.route("/rooms/{room}/messages/{seq}/preview", content_types=CONTENT_TYPES)
@in_json
def message_preview(room: str, seq: str) -> Any:
    return entrypoints.rest_previews.preview(chat(), app.current_request, room, seq)


@app.route("/rooms/{room}/search", content_types=CONTENT_TYPES)
@in_json
def search(room: str) -> Any:
    return entrypoints.rest.search(chat(), app.current_request, room)


@app.route("/rooms/{room}/mood", content_types=CONTENT_TYPES)
@in_json
def mood(room: str) -> Any:
    return entrypoints.rest.mood(chat(), app.current_request, room)


@app.route("/rooms/{room}/pulse", content_types=CONTENT_TYPES)
@in_json
def pulse(room: str) -> Any:
    return entrypoints.rest.pulse(chat(), app.current_request, room)


@app.route("/model", content_types=CONTENT_TYPES)
@in_json
def model() -> Any:
    return entrypoints.rest.model(chat(), app.current_request)


@app.route("/model/report", content_types=CONTENT_TYPES)
@in_json
def model_report() -> Any:
    return entrypoints.rest.model_report(chat())


@app.route("/me", content_types=CONTENT_TYPES)
@in_json
def me() -> Any:
    return entrypoints.rest_house.me(chat(), app.current_request)


@app.route("/session", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def end_session() -> Any:
    return entrypoints.rest_house.end_session(chat(), app.current_request)


@app.route("/sessions/{session_id}", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def end_other_session(session_id: str) -> Any:
    return entrypoints.rest_house.end_other_session(chat(), app.current_request, session_id)


@app.route("/push", content_types=CONTENT_TYPES)
@in_json
def push_key() -> Any:
    return entrypoints.rest_push.key(chat(), app.current_request)


@app.route("/push", methods=["PUT"], content_types=CONTENT_TYPES)
@in_json
def keep_push() -> Any:
    return entrypoints.rest_push.keep(chat(), app.current_request)


@app.route("/push/{subscription_id}", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def drop_push(subscription_id: str) -> Any:
    return entrypoints.rest_push.drop(chat(), app.current_request, subscription_id)


@app.route("/people", content_types=CONTENT_TYPES)
@in_json
def people() -> Any:
    return entrypoints.rest_house.people(chat(), app.current_request)


@app.route("/people/{user_id}/ban", methods=["PUT"], content_types=CONTENT_TYPES)
@in_json
def ban(user_id: str) -> Any:
    return entrypoints.rest_house.ban(chat(), app.current_request, user_id)


@app.route("/people/{user_id}/ban", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def lift_ban(user_id: str) -> Any:
    return entrypoints.rest_house.lift_ban(chat(), app.current_request, user_id)


@app.route("/people/{user_id}/messages", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def erase_messages(user_id: str) -> Any:
    return entrypoints.rest_purges.erase(chat(), app.current_request, user_id)


@app.route("/purges/{purge_id}", content_types=CONTENT_TYPES)
@in_json
def purge_progress(purge_id: str) -> Any:
    return entrypoints.rest_purges.progress(chat(), app.current_request, purge_id)


@app.route("/rooms", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def create_room() -> Any:
    return entrypoints.rest_house.create_room(chat(), app.current_request)


@app.route("/rooms/{room}", methods=["PATCH"], content_types=CONTENT_TYPES)
@in_json
def change_room(room: str) -> Any:
    return entrypoints.rest_house.change_room(chat(), app.current_request, room)


@app.route("/rooms/{room}", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def delete_room(room: str) -> Any:
    return entrypoints.rest_house.delete_room(chat(), app.current_request, room)


@app.route("/rooms/{room}/people", content_types=CONTENT_TYPES)
@in_json
def people_here(room: str) -> Any:
    return entrypoints.rest_house.people_here(chat(), app.current_request, room)


@app.route("/rooms/{room}/mine", methods=["PUT"], content_types=CONTENT_TYPES)
@in_json
def choose(room: str) -> Any:
    return entrypoints.rest_house.choose(chat(), app.current_request, room)


@app.route("/rooms/{room}/members", content_types=CONTENT_TYPES)
@in_json
def members(room: str) -> Any:
    return entrypoints.rest_house.members(chat(), app.current_request, room)


@app.route("/rooms/{room}/members/{user_id}", methods=["PUT"], content_types=CONTENT_TYPES)
@in_json
def put_member(room: str, user_id: str) -> Any:
    return entrypoints.rest_house.put_member(chat(), app.current_request, room, user_id)


@app.route("/rooms/{room}/members/{user_id}", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def drop_member(room: str, user_id: str) -> Any:
    return entrypoints.rest_house.drop_member(chat(), app.current_request, room, user_id)


@app.route("/rooms/{room}/members/{user_id}/mute", methods=["PUT"], content_types=CONTENT_TYPES)
@in_json
def mute(room: str, user_id: str) -> Any:
    return entrypoints.rest_house.mute(chat(), app.current_request, room, user_id)


@app.route("/rooms/{room}/members/{user_id}/mute", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def unmute(room: str, user_id: str) -> Any:
    return entrypoints.rest_house.unmute(chat(), app.current_request, room, user_id)


@app.route("/rooms/{room}/invites", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def invite(room: str) -> Any:
    return entrypoints.rest_house.invite(chat(), app.current_request, room)


@app.route("/invites/{secret}", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def accept_invite(secret: str) -> Any:
    return entrypoints.rest_house.accept_invite(chat(), app.current_request, secret)


@app.route("/rooms/{room}/files", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def offer_file(room: str) -> Any:
    return entrypoints.rest_files.offer(chat(), app.current_request, room)


@app.route("/rooms/{room}/files/{file_id}", content_types=CONTENT_TYPES)
@in_json
def file_address(room: str, file_id: str) -> Any:
    return entrypoints.rest_files.address(chat(), app.current_request, room, file_id)


@app.route("/reports", content_types=CONTENT_TYPES)
@in_json
def reports() -> Any:
    return entrypoints.rest_house.reports(chat(), app.current_request)


@app.route("/audit", content_types=CONTENT_TYPES)
@in_json
def audit() -> Any:
    return entrypoints.rest_house.audit(chat(), app.current_request)
