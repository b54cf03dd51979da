"""The shape of the source: short files, short functions, no hidden imports, nothing unnamed."""

import ast

from tests.architecture.source import modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
FORBIDDEN_NAMES = {"core", "common", "utils", "helpers", "services", "misc"}


def test_files_stay_short() -> None:
    assert not [module.name for module in modules() if module.lines > LONGEST_FILE]


def test_functions_stay_short() -> None:
    long = [
        f"{module.name}:{function.lineno} {function.name}"
        for module in modules()
        for function in module.functions()
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        module.name
        for module in modules()
        if module.tree.body and not ast.get_docstring(module.tree)
    ]
    assert not silent


def test_files_and_folders_are_named_after_things() -> None:
    names = [
        module.name
        for module in modules()
        if FORBIDDEN_NAMES & {part.removesuffix(".py") for part in module.path.parts}
    ]
    assert not names


MAY_CATCH_EVERYTHING = {
    "portal/record/invariants.py": "says it as a difference, and lets the other checks go on",
}
"""Files that may catch whatever comes, each with what they do instead of swallowing it."""


def test_nothing_swallows_every_error() -> None:
    broad = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.name not in MAY_CATCH_EVERYTHING
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
    ]
    assert not broad
