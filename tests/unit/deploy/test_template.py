"""The resources of the template, so that none vanishes unnoticed, and how they are protected."""

import json
from collections import Counter
from typing import Any

import pytest

from deploy_extras import template
from deploy_extras.pipeline import additions

INVENTORY = {
    "AWS::DynamoDB::Table": 2,
    "AWS::S3::Bucket": 2,
    "AWS::S3::BucketPolicy": 2,
    "AWS::CloudFront::Distribution": 1,
    "AWS::CloudFront::OriginAccessControl": 1,
    "AWS::CloudFront::ResponseHeadersPolicy": 1,
    "AWS::Logs::LogGroup": 1,
    "AWS::SSM::Parameter": 3,
    "AWS::IAM::Role": 2,
    "AWS::IAM::InstanceProfile": 1,
    "AWS::EC2::SecurityGroup": 1,
    "AWS::EC2::LaunchTemplate": 1,
    "AWS::EC2::Instance": 1,
    "AWS::Scheduler::Schedule": 1,
    "AWS::SNS::Topic": 1,
    "AWS::SNS::Subscription": 1,
    "AWS::CloudWatch::Alarm": 8,
    "AWS::CloudWatch::Dashboard": 1,
}


@pytest.fixture(scope="module")
def resources() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = template.load()["Resources"]
    return found


def of_type(resources: dict[str, dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    return {name: r["Properties"] for name, r in resources.items() if r["Type"] == kind}


def test_the_template_has_exactly_these_resources(resources: dict[str, dict[str, Any]]) -> None:
    assert Counter(r["Type"] for r in resources.values()) == INVENTORY


def test_tables_are_encrypted_and_on_demand_and_expire_items(
    resources: dict[str, dict[str, Any]],
) -> None:
    for table in of_type(resources, "AWS::DynamoDB::Table").values():
        assert table["BillingMode"] == "PAY_PER_REQUEST"
        assert table["SSESpecification"] == {"SSEEnabled": True}
        assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
        assert table["DeletionProtectionEnabled"] == {"Ref": "DeletionProtection"}
    messages = resources["MessagesTable"]["Properties"]
    assert messages["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]


def test_messages_and_models_outlive_the_stack(resources: dict[str, dict[str, Any]]) -> None:
    kept = {name for name, r in resources.items() if r.get("DeletionPolicy") == "RetainExceptOnCreate"}
    assert kept == {"MessagesTable", "ModelsBucket"}
    assert all(resources[name]["UpdateReplacePolicy"] == "Retain" for name in kept)


def test_no_bucket_is_public(resources: dict[str, dict[str, Any]]) -> None:
    for bucket in of_type(resources, "AWS::S3::Bucket").values():
        assert all(bucket["PublicAccessBlockConfiguration"].values())
        assert "BucketEncryption" in bucket


def test_models_are_versioned_and_accessible_over_tls_only(resources: dict[str, dict[str, Any]]) -> None:
    assert resources["ModelsBucket"]["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    [statement] = resources["ModelsBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": False}}


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


def test_the_trainer_has_no_open_port_and_an_encrypted_disk_and_requires_metadata_tokens(
    resources: dict[str, dict[str, Any]],
) -> None:
    group = resources["TrainerSecurityGroup"]["Properties"]
    assert "SecurityGroupIngress" not in group
    assert [rule["FromPort"] for rule in group["SecurityGroupEgress"]] == [443]
    data = resources["TrainerTemplate"]["Properties"]["LaunchTemplateData"]
    assert data["MetadataOptions"]["HttpTokens"] == "required"
    assert all(disk["Ebs"]["Encrypted"] for disk in data["BlockDeviceMappings"])
    assert "KeyName" not in data
    assert data["InstanceInitiatedShutdownBehavior"] == "stop"


def test_every_wildcard_of_a_role_is_justified_in_its_sid(resources: dict[str, dict[str, Any]]) -> None:
    for role in of_type(resources, "AWS::IAM::Role").values():
        for statement in role["Policies"][0]["PolicyDocument"]["Statement"]:
            if "*" in str(statement["Resource"]):
                assert "Because" in statement["Sid"], statement


def test_every_alarm_notifies_the_topic(resources: dict[str, dict[str, Any]]) -> None:
    for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values():
        assert alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}]
        assert alarm["TreatMissingData"] == "notBreaching"


def test_the_dashboard_has_widgets_that_do_not_overlap(resources: dict[str, dict[str, Any]]) -> None:
    widgets = json.loads(resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"][0])["widgets"]
    places = [(widget["x"], widget["y"]) for widget in widgets]
    assert len(set(places)) == len(places)
    assert all(x % 12 == 0 and y % 6 == 0 for x, y in places)
    assert all((widget["width"], widget["height"]) == (12, 6) for widget in widgets)


def test_every_metric_of_the_dashboard_is_of_this_stage(resources: dict[str, dict[str, Any]]) -> None:
    widgets = json.loads(resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"][0])["widgets"]
    metrics = [metric for widget in widgets for metric in widget["properties"]["metrics"]]
    ours = [metric for metric in metrics if metric[0] == "Undertone"]
    assert len({name for _, name, *_ in ours}) == len(ours)
    assert all(dimensions == ["Stage", "${Stage}"] for _, _, *dimensions in ours)


def test_in_one_stack_the_apis_are_resources_and_not_parameters() -> None:
    merged = additions("prod")
    assert not {"RestApiId", "WebsocketApiId"} & merged["Parameters"].keys()
    text = str(merged)
    assert "RestApiId" not in text
    assert "HasApis" not in text
    assert merged["Resources"]["Deliver"]["Properties"]["RecursiveLoop"] == "Allow"
    assert merged["Resources"]["APIHandler"]["Properties"]["FunctionName"] == "undertone-prod"
