"""Who of the people that a sign-in provider knows may enter, and what they are here."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from chalicelib.domain.access import Role

EVERYBODY = "*"

Claims = Mapping[str, Any]


class Criterion(NamedTuple):
    """One way to be admitted: a claim with a value, or a verified address or its domain."""

    kind: str
    """``everybody``, ``domain``, ``address`` or ``claim``."""
    value: str = ""
    claim: str = ""

    @classmethod
    def parse(cls, text: str) -> "Criterion":
        """Read one criterion; raise `ValueError` with what would be right."""
        claim, equals, value = text.partition("=")
        if text == EVERYBODY:
            return cls("everybody")
        if equals and claim.strip() and value.strip():
            return cls("claim", value.strip(), claim.strip())
        local, at, domain = text.rpartition("@")
        if equals or not at or "." not in domain.strip(".") or "@" in local:
            raise ValueError(
                f"{text!r} is no criterion: write @example.org for a domain, ada@example.org for an address, "
                f"groups=staff for a claim, or {EVERYBODY} for everybody whom the provider knows"
            )
        return cls("address", text.lower()) if local else cls("domain", domain.lower())

    def fits(self, claims: Claims) -> bool:
        """Return whether somebody with these claims fulfils it."""
        if self.kind == "everybody":
            return True
        if self.kind == "claim":
            return self.value in _values(_find(claims, self.claim))
        address = verified_address(claims)
        return self.value == (address if self.kind == "address" else address.rpartition("@")[2])


class Admission(NamedTuple):
    """Who may enter as a member and who as an admin: whoever fits one of the criteria."""

    members: tuple[Criterion, ...]
    admins: tuple[Criterion, ...] = ()

    @classmethod
    def parse(cls, members: str, admins: str) -> "Admission":
        """Read two lists whose criteria are separated by commas; raise `ValueError`."""
        return cls(_criteria(members), _criteria(admins))

    def role(self, claims: Claims) -> Role | None:
        """Return what somebody is here, or None if they may not enter."""
        if any(criterion.fits(claims) for criterion in self.admins):
            return "admin"
        return "member" if any(criterion.fits(claims) for criterion in self.members) else None

    def needs(self) -> frozenset[str]:
        """Return the claims that decide, so that they can be asked for."""
        every = (*self.members, *self.admins)
        named = {criterion.claim for criterion in every if criterion.kind == "claim"}
        by_address = any(criterion.kind in ("address", "domain") for criterion in every)
        return frozenset(named | ({"email", "email_verified"} if by_address else set()))


def has(claims: Claims, name: str) -> bool:
    """Return whether there is such a claim, also one within another (`realm_access.roles`)."""
    return _find(claims, name) is not None


def verified_address(claims: Claims) -> str:
    """Return somebody's address in lower case, or nothing if the provider has not verified it."""
    # Cognito and a few others write the flag as text.
    verified, address = claims.get("email_verified"), claims.get("email")
    if (verified is not True and verified != "true") or not isinstance(address, str):
        return ""
    return address.lower() if address.count("@") == 1 else ""


def _criteria(text: str) -> tuple[Criterion, ...]:
    return tuple(Criterion.parse(part.strip()) for part in text.split(",") if part.strip())


def _find(claims: Claims, name: str) -> Any:
    """Return a claim by its name, or else by a path of names with dots between them."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _values(claim: Any) -> list[str]:
    if isinstance(claim, list):
        return [value for value in claim if isinstance(value, str)]
    if isinstance(claim, bool):
        return [str(claim).lower()]
    return [str(claim)] if isinstance(claim, (str, int)) else []
