"""The routes of profiles, passwords and links to other devices: decorators alone, as in `app.py`."""

from typing import Any

from chalice.app import Blueprint

from chalicelib import entrypoints
from chalicelib.entrypoints.json_views import CONTENT_TYPES, in_json
from chalicelib.wiring import chat

routes = Blueprint(__name__)


@routes.route("/me", methods=["PATCH"], content_types=CONTENT_TYPES)
@in_json
def change_me() -> Any:
    return entrypoints.rest_people.change_me(chat(), routes.current_request)


@routes.route("/me/password", methods=["PUT"], content_types=CONTENT_TYPES)
@in_json
def change_password() -> Any:
    return entrypoints.rest_people.change_password(chat(), routes.current_request)


@routes.route("/me/links", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def make_link() -> Any:
    return entrypoints.rest_people.make_link(chat(), routes.current_request)


@routes.route("/people/{user_id}/links", methods=["POST"], content_types=CONTENT_TYPES)
@in_json
def make_link_for(user_id: str) -> Any:
    return entrypoints.rest_people.make_link_for(chat(), routes.current_request, user_id)


@routes.route("/people/{user_id}/profile", methods=["DELETE"], content_types=CONTENT_TYPES)
@in_json
def clear_profile(user_id: str) -> Any:
    return entrypoints.rest_people.clear_profile(chat(), routes.current_request, user_id)


@routes.route("/tokens/{token_id}", methods=["PATCH"], content_types=CONTENT_TYPES)
@in_json
def change_bot(token_id: str) -> Any:
    return entrypoints.rest_people.change_bot(chat(), routes.current_request, token_id)
