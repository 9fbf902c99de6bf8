"""The checks before anything is changed."""

from typing import Any

import pytest

from deploy_extras import cli, preflight
from deploy_extras.cloud import Cloud, connect
from deploy_extras.errors import DeployError


class Limits:
    """A Lambda client of an account with a limit of concurrent executions."""

    def __init__(self, allowed: int) -> None:
        self._allowed = allowed

    def get_account_settings(self) -> dict[str, Any]:
        return {"AccountLimit": {"ConcurrentExecutions": self._allowed}}


def test_a_new_accounts_concurrency_limit_gives_a_warning_with_the_remedy(cloud: Cloud) -> None:
    cloud._clients["lambda"] = Limits(10)
    said = preflight.concurrency_warning(cloud)
    assert said is not None
    assert "at most 10 Lambda functions" in said
    assert "Service Quotas" in said


def test_the_usual_concurrency_limit_gives_no_warning(cloud: Cloud) -> None:
    cloud._clients["lambda"] = Limits(1000)
    assert preflight.concurrency_warning(cloud) is None


def test_the_trainer_goes_into_a_zone_of_the_default_vpc_that_has_its_type(cloud: Cloud) -> None:
    ec2 = cloud.client("ec2")
    offered = ec2.describe_instance_type_offerings(
        LocationType="availability-zone", Filters=[{"Name": "instance-type", "Values": ["t4g.medium"]}]
    )
    zones = {each["Location"] for each in offered["InstanceTypeOfferings"]}
    found = preflight.network(cloud, "t4g.medium", None)
    [subnet] = ec2.describe_subnets(SubnetIds=[found.subnet])["Subnets"]
    assert subnet["AvailabilityZone"] in zones
    # In moto, as at AWS, one zone of this region has none.
    assert zones < {each["ZoneName"] for each in ec2.describe_availability_zones()["AvailabilityZones"]}
    assert preflight.network(cloud, "t4g.medium", found.subnet) == found


def test_the_error_for_a_zone_without_the_type_names_those_that_have_it(cloud: Cloud) -> None:
    subnets = cloud.client("ec2").describe_subnets()["Subnets"]
    [outside] = [each["SubnetId"] for each in subnets if each["AvailabilityZone"] == "us-east-1e"]
    with pytest.raises(DeployError, match=r"no t4g.medium .*\(us-east-1e\).*some in us-east-1a, .*SUBNET="):
        preflight.network(cloud, "t4g.medium", outside)


def test_the_error_for_an_unknown_subnet_names_it(cloud: Cloud) -> None:
    with pytest.raises(DeployError, match="subnet-0123456789abcdef0 is not in us-east-1"):
        preflight.network(cloud, "t4g.medium", "subnet-0123456789abcdef0")


def test_the_error_for_a_missing_region_says_how_to_set_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(DeployError, match="No region is set: set REGION="):
        connect(None)


@pytest.mark.parametrize("stage", ["local", "Staging", "staging"])
def test_a_stage_without_policies_is_refused_before_anything_else(
    stage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["status", "--stage", stage], connected=lambda region: pytest.fail("connected")) == 1
    assert "use dev or prod" in capsys.readouterr().err


@pytest.mark.parametrize(("region", "partition"), [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")])
def test_regions_of_other_partitions_are_refused_before_any_request(region: str, partition: str) -> None:
    with pytest.raises(DeployError, match=f"The region {region} belongs to the partition {partition}"):
        connect(region)


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(DeployError, match="There is no region 'europe'"):
        connect("europe")
