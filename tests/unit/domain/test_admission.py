"""Who of a provider's people may enter."""

from typing import Any

import pytest

from chalicelib.domain.admission import Admission
from chalicelib.domain.provided_names import numbered, provided_name
from chalicelib.domain.text import MAX_NAME_LENGTH, check_name

VERIFIED = {"email_verified": True}


@pytest.mark.parametrize(
    ("members", "claims", "role"),
    [
        ("*", {}, "member"),
        ("@example.org", {"email": "Ada@Example.org", **VERIFIED}, "member"),
        ("@example.org", {"email": "ada@example.org", "email_verified": "true"}, "member"),
        ("@example.org", {"email": "ada@example.org"}, None),
        ("@example.org", {"email": "ada@example.org", "email_verified": False}, None),
        ("@example.org", {"email": "ada@example.org", "email_verified": "false"}, None),
        ("@example.org", {"email": "ada@example.org", "email_verified": 1}, None),
        ("@example.org", {"email": "ada@evil.example.org", **VERIFIED}, None),
        ("@example.org", {"email": "ada@notexample.org", **VERIFIED}, None),
        ("@example.org", {"email": "ada@evil.net@example.org", **VERIFIED}, None),
        ("@example.org", {"email": ["ada@example.org"], **VERIFIED}, None),
        ("@example.org, @example.net", {"email": "ada@example.net", **VERIFIED}, "member"),
        ("ada@example.org", {"email": "ADA@example.org", **VERIFIED}, "member"),
        ("ada@example.org", {"email": "grace@example.org", **VERIFIED}, None),
        ("groups=staff", {"groups": ["guests", "staff"]}, "member"),
        ("groups=staff", {"groups": "staff"}, "member"),
        ("groups=staff", {"groups": ["staffers"]}, None),
        ("groups=staff", {"groups": {"staff": True}}, None),
        ("groups=staff", {}, None),
        ("groups=Chat Users,x=y", {"groups": ["Chat Users"]}, "member"),
        ("staff=true", {"staff": True}, "member"),
        ("level=3", {"level": 3}, "member"),
        ("realm_access.roles=chat", {"realm_access": {"roles": ["chat"]}}, "member"),
        ("https://example.org/roles=chat", {"https://example.org/roles": ["chat"]}, "member"),
    ],
)
def test_whoever_fits_one_of_the_criteria_may_enter(
    members: str, claims: dict[str, Any], role: str | None
) -> None:
    assert Admission.parse(members, "").role(claims) == role


def test_an_admin_need_not_be_named_as_a_member_too() -> None:
    admission = Admission.parse("@example.org", "boss@example.net, groups=admins")
    assert admission.role({"email": "boss@example.net", **VERIFIED}) == "admin"
    assert admission.role({"email": "boss@example.net"}) is None
    assert admission.role({"email": "a@example.org", "groups": ["admins"], **VERIFIED}) == "admin"
    assert admission.role({"email": "a@example.org", **VERIFIED}) == "member"


def test_it_says_which_claims_decide() -> None:
    assert Admission.parse("*", "").needs() == set()
    assert Admission.parse("*", "groups=a,@x.org").needs() == {"groups", "email", "email_verified"}


@pytest.mark.parametrize(
    "wrong", ["staff", "=staff", "groups=", "@", "@org", "a@b@example.org", "ada@", "**"]
)
def test_what_is_no_criterion_says_what_would_be_one(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"@example\.org for a domain"):
        Admission.parse(wrong, "")


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Ada Lovelace", "preferred_username": "ada"}, "Ada Lovelace"),
        ({"name": "", "preferred_username": "ada"}, "ada"),
        ({"name": "\u202eAda\n\u200b Lovelace\t"}, "Ada Lovelace"),
        ({"name": "x" * 40}, "x" * 32),
        ({"name": "\u3164"}, "Somebody"),
        ({"name": 7, "email": "ada.l@example.org"}, "ada.l"),
        ({}, "Somebody"),
    ],
)
def test_the_provider_s_name_becomes_one_that_people_can_have(claims: dict[str, Any], name: str) -> None:
    assert provided_name(claims) == check_name(name)


def test_a_number_fits_into_the_length_of_names() -> None:
    names = list(numbered("x" * 32))
    assert names[:3] == ["x" * 32, "x" * 30 + " 2", "x" * 30 + " 3"]
    assert all(len(name) <= MAX_NAME_LENGTH for name in names)
    assert len(names) == 40
