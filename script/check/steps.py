"""The steps of a full check: what each is called and which command decides it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from script.launch import environment
from script.launch.options import ROOT

_BIN = environment.FOLDER / "bin"
_PROCESSES = "3"
_PYTEST = (str(_BIN / "pytest"), "-n", _PROCESSES, "--dist", "worksteal", "-q")


@dataclass(frozen=True)
class Step:
    """One check; it holds when its command ends with 0."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def _tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(_BIN / name), *arguments)


LOOKS = (
    Step("lint", _tool("ruff", "check", "--quiet", ".")),
    Step("layout", _tool("ruff", "format", "--check", "--quiet", ".")),
    Step("imports", _tool("lint-imports", "--cache-dir", str(ROOT / ".cache/import-linter"))),
    Step("types", _tool("mypy", "--cache-dir", str(ROOT / ".cache/mypy"))),
    Step(
        "migrations",
        _tool("python", "manage.py", "makemigrations", "--check", "--dry-run"),
        {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
    ),
    Step("image", _tool("hadolint", "Dockerfile")),
    Step(
        "compose file",
        _tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"),
    ),
)
ON_SQLITE = Step("tests on SQLite", (*_PYTEST, "-m", "not postgresql_only"))


def on_postgresql(url: str) -> Step:
    """Return the step that runs what asks a database again, on the PostgreSQL server at ``url``."""
    chosen = "database and not sqlite_only and not journey"
    return Step("tests on PostgreSQL", (*_PYTEST, "-m", chosen), {"DATABASE_URL": url})


def databases(url: str) -> tuple[Step, ...]:
    """Return what migrates the databases that both test runs copy: half a minute's work each."""
    one_that_asks = (
        "tests/toolchain/test_fixtures.py::test_the_queue_runs_in_the_order_it_was_filled"
    )
    command = (str(_BIN / "pytest"), "--setup-only", "-q", one_that_asks)
    return (Step("on SQLite", command), Step("on PostgreSQL", command, {"DATABASE_URL": url}))
