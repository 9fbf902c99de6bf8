"""The part of a template that the emulator gets."""

from pathlib import Path

import pytest

from local.emulator.template import load_template, storage_part, time_to_live
from local.errors import StackError

TEMPLATE = """
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: {Type: String, Default: dev}
Conditions:
  Production: !Equals [!Ref Stage, prod]
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Metadata: {Comment: any}
    Properties:
      TableName: !Sub "app-${Stage}-table"
      TimeToLiveSpecification: {AttributeName: expires, Enabled: true}
      SSESpecification: {SSEEnabled: true}
  Bucket:
    Type: AWS::S3::Bucket
    Condition: Production
    Properties:
      BucketName: !Join ["-", [app, !Ref "AWS::AccountId"]]
      VersioningConfiguration: {Status: Enabled}
      PublicAccessBlockConfiguration: {BlockPublicAcls: true}
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {}}
Outputs:
  TableName: {Value: !Ref Table, Export: {Name: table}}
  TableArn: {Value: !GetAtt Table.Arn}
  RoleArn: {Value: !GetAtt Role.Arn}
  RoleSub: {Value: !Sub "x-${Role}"}
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.yaml"
    path.write_text(TEMPLATE)
    return path


def test_only_tables_and_buckets_remain_with_what_they_refer_to(template: Path) -> None:
    part = storage_part(load_template(template))
    assert set(part["Resources"]) == {"Table", "Bucket"}
    assert part["Parameters"]["Stage"]["Default"] == "dev"
    assert part["Conditions"] == {"Production": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}}
    assert part["Resources"]["Bucket"]["Condition"] == "Production"


def test_short_forms_become_long_ones(template: Path) -> None:
    properties = storage_part(load_template(template))["Resources"]
    assert properties["Table"]["Properties"]["TableName"] == {"Fn::Sub": "app-${Stage}-table"}
    assert properties["Bucket"]["Properties"]["BucketName"] == {
        "Fn::Join": ["-", ["app", {"Ref": "AWS::AccountId"}]]
    }


def test_what_the_emulator_cannot_do_is_left_out_and_the_rest_stays(template: Path) -> None:
    resources = storage_part(load_template(template))["Resources"]
    assert "SSESpecification" not in resources["Table"]["Properties"]
    assert "PublicAccessBlockConfiguration" not in resources["Bucket"]["Properties"]
    assert resources["Bucket"]["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    assert resources["Table"]["DeletionPolicy"] == "Retain"


def test_outputs_of_other_resources_are_left_out(template: Path) -> None:
    outputs = storage_part(load_template(template))["Outputs"]
    assert outputs == {
        "TableName": {"Value": {"Ref": "Table"}},
        "TableArn": {"Value": {"Fn::GetAtt": ["Table", "Arn"]}},
    }


def test_time_to_live_is_known_by_logical_name(template: Path) -> None:
    part = storage_part(load_template(template))
    assert time_to_live(part) == {"Table": {"AttributeName": "expires", "Enabled": True}}


@pytest.mark.parametrize("text", ["just text", "Resources: [", "Parameters: {}"])
def test_a_file_that_is_no_template_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(text)
    with pytest.raises(StackError, match=r"broken\.yaml"):
        load_template(path)
