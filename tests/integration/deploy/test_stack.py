"""Both templates are created, updated and deleted on MiniStack: the stage's, and the trainer's after it."""

import json

import pytest

from deploy_extras import retained, template
from deploy_extras.cloud import Cloud
from deploy_extras.stack import Stacks
from tests.integration.deploy import emulators
from tests.integration.deploy.trainer_stack import NAME, PARAMETERS, TrainerStage


@pytest.fixture(scope="module")
def cloud(ministack: str) -> Cloud:
    return emulators.cloud(ministack)


@pytest.fixture(scope="module")
def stage(cloud: Cloud) -> TrainerStage:
    found = TrainerStage.create(cloud)
    found.apply()
    return found


@pytest.fixture(scope="module")
def stacks(stage: TrainerStage) -> Stacks:
    return stage.stacks


def test_the_trainer_is_a_launch_template_and_a_schedule_that_runs_it(
    cloud: Cloud, stage: TrainerStage
) -> None:
    found = cloud.client("ec2").describe_launch_templates()["LaunchTemplates"]
    assert [t["LaunchTemplateName"] for t in found] == ["undertone-dev-trainer"]
    timer = cloud.client("scheduler").get_schedule(Name="undertone-dev-trainer")
    assert timer["Target"]["Arn"] == "arn:aws:scheduler:::aws-sdk:ec2:runInstances"
    launched = json.loads(timer["Target"]["Input"])["LaunchTemplate"]
    assert launched == {"LaunchTemplateId": found[0]["LaunchTemplateId"], "Version": "1"}
    bundle = cloud.client("ssm").get_parameter(Name="/undertone/dev/trainer-bundle")["Parameter"]["Value"]
    assert bundle == f"trainer/bundles/x.tar {'0' * 64}"


def test_applying_the_same_templates_again_changes_nothing(
    stage: TrainerStage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.main()
    stage.apply()
    assert capsys.readouterr().out.count("nothing to change in the stack") == 2


def test_an_update_prints_and_makes_the_changes(
    cloud: Cloud, stage: TrainerStage, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = stage.apply(TrainerSchedule="cron(0 5 * * ? *)")
    assert stack.status == "UPDATE_COMPLETE"
    assert "modify  TrainerTimer AWS::Scheduler::Schedule" in capsys.readouterr().out
    timer = cloud.client("scheduler").get_schedule(Name="undertone-dev-trainer")
    assert timer["ScheduleExpression"] == "cron(0 5 * * ? *)"


def test_the_trainer_learns_from_private_rooms_if_a_deployment_says_so(stage: TrainerStage) -> None:
    assert "\nTRAIN_ON_PRIVATE=no\n" in stage.user_data()
    stage.apply(TrainOnPrivate="yes")
    assert "\nTRAIN_ON_PRIVATE=yes\n" in stage.user_data()


def test_a_parameter_without_a_value_keeps_its_present_one(cloud: Cloud, stage: TrainerStage) -> None:
    stage.apply(TrainerSchedule=None)
    timer = cloud.client("scheduler").get_schedule(Name="undertone-dev-trainer")
    assert timer["ScheduleExpression"] == "cron(0 5 * * ? *)"


def test_the_alarms_exist_as_the_list_says(cloud: Cloud, stage: TrainerStage) -> None:
    client = cloud.client("cloudwatch")

    def names() -> set[str]:
        return {
            a["AlarmName"].removeprefix("undertone-dev-") for a in client.describe_alarms()["MetricAlarms"]
        }

    few = {"faults", "frames-refused", "storage-throttles", "rest-errors", "function-throttles", "trainer"}
    assert names() == few
    stage.main(Metrics="all")
    assert names() > few | {"storage-faults", "messages-table-write-throttles", "slow-frames"}
    stage.main(Metrics="few", RestApiId="rest", WebsocketApiId="socket")
    assert names() == few | {"websocket-integration-errors", "websocket-execution-errors"}
    stage.main(RestApiId="", WebsocketApiId="")


def test_the_dashboard_exists_if_somebody_wants_it(cloud: Cloud, stage: TrainerStage) -> None:
    client = cloud.client("cloudwatch")
    assert client.list_dashboards()["DashboardEntries"] == []
    stage.main(Dashboard="true")
    assert [d["DashboardName"] for d in client.list_dashboards()["DashboardEntries"]] == ["undertone-dev"]
    body = json.loads(client.get_dashboard(DashboardName="undertone-dev")["DashboardBody"])
    assert ["Undertone", "Faults", "Stage", "dev"] in body["widgets"][3]["properties"]["metrics"]
    stage.main(Dashboard="false")


def test_the_budget_is_that_of_its_parameter_and_nought_is_none(cloud: Cloud, stage: TrainerStage) -> None:
    def limits() -> list[str]:
        found = cloud.client("budgets").describe_budgets(AccountId=emulators.ACCOUNT).get("Budgets", [])
        return [f"{float(budget['BudgetLimit']['Amount']):g}" for budget in found]

    assert limits() == ["30"]
    stage.main(BudgetDollars="50")
    assert limits() == ["50"]
    stage.main(BudgetDollars="0")
    assert limits() == []


def test_the_trainer_is_removed_by_itself(cloud: Cloud, stage: TrainerStage) -> None:
    stage.trainer.remove()
    assert cloud.client("scheduler").list_schedules()["Schedules"] == []
    assert cloud.client("ec2").describe_launch_templates()["LaunchTemplates"] == []
    assert stage.stacks.find(NAME) is not None
    stage.trainer.remove()


def test_a_deleted_stack_leaves_its_data_and_a_new_stack_imports_them(
    cloud: Cloud, stacks: Stacks, stage: TrainerStage
) -> None:
    dynamodb = cloud.client("dynamodb")
    item = {"pk": {"S": "kept"}, "sk": {"S": "kept"}}
    dynamodb.put_item(TableName="undertone-dev-messages", Item=item)
    dynamodb.update_table(TableName="undertone-dev-connections", DeletionProtectionEnabled=False)
    stacks.delete(NAME)
    assert stacks.find(NAME) is None
    assert dynamodb.list_tables()["TableNames"] == ["undertone-dev-messages"]
    found = retained.resources(cloud, "dev")
    assert [r["LogicalResourceId"] for r in found] == ["MessagesTable", "ModelsBucket", "FilesBucket"]
    stacks.import_resources(NAME, retained.import_template(found), "dev", found)
    assert stacks.apply(NAME, template.body(), PARAMETERS).status == "UPDATE_COMPLETE"
    assert "Item" in dynamodb.get_item(TableName="undertone-dev-messages", Key=item)
