"""How a deployment says how people sign in."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from deploy_extras import access, cli, pipeline, sign_in, template
from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError
from testkit.signing_provider import CLIENT_ID, signing_provider

ROOT = Path(__file__).parents[3]
SETTINGS = {"OIDC_CLIENT_ID": CLIENT_ID, "OIDC_MEMBERS": "@example.org", "OIDC_LABEL": "Example"}


def test_by_name_unless_something_is_set() -> None:
    assert sign_in.described({}, access_code=True) == {
        "name": True,
        "accessCode": True,
        "adminCode": False,
        "oidc": None,
    }


def test_the_page_is_told_where_the_provider_is_and_no_secret() -> None:
    with signing_provider() as provider:
        found = sign_in.described(
            SETTINGS | {"OIDC_ISSUER": provider.address, "OIDC_CLIENT_SECRET": "hush"}, access_code=False
        )
    assert found == {
        "name": False,
        "accessCode": False,
        "adminCode": False,
        "oidc": {
            "label": "Example",
            "authorizationEndpoint": f"{provider.address}/authorization",
            "clientId": CLIENT_ID,
            "scope": "openid profile email",
        },
    }


def test_a_wrong_setting_and_a_silent_provider_are_said_before_anything_is_deployed() -> None:
    with pytest.raises(DeployError, match="OIDC_MEMBERS is not set"):
        sign_in.described({"OIDC_ISSUER": "https://id.example.org"}, access_code=False)
    with pytest.raises(DeployError, match="The provider of OIDC_ISSUER cannot be used"):
        sign_in.described(SETTINGS | {"OIDC_ISSUER": "http://127.0.0.1:9"}, access_code=False)


def test_make_run_gets_it_from_the_environment() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "deploy_extras.sign_in"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "chalice_app"), "ACCESS_CODE": "sesame", "NAME_SIGN_IN": "yes"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout) == {
        "name": True,
        "accessCode": True,
        "adminCode": False,
        "oidc": None,
    }


def test_a_later_deployment_keeps_what_it_is_not_told() -> None:
    kept = SETTINGS | {"OIDC_ISSUER": "https://id.example.org", "NAME_SIGN_IN": ""}
    assert sign_in.over(kept, {}) == SETTINGS | {"OIDC_ISSUER": "https://id.example.org"}
    assert sign_in.over(kept, {"OIDC_MEMBERS": "*"})["OIDC_MEMBERS"] == "*"
    assert "OIDC_ISSUER" not in sign_in.over(kept, {"OIDC_ISSUER": ""})
    assert sign_in.parameters({"OIDC_ISSUER": ""})["OidcIssuer"] == ""
    assert sign_in.parameters({})["OidcIssuer"] is None


def test_the_stack_keeps_every_setting_where_the_next_deployment_reads_it(cloud: Cloud) -> None:
    lines = template.load()["Resources"]["SignInParameter"]["Properties"]["Value"]["Fn::Join"][1]
    assert lines == [{"Fn::Sub": f"{name}=${{{of}}}"} for name, of in sign_in.PARAMETERS.items()]
    assert set(sign_in.PARAMETERS.values()) <= template.load()["Parameters"].keys()
    value = "OIDC_ISSUER=https://id.example.org\nOIDC_MEMBERS=groups=staff,@example.org\nOIDC_ADMINS="
    cloud.client("ssm").put_parameter(Name="/undertone/dev/sign-in", Type="String", Value=value)
    assert access.sign_in_settings(cloud, "dev") == {
        "OIDC_ISSUER": "https://id.example.org",
        "OIDC_MEMBERS": "groups=staff,@example.org",
        "OIDC_ADMINS": "",
    }
    assert access.sign_in_settings(cloud, "prod") == {}


def test_in_a_pipeline_only_the_function_that_signs_people_in_knows_it() -> None:
    resources = pipeline.additions("dev")["Resources"]
    known = resources["APIHandler"]["Properties"]["Environment"]["Variables"]
    assert {name: known[name]["Ref"] for name in sign_in.PARAMETERS} == sign_in.PARAMETERS
    others = resources["Deliver"]["Properties"]["Environment"]["Variables"]
    assert not others.keys() & sign_in.PARAMETERS.keys()


def test_what_is_no_setting_is_refused(cloud: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["deploy", "--setting", "OIDC_ISUER=x"], connected=lambda region: cloud) == 1
    assert "'OIDC_ISUER' is no setting" in capsys.readouterr().err


@pytest.mark.parametrize("target", ["run", "deploy"])
def test_make_passes_every_setting_as_it_is(target: str) -> None:
    given = {name: f"it's ${name} & more" for name in sign_in.PARAMETERS}
    command = ["make", "--dry-run", "--always-make", target, f"PYTHON={sys.executable}"]
    command += [f"{name}={value.replace('$', '$$')}" for name, value in given.items()]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    option = {"run": "--env", "deploy": "--setting"}[target]
    for name in given:
        assert f"{option} {name}='it'\\''s " in ran.stdout, name
