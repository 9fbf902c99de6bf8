"""The environment of the functions, read and checked in one place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.codes import HashedCode
from chalicelib.errors import SettingsError

if TYPE_CHECKING:
    from chalicelib.domain.admission import Admission


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The sign-in provider (OpenID Connect) and who of its people may enter.

    ``scope`` is what the page asks for, ``label`` what its button says. After ``session_hours`` the provider
    is asked again, however often a token was renewed.
    """

    issuer: str
    client_id: str
    client_secret: str
    scope: str
    label: str
    admission: "Admission"
    session_hours: int

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "OidcSettings | None":
        """Read the settings that begin with ``OIDC_``; None without an issuer.

        Raises
        ------
        SettingsError
            One is missing or has a value that cannot be meant.
        """
        issuer = environ.get("OIDC_ISSUER", "")
        if not issuer:
            return None
        # Imported here: functions that sign nobody in do without.
        from chalicelib.domain.admission import Admission  # noqa: PLC0415

        scope = environ.get("OIDC_SCOPE") or "openid profile email"
        if "openid" not in scope.split():
            raise SettingsError(f"OIDC_SCOPE is {scope!r}: it must contain openid")
        members, admins = environ.get("OIDC_MEMBERS", ""), environ.get("OIDC_ADMINS", "")
        if not members.strip():
            raise SettingsError(
                "OIDC_MEMBERS is not set: it says who may enter, such as @example.org for the verified "
                "addresses of a domain, groups=staff for a claim, or * for everybody whom the provider knows"
            )
        try:
            admission = Admission.parse(members, admins)
        except ValueError as error:
            raise SettingsError(f"OIDC_MEMBERS or OIDC_ADMINS: {error}") from None
        hours = _number(environ, "OIDC_SESSION_HOURS", 7 * 24, least=1, most=24 * 366)
        return cls(
            issuer=_issuer(issuer),
            client_id=_required(environ, "OIDC_CLIENT_ID", "be what the provider calls this chat"),
            client_secret=environ.get("OIDC_CLIENT_SECRET", ""),
            scope=scope,
            label=environ.get("OIDC_LABEL") or "your account",
            admission=admission,
            session_hours=int(hours),
        )


# The whole host of this machine: http://127.0.0.1.example.org is another one.
_PROTECTED = re.compile(r"https://.|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(/|$)")
_TABLE = "name the table; see .chalice/config.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment can choose. Names of fields are the environment's in lower case.

    ``access_code`` is what people must know to sign in; None means that nobody is asked. ``admin_code`` is
    what makes somebody an admin who knows it; None means that nobody becomes one so. The environment has both
    as hashes, ``ACCESS_CODE_HASH`` and ``ADMIN_CODE_HASH``, or in clear, without ``_HASH``.
    ``token_hours`` is how long a token is valid. ``token_secret`` signs the tokens; if it is empty, a
    random one is made once and kept in the messages table. ``rate_per_second`` and ``rate_burst``
    limit the frames of one connection, ``sign_ups_per_hour`` the people of one network address.
    ``apigateway_endpoint`` replaces the address of `@connections`,
    which otherwise follows from the event. ``stage`` is what metrics are counted under; with
    ``every_metric`` CloudWatch makes, and bills, all of them. ``name_sign_in`` says whether a name is enough
    to sign in: by default it is, unless there is a sign-in provider. Without a ``files_bucket`` nobody can
    send files, and without a ``push_function`` nobody is pushed to. ``push_contact`` is whom a push service
    may ask about this chat, an address that begins with https: or mailto:. ``push_loopback`` lets people name
    push services on this machine, which is for tests alone. Unless ``LINK_PREVIEWS`` is yes there is no
    ``preview_function``, and pages to which messages link have no previews; ``preview_loopback`` allows pages
    on this machine, for tests alone. Without a ``call_function`` no bot is called; ``call_loopback`` allows
    bots on this machine, for tests alone. ``mood_topic`` (ARN of a topic of SNS) and ``mood_webhook`` (https:
    address) are told when the mood of an open room turns; without them nobody outside is.
    Without a ``purge_function`` nothing can be deleted for good. ``admins_make_rooms`` says that nobody else
    makes any but direct ones.
    """

    connections_table: str
    messages_table: str
    models_bucket: str
    files_bucket: str
    delivery_function: str
    push_function: str
    push_contact: str
    push_loopback: bool
    preview_function: str
    preview_loopback: bool
    call_function: str
    call_loopback: bool
    purge_function: str
    admins_make_rooms: bool
    mood_topic: str
    mood_webhook: str
    access_code: HashedCode | None
    admin_code: HashedCode | None
    token_secret: str
    token_hours: int
    rate_per_second: float
    rate_burst: int
    sign_ups_per_hour: int
    region: str
    apigateway_endpoint: str
    log_level: str
    stage: str
    every_metric: bool
    name_sign_in: bool
    oidc: OidcSettings | None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings.

        Raises
        ------
        SettingsError
            A variable is missing or has a value that cannot be meant.
        """
        oidc = OidcSettings.from_environ(environ)
        return cls(
            connections_table=_required(environ, "CONNECTIONS_TABLE", _TABLE),
            messages_table=_required(environ, "MESSAGES_TABLE", _TABLE),
            models_bucket=environ.get("MODELS_BUCKET", ""),
            files_bucket=environ.get("FILES_BUCKET", ""),
            delivery_function=environ.get("DELIVERY_FUNCTION", ""),
            push_function=environ.get("PUSH_FUNCTION", ""),
            push_contact=_contact(environ),
            push_loopback=_yes(environ, "PUSH_LOOPBACK"),
            preview_function=environ.get("PREVIEW_FUNCTION", "") if _yes(environ, "LINK_PREVIEWS") else "",
            preview_loopback=_yes(environ, "PREVIEW_LOOPBACK"),
            call_function=environ.get("CALL_FUNCTION", ""),
            call_loopback=_yes(environ, "CALL_LOOPBACK"),
            purge_function=environ.get("PURGE_FUNCTION", ""),
            admins_make_rooms=_rooms_by(environ) == "admins",
            mood_topic=environ.get("MOOD_TOPIC", ""),
            mood_webhook=_webhook(environ),
            access_code=_code(environ, "ACCESS_CODE"),
            admin_code=_code(environ, "ADMIN_CODE"),
            token_secret=_secret(environ),
            token_hours=int(_number(environ, "TOKEN_HOURS", 7 * 24, least=1, most=24 * 366)),
            rate_per_second=_number(environ, "RATE_PER_SECOND", 20, least=0.1, most=10_000),
            rate_burst=int(_number(environ, "RATE_BURST", 200, least=1, most=100_000)),
            sign_ups_per_hour=int(_number(environ, "SIGN_UPS_PER_HOUR", 300, least=1, most=1_000_000)),
            region=environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or "us-east-1",
            apigateway_endpoint=environ.get("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI", ""),
            log_level=_level(environ),
            stage=environ.get("STAGE", "local"),
            every_metric=_metrics(environ),
            name_sign_in=name_is_enough(environ, oidc),
            oidc=oidc,
        )


def name_is_enough(environ: Mapping[str, str], oidc: OidcSettings | None) -> bool:
    """Return whether people may sign in with a name: unless told otherwise, if there is no provider."""
    value = environ.get("NAME_SIGN_IN", "")
    if value not in ("", "yes", "no"):
        raise SettingsError(f"NAME_SIGN_IN is {value!r}: it must be yes or no")
    return value == "yes" if value else oidc is None


def _required(environ: Mapping[str, str], name: str, what: str) -> str:
    value = environ.get(name, "")
    if not value:
        raise SettingsError(f"{name} is not set: it must {what}")
    return value


def _issuer(value: str) -> str:
    if not _PROTECTED.match(value):
        raise SettingsError(f"OIDC_ISSUER is {value!r}: it must begin with https://, unless it is local")
    return value


def _contact(environ: Mapping[str, str]) -> str:
    value = environ.get("PUSH_CONTACT") or "https://undertone.invalid/"
    if not value.startswith(("https://", "mailto:")):
        raise SettingsError(f"PUSH_CONTACT is {value!r}: it must begin with https:// or mailto:")
    return value


def _webhook(environ: Mapping[str, str]) -> str:
    value = environ.get("MOOD_WEBHOOK", "")
    if value and not _PROTECTED.match(value):
        raise SettingsError("MOOD_WEBHOOK must begin with https://, unless it is local; it is not shown here")
    return value


def _yes(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "")
    if value not in ("", "yes", "no"):
        raise SettingsError(f"{name} is {value!r}: it must be yes or no")
    return value == "yes"


def _rooms_by(environ: Mapping[str, str]) -> str:
    value = environ.get("ROOMS_BY") or "everyone"
    if value not in ("everyone", "admins"):
        raise SettingsError(f"ROOMS_BY is {value!r}: it must be everyone or admins")
    return value


def _number(environ: Mapping[str, str], name: str, default: float, *, least: float, most: float) -> float:
    text = environ.get(name, "")
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        raise SettingsError(f"{name} is {text!r}: it must be a number, {default:g} for example") from None
    if not least <= value <= most:
        raise SettingsError(f"{name} is {text}: it must lie between {least:g} and {most:g}")
    return value


def _secret(environ: Mapping[str, str]) -> str:
    value = environ.get("TOKEN_SECRET", "")
    if value and len(value) < 32:
        raise SettingsError(
            f"TOKEN_SECRET has {len(value)} characters: use 32 random ones or more, or leave it out"
        )
    return value


def _code(environ: Mapping[str, str], name: str) -> HashedCode | None:
    hashed, clear = environ.get(f"{name}_HASH", ""), environ.get(name, "")
    if not hashed:
        return HashedCode.of(clear) if clear else None
    try:
        return HashedCode.parse(hashed)
    except ValueError as error:
        raise SettingsError(
            f"{name}_HASH cannot be read: {error}; `python -m deploy_extras hash` makes one"
        ) from None


def _level(environ: Mapping[str, str]) -> str:
    value = environ.get("LOG_LEVEL", "INFO").upper()
    if value not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise SettingsError(f"LOG_LEVEL is {value!r}: it must be DEBUG, INFO, WARNING or ERROR")
    return value


def _metrics(environ: Mapping[str, str]) -> bool:
    value = environ.get("METRICS") or "few"
    if value not in ("few", "all"):
        raise SettingsError(f"METRICS is {value!r}: it must be few or all")
    return value == "all"
