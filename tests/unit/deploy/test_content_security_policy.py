"""The Content-Security-Policy of the site, on CloudFront and on the local stack."""

import subprocess
import sys
from pathlib import Path

from deploy_extras import content_security_policy, template

ROOT = Path(__file__).parents[3]


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


def test_local_and_cloudfront_policies_differ_in_the_apis_and_the_bucket_alone() -> None:
    local = directives(content_security_policy.same_origin())
    cloudfront = directives(content_security_policy.from_template())
    here = "http://127.0.0.1:*"
    assert local.pop("connect-src") == ["'self'", here]
    assert cloudfront.pop("connect-src") == ["'self'${Apis}${Files}"]
    assert local.pop("img-src") == ["'self'", "data:", "blob:", here]
    assert cloudfront.pop("img-src") == ["'self'", "data:", "blob:${Files}"]
    assert local.pop("media-src") == ["blob:", here]
    assert cloudfront.pop("media-src") == ["blob:${Files}"]
    assert local == cloudfront


def test_cloudfront_adds_exactly_the_two_apis_once_they_exist() -> None:
    headers = template.load()["Resources"]["SiteHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    policy = headers["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    condition, apis, otherwise = policy["Fn::Sub"][1]["Apis"]["Fn::If"]
    host = "execute-api.${AWS::Region}.${AWS::URLSuffix}"
    assert (condition, otherwise) == ("HasApis", "")
    assert apis == {"Fn::Sub": f" https://${{RestApiId}}.{host} wss://${{WebsocketApiId}}.{host}"}


def test_cloudfront_adds_exactly_the_bucket_of_files() -> None:
    headers = template.load()["Resources"]["SiteHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    policy = headers["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    bucket = template.load()["Resources"]["FilesBucket"]["Properties"]["BucketName"]["Fn::Sub"]
    assert policy["Fn::Sub"][1]["Files"] == {
        "Fn::Sub": f" https://{bucket}.s3.${{AWS::Region}}.${{AWS::URLSuffix}}"
    }


def test_the_policy_allows_nothing_but_files_of_the_site_and_its_apis() -> None:
    found = directives(content_security_policy.same_origin())
    assert found["default-src"] == found["base-uri"] == found["frame-ancestors"] == ["'none'"]
    assert found["script-src"] == found["style-src"] == ["'self'"]


def test_make_run_serves_the_policy_that_the_module_prints() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "policy=$$($(BIN)/python -m deploy_extras.content_security_policy)" in makefile
    assert '--site-header "Content-Security-Policy: $$policy"' in makefile
    printed = subprocess.run(
        [sys.executable, "-m", "deploy_extras.content_security_policy"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout == f"{content_security_policy.same_origin()}\n"
