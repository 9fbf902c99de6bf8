"""The resources of the template, so that none vanishes unnoticed, and how they are protected."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from deploy_extras import template
from deploy_extras.after_chalice import GATEWAY_RESPONSES, burst
from deploy_extras.pipeline import additions

INVENTORY = {
    "AWS::DynamoDB::Table": 2,
    "AWS::S3::Bucket": 3,
    "AWS::S3::BucketPolicy": 3,
    "AWS::CloudFront::Distribution": 1,
    "AWS::CloudFront::OriginAccessControl": 1,
    "AWS::CloudFront::ResponseHeadersPolicy": 1,
    "AWS::Logs::LogGroup": 1,
    "AWS::Logs::QueryDefinition": 5,
    "AWS::SSM::Parameter": 4,
    "AWS::SNS::Topic": 2,
    "AWS::SNS::Subscription": 1,
    "AWS::Budgets::Budget": 1,
    "AWS::CloudWatch::Alarm": 16,
    "AWS::CloudWatch::Dashboard": 1,
}
# The largest template that CreateChangeSet takes as text.
MAX_TEMPLATE_BYTES = 51_200


@pytest.fixture(scope="module")
def resources() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = template.load()["Resources"]
    return found


def of_type(resources: dict[str, dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    return {name: r["Properties"] for name, r in resources.items() if r["Type"] == kind}


def test_the_template_has_exactly_these_resources(resources: dict[str, dict[str, Any]]) -> None:
    assert Counter(r["Type"] for r in resources.values()) == INVENTORY


def test_cloudformation_takes_the_template_as_text() -> None:
    assert len(template.body().encode()) < MAX_TEMPLATE_BYTES


def test_tables_are_on_demand_and_expire_items_and_pay_for_no_key(
    resources: dict[str, dict[str, Any]],
) -> None:
    for table in of_type(resources, "AWS::DynamoDB::Table").values():
        assert table["BillingMode"] == "PAY_PER_REQUEST"
        # DynamoDB encrypts without it; `SSEEnabled` means a key of KMS, which is billed by the request.
        assert "SSESpecification" not in table
        assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
        assert table["DeletionProtectionEnabled"] == {"Ref": "DeletionProtection"}
        assert table["WarmThroughput"]["Fn::If"][0] == "IsWarmer"
    messages = resources["MessagesTable"]["Properties"]
    assert messages["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]


def test_what_costs_by_the_month_is_off_unless_somebody_wants_it() -> None:
    parameters = template.load()["Parameters"]
    for name, off in {"Dashboard": "false", "Tracing": "false", "Metrics": "few"}.items():
        assert parameters[name]["Default"] == off
        assert "$" in parameters[name]["Description"], name


def test_a_budget_is_told_to_whom_alarms_are_told(resources: dict[str, dict[str, Any]]) -> None:
    budget = resources["Budget"]["Properties"]
    assert budget["Budget"]["BudgetLimit"] == {"Amount": {"Ref": "BudgetDollars"}, "Unit": "USD"}
    for notification in budget["NotificationsWithSubscribers"]:
        [subscriber] = notification["Subscribers"]
        assert subscriber["Address"] == {"Ref": "AlarmEmail"}


def test_messages_files_and_models_outlive_the_stack(resources: dict[str, dict[str, Any]]) -> None:
    kept = {name for name, r in resources.items() if r.get("DeletionPolicy") == "RetainExceptOnCreate"}
    assert kept == {"MessagesTable", "ModelsBucket", "FilesBucket"}
    assert all(resources[name]["UpdateReplacePolicy"] == "Retain" for name in kept)


def test_no_bucket_is_public(resources: dict[str, dict[str, Any]]) -> None:
    for bucket in of_type(resources, "AWS::S3::Bucket").values():
        assert all(bucket["PublicAccessBlockConfiguration"].values())
        assert "BucketEncryption" in bucket


def test_models_are_versioned(resources: dict[str, dict[str, Any]]) -> None:
    assert resources["ModelsBucket"]["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}


@pytest.mark.parametrize("bucket", ["ModelsBucket", "FilesBucket"])
def test_models_and_files_are_accessible_over_tls_only(
    resources: dict[str, dict[str, Any]], bucket: str
) -> None:
    [statement] = resources[f"{bucket}Policy"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": False}}


def test_uploads_that_nobody_sent_expire_and_pages_may_make_them(
    resources: dict[str, dict[str, Any]],
) -> None:
    bucket = resources["FilesBucket"]["Properties"]
    rule, deleted, pictures, previews = bucket["LifecycleConfiguration"]["Rules"]
    assert (deleted["Prefix"], deleted["Status"]) == ("files/", "Enabled")
    days = {"Fn::If": ["KeepsDeletedFiles", {"Ref": "DeletedFilesDays"}, 1]}
    assert deleted["NoncurrentVersionExpiration"] == {"NoncurrentDays": days}
    assert (pictures["Prefix"], pictures["NoncurrentVersionExpiration"]) == (
        "pictures/",
        {"NoncurrentDays": 1},
    )
    assert (rule["Prefix"], rule["ExpirationInDays"], rule["Status"]) == ("uploads/", 1, "Enabled")
    assert (previews["Prefix"], previews["ExpirationInDays"]) == ("previews/", 2)
    [cors] = bucket["CorsConfiguration"]["CorsRules"]
    assert cors["AllowedMethods"] == ["GET", "POST"]


def test_the_site_is_served_over_http3_with_compression_and_security_headers(
    resources: dict[str, dict[str, Any]],
) -> None:
    config = resources["SiteDistribution"]["Properties"]["DistributionConfig"]
    assert config["HttpVersion"] == "http2and3"
    assert config["DefaultRootObject"] == "index.html"
    for behaviour in (config["DefaultCacheBehavior"], *config["CacheBehaviors"]):
        assert behaviour["Compress"]
        assert behaviour["ViewerProtocolPolicy"] == "redirect-to-https"
        assert behaviour["ResponseHeadersPolicyId"] == {"Ref": "SiteHeaders"}


def test_in_one_stack_the_apis_are_resources_and_not_parameters() -> None:
    merged = additions("prod")
    assert not {"RestApiId", "WebsocketApiId"} & merged["Parameters"].keys()
    text = str(merged)
    assert "RestApiId" not in text
    assert "HasApis" not in text
    assert merged["Resources"]["Deliver"]["Properties"]["RecursiveLoop"] == "Allow"
    assert merged["Resources"]["APIHandler"]["Properties"]["FunctionName"] == "undertone-prod"
    assert merged["Resources"]["Deliver"]["Properties"]["EventInvokeConfig"] == {
        "MaximumEventAgeInSeconds": 60,
        "MaximumRetryAttempts": 0,
    }
    assert all(r.get("Condition") != "HasApis" for r in merged["Resources"].values())


def test_in_one_stack_the_apis_are_throttled_as_the_command_throttles_them() -> None:
    merged = additions("prod")
    parameters = merged["Parameters"]
    rest = merged["Resources"]["RestAPI"]["Properties"]
    socket = merged["Resources"]["WebsocketAPIStage"]["Properties"]
    found = {f"{s['ResourcePath']} {s['HttpMethod']}": s for s in rest["MethodSettings"]}
    throttled = {
        "RequestsPerSecond": found["/* *"],
        "SessionsPerSecond": found["/~1session POST"],
        "FramesPerSecond": socket["DefaultRouteSettings"],
        "ConnectsPerSecond": socket["RouteSettings"]["$connect"],
    }
    for name, settings in throttled.items():
        assert settings["ThrottlingRateLimit"] == {"Ref": name}
        assert settings["ThrottlingBurstLimit"] == burst(parameters[name]["Default"])
    assert rest["DefinitionBody"]["x-amazon-apigateway-gateway-responses"] == GATEWAY_RESPONSES


def test_a_file_that_is_no_template_is_named_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text("Resources:\n  Table: [\n")
    with pytest.raises(ValueError, match=r"(?s)template\.yaml cannot be read: .*line 3"):
        template.load(file)
    file.write_text("Table: {}\n")
    with pytest.raises(ValueError, match="has no Resources"):
        template.load(file)


def test_short_forms_are_written_out_and_dates_stay_texts(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text(
        "Resources:\n"
        "  Table: {Arn: !GetAtt Other.Nested.Arn, Name: !Ref Stage, If: !Condition Warm, Since: 2012-10-17}\n"
        "  Joined: !Join ['-', [a, !Sub 'b-${Stage}']]\n"
        "  Chosen: !FindInMap {a: !Ref b}\n"
    )
    assert template.load(file)["Resources"] == {
        "Table": {
            "Arn": {"Fn::GetAtt": ["Other", "Nested.Arn"]},
            "Name": {"Ref": "Stage"},
            "If": {"Condition": "Warm"},
            "Since": "2012-10-17",
        },
        "Joined": {"Fn::Join": ["-", ["a", {"Fn::Sub": "b-${Stage}"}]]},
        "Chosen": {"Fn::FindInMap": {"a": {"Ref": "b"}}},
    }
