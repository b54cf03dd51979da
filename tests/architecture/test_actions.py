"""Every action has an actor and reaches the record; every job that is named exists."""

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from tests.architecture.source import Module, called_names, modules

WRITES_THE_RECORD = {"record", "record_all", "transition"}
PASSES_ON = {
    "claim_check": "takes a lease on a job's own row; nobody's business but the worker's",
    "sweep": "puts lost jobs back in the queue",
    "plan_rescans": "puts jobs in the queue",
    "rescan_batch": "each file it looks at leaves an event of its own",
    "quarantine_bytes": "moves bytes after the event that condemned them",
    "tell_people": "sends mail about an event that is there already",
    "tidy_bytes": "removes bytes that no row ever mentioned",
    "open_sitting": "asks the questions that come before a decision",
    "act_on_infection": "puts in the jobs that follow an event of its caller",
    "keep_sheet": "keeps what its uploader alone sees for an hour; importing it leaves the events",
    "discard_sheet": "throws that away again",
    "submit_policy": "what happens to a draft is kept in Wagtail's own log",
    "evidence_linked": "follows, in its transaction, the action that linked and recorded it",
    "evidence_unlinked": "follows, in its transaction, the action that unlinked and recorded it",
    "editions_changed": "follows, in its transaction, the load of the catalogue, which is recorded",
    "join_what_is_there": "part of starting an assessment, which leaves the event",
    "roll_over_sites": "puts in one job a site; each carries one over and leaves its event",
    "ask_owner": "keeps the question that it mails; asking changes nothing",
    "decide_on_policy": "publishing, which it may lead to, leaves the event",
}
"""Actions without an event of their own, each with the reason."""


def _action_modules() -> list[Module]:
    return [
        module
        for module in modules()
        if module.path.parent.name == "actions" and module.path.name != "__init__.py"
    ]


def _reaching() -> set[str]:
    """Return the names of all functions in action modules that lead to the record, step by step."""
    bodies = {
        function.name: called_names(function)
        for module in modules()
        for function in module.functions()
    }
    reaching = set(WRITES_THE_RECORD)
    while grown := {name for name, calls in bodies.items() if calls & reaching} - reaching:
        reaching |= grown
    return reaching


def _public(module: Module) -> Iterator[ast.FunctionDef]:
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def _verbs() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Give the functions that are actions: public, and taking an actor by keyword."""
    for module in _action_modules():
        for function in _public(module):
            if any(argument.arg == "actor" for argument in function.args.kwonlyargs):
                yield f"{module.name}:{function.name}", function


ACTIONS = dict(_verbs())


def test_there_are_actions_in_every_working_room() -> None:
    rooms = {name.split("/")[1] for name in ACTIONS}
    assert {"people", "frameworks", "policies", "evidence", "scanning", "review", "inspection"} <= (
        rooms
    )


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_reaches_the_record(name: str) -> None:
    function = ACTIONS[name]
    assert function.name in PASSES_ON or called_names(function) & _reaching()


@pytest.mark.parametrize("module", _action_modules(), ids=lambda module: module.name)
def test_no_action_takes_its_actor_by_position_or_lets_it_be_left_out(module: Module) -> None:
    for function in _public(module):
        assert "actor" not in {argument.arg for argument in function.args.args}


def _jobs() -> list[str]:
    named = [schedule["func"] for schedule in settings.SCHEDULES.values()]
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "enqueue":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    named.append(str(first.value))
    return sorted({str(job) for job in named})


@pytest.mark.parametrize("job", _jobs())
def test_every_job_that_is_named_exists(job: str) -> None:
    assert callable(import_string(job))


@pytest.mark.parametrize(
    "setting",
    ["BYTES_ARE_CLEAN", "LATEST_VERDICTS", "CHECK_TASK", "BYTE_STORE", "SCANNER"],
)
def test_every_piece_that_settings_name_exists(setting: str) -> None:
    assert import_string(getattr(settings, setting))


@pytest.mark.parametrize("setting", ["HEALTH_PROBES", "ADMIN_NOTICES"])
def test_every_list_of_pieces_that_settings_name_exists(setting: str) -> None:
    paths = getattr(settings, setting)
    assert paths
    assert all(callable(import_string(path)) for path in paths)


def test_only_actions_and_their_kin_save_rows() -> None:
    """Views, tasks, hooks and the API hand writing on to actions."""
    writing = {"save", "create", "bulk_create", "update", "delete", "get_or_create"}
    thin = {"views", "tasks.py", "api.py", "wagtail_hooks.py", "viewsets.py"}
    found = []
    for module in modules():
        parts = set(module.path.parts)
        if not parts & thin:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr in writing:
                source = ast.unparse(node)
                if "objects" in source or node.attr == "save":
                    found.append(f"{module.name}:{node.lineno} {source}")
    assert not found
