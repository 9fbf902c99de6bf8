"""Everything that somebody can try: each action and each route, and what comes of it."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.protocol.actions import ACTIONS
from testkit.rest import routes
from tests.unit.access.people import Scene

# What the table's letters mean: yes, or the error code.
OUTCOMES = {
    "y": "yes",
    "n": "not_found",
    "f": "forbidden",
    "j": "not_joined",
    "u": "unauthorized",
    "c": "conflict",
    "i": "invalid",
}
LETTERS = {code: letter for letter, code in OUTCOMES.items()}

SUBSCRIPTION = {
    "endpoint": "https://push.example.org/a-browser",
    "keys": {"p256dh": "a point", "auth": "a secret"},
}

Try = Callable[[Scene], str]


def _frame(action: str, fields: Callable[[Scene], Mapping[str, Any]] = lambda scene: {}) -> Try:
    def attempt(scene: Scene) -> str:
        answers = scene.client.send(action=action, room=scene.room, **fields(scene))
        if scene.client.id in scene.world.gateway.closed:
            return "u"
        codes = [answer["code"] for answer in answers if answer["event"] == "error"]
        return LETTERS[codes[0]] if codes else "y"

    return attempt


def _call(
    method: str,
    path: Callable[[Scene], str],
    body: Mapping[str, Any] | Callable[[Scene], Mapping[str, Any]] | None = None,
) -> Try:
    def attempt(scene: Scene) -> str:
        sent = body(scene) if callable(body) else body
        status, answer = scene.rest.call(method, path(scene), scene.me.token, sent)
        return "y" if status < 300 else LETTERS[answer["code"]]

    return attempt


def _listed(scene: Scene) -> str:
    status, answer = scene.rest.call("GET", "/rooms", scene.me.token)
    if status != 200:
        return LETTERS[answer["code"]]
    return "y" if scene.room in [line["room"] for line in answer["rooms"]] else "n"


def _members(scene: Scene, whose: str) -> str:
    return f"/rooms/{scene.room}/members/{whose}"


def _other_session(scene: Scene) -> str:
    if scene.who == "banned":
        return scene.me.id
    return scene.world.chat.sessions.begin(scene.me.user, scene.me.role).id


def _banned_mia(scene: Scene) -> str:
    scene.house.order.ban(scene.root, scene.mia.user.id, None, "spam")
    return f"/people/{scene.mia.user.id}/ban"


def _purge(scene: Scene) -> str:
    purge = scene.house.purging.begin("messages", scene.mia.user.id, scene.root.user)
    return f"/purges/{purge.id}"


FRAMES: dict[str, Try] = {
    "join": _frame("join"),
    "leave": _frame("leave"),
    "send": _frame("send", lambda scene: {"id": str(uuid.uuid4()), "text": "hello"}),
    "history": _frame("history"),
    "typing": _frame("typing", lambda scene: {"active": True}),
    "edit": _frame("edit", lambda scene: {"seq": scene.own, "text": "hello again"}),
    "delete": _frame("delete", lambda scene: {"seq": scene.own}),
    "delete (another's)": _frame("delete", lambda scene: {"seq": 1}),
    "react": _frame("react", lambda scene: {"seq": 1, "emoji": "👍", "on": True}),
    "label": _frame("label", lambda scene: {"seq": 1, "label": "positive"}),
    "read": _frame("read", lambda scene: {"at": 1}),
    "report": _frame("report", lambda scene: {"seq": 1, "reason": "not kind"}),
    "ping": _frame("ping"),
}
ROOM_CALLS: dict[str, Try] = {
    "GET /rooms": _listed,
    "POST /rooms": _call("POST", lambda scene: "/rooms", lambda scene: {"room": scene.room}),
    "PATCH /rooms/{room}": _call("PATCH", lambda scene: f"/rooms/{scene.room}", {"title": "Ours"}),
    "DELETE /rooms/{room}": _call("DELETE", lambda scene: f"/rooms/{scene.room}"),
    "DELETE /people/{user_id}/messages (room)": _call(
        "DELETE", lambda scene: f"/people/{scene.mia.user.id}/messages?room={scene.room}"
    ),
    "GET /rooms/{room}/messages": _call("GET", lambda scene: f"/rooms/{scene.room}/messages"),
    "GET /rooms/{room}/messages/{seq}/reactions": _call(
        "GET", lambda scene: f"/rooms/{scene.room}/messages/1/reactions"
    ),
    "GET /rooms/{room}/messages/{seq}/preview": _call(
        "GET", lambda scene: f"/rooms/{scene.room}/messages/1/preview?url=https://example.org/"
    ),
    "POST /rooms/{room}/messages/{seq}/press": _call(
        "POST", lambda scene: f"/rooms/{scene.room}/messages/1/press", {"value": "yes"}
    ),
    "GET /rooms/{room}/search": _call("GET", lambda scene: f"/rooms/{scene.room}/search?q=hello"),
    "GET /rooms/{room}/mood": _call("GET", lambda scene: f"/rooms/{scene.room}/mood"),
    "GET /rooms/{room}/pulse": _call("GET", lambda scene: f"/rooms/{scene.room}/pulse"),
    "GET /rooms/{room}/people": _call("GET", lambda scene: f"/rooms/{scene.room}/people"),
    "GET /rooms/{room}/members": _call("GET", lambda scene: f"/rooms/{scene.room}/members"),
    "PUT /rooms/{room}/mine": _call("PUT", lambda scene: f"/rooms/{scene.room}/mine", {"notices": "all"}),
    "PUT /rooms/{room}/members/{user_id}": _call(
        "PUT", lambda scene: _members(scene, scene.nina.user.id), {"role": "member"}
    ),
    "DELETE /rooms/{room}/members/{user_id}": _call(
        "DELETE", lambda scene: _members(scene, scene.mia.user.id)
    ),
    "DELETE /rooms/{room}/members/{user_id} (oneself)": _call(
        "DELETE", lambda scene: _members(scene, scene.me.user.id)
    ),
    "PUT /rooms/{room}/members/{user_id}/mute": _call(
        "PUT", lambda scene: _members(scene, f"{scene.mia.user.id}/mute"), {"minutes": 5}
    ),
    "DELETE /rooms/{room}/members/{user_id}/mute": _call(
        "DELETE", lambda scene: _members(scene, f"{scene.mia.user.id}/mute")
    ),
    "POST /rooms/{room}/invites": _call("POST", lambda scene: f"/rooms/{scene.room}/invites", {}),
    "POST /rooms/{room}/files": _call(
        "POST", lambda scene: f"/rooms/{scene.room}/files", {"name": "notes.txt", "bytes": 5}
    ),
    "GET /rooms/{room}/files/{file_id}": _call(
        "GET", lambda scene: f"/rooms/{scene.room}/files/{scene.file}"
    ),
    "POST /rooms/{room}/hooks": _call("POST", lambda scene: f"/rooms/{scene.room}/hooks", {"name": "CI"}),
    "GET /rooms/{room}/hooks": _call("GET", lambda scene: f"/rooms/{scene.room}/hooks"),
    "DELETE /rooms/{room}/hooks/{hook_id} (unknown)": _call(
        "DELETE", lambda scene: f"/rooms/{scene.room}/hooks/none"
    ),
    "POST /invites/{secret}": _call("POST", lambda scene: f"/invites/{scene.invite or 'none'}"),
}
HOUSE_CALLS: dict[str, Try] = {
    "POST /session": _call("POST", lambda scene: "/session", {}),
    "DELETE /session": _call("DELETE", lambda scene: "/session"),
    "DELETE /sessions/{session_id}": _call("DELETE", lambda scene: f"/sessions/{_other_session(scene)}"),
    "GET /me": _call("GET", lambda scene: "/me"),
    "PATCH /me": _call("PATCH", lambda scene: "/me", {"about": "hello"}),
    "PUT /me/password": _call("PUT", lambda scene: "/me/password", {"password": "five green geese"}),
    "POST /me/links": _call("POST", lambda scene: "/me/links"),
    "GET /people": _call("GET", lambda scene: "/people"),
    "GET /push": _call("GET", lambda scene: "/push"),
    "PUT /push": _call("PUT", lambda scene: "/push", SUBSCRIPTION),
    "DELETE /push/{subscription_id} (unknown)": _call("DELETE", lambda scene: "/push/none"),
    "POST /rooms (direct)": _call(
        "POST", lambda scene: "/rooms", lambda scene: {"direct": [scene.nina.user.id]}
    ),
    "PUT /people/{user_id}/ban": _call(
        "PUT", lambda scene: f"/people/{scene.mia.user.id}/ban", {"minutes": 5, "reason": "spam"}
    ),
    "DELETE /people/{user_id}/ban": _call("DELETE", _banned_mia),
    "POST /people/{user_id}/links": _call("POST", lambda scene: f"/people/{scene.mia.user.id}/links"),
    "DELETE /people/{user_id}/profile": _call("DELETE", lambda scene: f"/people/{scene.mia.user.id}/profile"),
    "DELETE /people/{user_id}/messages": _call(
        "DELETE", lambda scene: f"/people/{scene.mia.user.id}/messages"
    ),
    "GET /purges/{purge_id} (another's)": _call("GET", _purge),
    "POST /tokens": _call("POST", lambda scene: "/tokens", {"name": "Hal", "hours": 1}),
    "GET /tokens": _call("GET", lambda scene: "/tokens"),
    "DELETE /tokens/{token_id} (unknown)": _call("DELETE", lambda scene: "/tokens/none"),
    "PUT /tokens/{token_id}/webhook (unknown)": _call(
        "PUT", lambda scene: "/tokens/none/webhook", {"url": "https://bot.example.org/"}
    ),
    "POST /tokens/{token_id}/webhook (unknown)": _call("POST", lambda scene: "/tokens/none/webhook"),
    "DELETE /tokens/{token_id}/webhook (unknown)": _call("DELETE", lambda scene: "/tokens/none/webhook"),
    "PATCH /tokens/{token_id} (unknown)": _call("PATCH", lambda scene: "/tokens/none", {"about": "hello"}),
    "POST /hooks/{secret} (unknown)": _call("POST", lambda scene: "/hooks/none", {"text": "hello"}),
    "GET /reports": _call("GET", lambda scene: "/reports"),
    "GET /audit": _call("GET", lambda scene: "/audit"),
    "GET /health": _call("GET", lambda scene: "/health"),
    "GET /model": _call("GET", lambda scene: "/model"),
    "GET /model/report": _call("GET", lambda scene: "/model/report"),
}


def missing() -> set[str]:
    """Return the actions and routes that nobody tries here."""
    tried = {name.partition(" (")[0] for name in (*FRAMES, *ROOM_CALLS, *HOUSE_CALLS)}
    return (set(ACTIONS) | routes()) - tried
