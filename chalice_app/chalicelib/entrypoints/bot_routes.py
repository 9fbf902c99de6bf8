"""The routes of bots, hooks and buttons: decorators alone, as in `app.py`."""

from typing import Any

from chalice.app import Blueprint

from chalicelib import entrypoints
from chalicelib.entrypoints.json_views import CONTENT_TYPES, in_json
from chalicelib.wiring import chat

routes = Blueprint(__name__)


@routes.route("/tokens", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def make_token() -> Any:
    return entrypoints.rest_bots.make_token(chat(), routes.current_request)


@routes.route("/tokens", content_types=CONTENT_TYPES)
@in_json
def tokens() -> Any:
    return entrypoints.rest_bots.tokens(chat(), routes.current_request)


@routes.route("/tokens/{token_id}", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def end_token(token_id: str) -> Any:
    return entrypoints.rest_bots.end_token(chat(), routes.current_request, token_id)


@routes.route("/tokens/{token_id}/webhook", methods=["PUT"], content_types=CONTENT_TYPES)
@in_json
def put_webhook(token_id: str) -> Any:
    return entrypoints.rest_bots.put_webhook(chat(), routes.current_request, token_id)


@routes.route("/tokens/{token_id}/webhook", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def try_webhook(token_id: str) -> Any:
    return entrypoints.rest_bots.try_webhook(chat(), routes.current_request, token_id)


@routes.route("/tokens/{token_id}/webhook", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def drop_webhook(token_id: str) -> Any:
    return entrypoints.rest_bots.drop_webhook(chat(), routes.current_request, token_id)


@routes.route("/rooms/{room}/messages/{seq}/press", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def press(room: str, seq: str) -> Any:
    return entrypoints.rest_bots.press(chat(), routes.current_request, room, seq)


@routes.route("/rooms/{room}/hooks", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def make_hook(room: str) -> Any:
    return entrypoints.rest_bots.make_hook(chat(), routes.current_request, room)


@routes.route("/rooms/{room}/hooks", content_types=CONTENT_TYPES)
@in_json
def hooks(room: str) -> Any:
    return entrypoints.rest_bots.hooks(chat(), routes.current_request, room)


@routes.route("/rooms/{room}/hooks/{hook_id}", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def delete_hook(room: str, hook_id: str) -> Any:
    return entrypoints.rest_bots.delete_hook(chat(), routes.current_request, room, hook_id)


@routes.route("/hooks/{secret}", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def post_to_hook(secret: str) -> Any:
    return entrypoints.rest_bots.post(chat(), routes.current_request, secret)
