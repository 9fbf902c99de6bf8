"""The variables that the template gives to functions, and a sentence for each that is not to be had here."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from local.application import Application
from local.emulator.function_variables import EVERY_FUNCTION, FunctionVariable, filled_in, worked_out
from local.emulator.template import load_template
from local.errors import StackError
from local.lambdas.variables import function_arn

_SUFFIXES = (".json", ".yaml", ".yml")


class TemplateVariables:
    """Gives variables of a template to the functions of an application.

    Parameters
    ----------
    variables
        As the emulator has worked them out.
    elsewhere
        Names of variables that every function gets from the command line, which wins.
    """

    def __init__(self, variables: list[FunctionVariable], region: str, elsewhere: Collection[str]) -> None:
        self._variables = variables
        self._region = region
        self._elsewhere = elsewhere

    @classmethod
    def read(
        cls, template: Path | None, outputs: dict[str, str], *, region: str, elsewhere: Collection[str]
    ) -> "TemplateVariables":
        """Take the variables out of the outputs of the emulator's stack."""
        variables = worked_out(load_template(template), outputs) if template is not None else []
        return cls(variables, region, elsewhere)

    def given_to(self, application: Application) -> Application:
        """Return the application with the variables, and with a note for each that it does not get."""
        names = self._names(application)
        by_logical_id = {each.logical_id: each for each in application.functions.values()}
        given: dict[str, dict[str, str]] = defaultdict(dict)
        lacking: dict[tuple[str, str], list[str]] = defaultdict(list)
        strangers: dict[str, None] = {}
        for variable in self._variables:
            text, missing = filled_in(variable, names)
            targets = [variable.function] if variable.function != EVERY_FUNCTION else list(by_logical_id)
            for logical_id in targets:
                function = by_logical_id.get(logical_id)
                if function is None:
                    strangers[logical_id] = None
                elif not missing:
                    given[function.name][variable.name] = text
                elif variable.name not in self._elsewhere:
                    lacking[variable.name, ", ".join(sorted(missing))].append(function.short_name)
        notes = [
            f"{', '.join(functions)}: no variable {name}, for the template takes it from {missing}, which is "
            f"not here; --env {name}=… sets it"
            for (name, missing), functions in lacking.items()
        ]
        notes += [
            f"the template gives variables to {each}, which is no function of the application"
            for each in strangers
        ]
        functions = {
            name: replace(function, environment=function.environment | given[name])
            for name, function in application.functions.items()
        }
        return replace(application, functions=functions, notes=(*application.notes, *notes))

    def _names(self, application: Application) -> dict[str, str]:
        """What references to the functions and APIs of the application stand for."""
        names = dict.fromkeys(("RestAPI", "WebsocketAPI"), application.api_id)
        for function in application.functions.values():
            names[function.logical_id] = function.name
            names[f"{function.logical_id}.Arn"] = function_arn(self._region, function.name)
        return names


def unused_templates(app: Path) -> list[Path]:
    """Return the CloudFormation templates that lie in a project, for a start without one."""
    found = []
    for path in sorted(app.iterdir()):
        if path.suffix in _SUFFIXES and path.is_file():
            try:
                template = load_template(path)
            except StackError:
                continue
            if any(
                isinstance(each, dict) and "Properties" in each for each in template["Resources"].values()
            ):
                found.append(path)
    return found
