"""What the product ships to be run in earnest: what compose.yaml, the Dockerfile and the unit promise, read there."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from charter.__main__ import app
from charter.settings import Settings, settings
from tests.conftest import forget_settings
from tests.making import ROOT

SHIPPED = ROOT / "charter" / "deployment"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SITES = ("app-1", "app-2")
DOCKERFILE = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
STEPS = [line.split(maxsplit=1) for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
UNIT = (SHIPPED / "charter.service").read_text(encoding="utf-8")


def steps(word: str) -> list[str]:
    """Give what stands after a word of the Dockerfile, each time."""
    return [rest for first, rest in STEPS if first == word]


def address_of(service: str) -> str:
    return str(SERVICES[service]["networks"]["site"]["ipv4_address"])


def test_there_are_two_servers_a_store_and_a_proxy() -> None:
    assert set(SERVICES) == {*SITES, "database", "proxy"}


@pytest.mark.parametrize("service", SERVICES)
def test_every_container_is_of_one_exact_version_and_gets_no_more_rights(service: str) -> None:
    told = SERVICES[service]
    assert service in SITES or re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?-[a-z]+", told["image"])
    assert told["security_opt"] == ["no-new-privileges:true"]
    assert told["restart"] == "unless-stopped"
    assert not {"privileged", "cap_add", "devices", "pid", "network_mode"} & set(told)


def test_the_image_of_the_site_is_built_once_and_never_fetched() -> None:
    """Two builds of one name at a time fail, each in the other's way."""
    assert {name: told["build"] for name, told in SERVICES.items() if "build" in told} == {"app-1": "."}
    assert {SERVICES[name]["image"] for name in SITES} == {"charter"}
    assert SERVICES["app-2"]["pull_policy"] == "never"


def test_a_server_and_the_proxy_may_open_the_files_of_all_the_pages_that_are_promised() -> None:
    """A page took two files in the proxy and four in a server, and 1,024 for all is what many a system begins with."""
    pages = int(re.findall(r"limit_conn charter_people (\d+);", (SHIPPED / "site.conf").read_text(encoding="utf-8"))[0])
    proxy = (SHIPPED / "nginx.conf").read_text(encoding="utf-8")
    assert int(re.findall(r"worker_rlimit_nofile (\d+);", proxy)[0]) >= 2 * 4096 >= 2 * pages
    assert {SERVICES[name]["ulimits"]["nofile"] for name in SITES} == {int(settings_of(UNIT)["LimitNOFILE"])} == {16384}
    assert 4 * pages < 16384
    for line in ("worker_connections 4096;", "worker_rlimit_nofile 16384;"):
        assert line in proxy
        assert line in README, "the proxy of one machine has Debian's own file"


def test_a_server_that_is_still_starting_stops_when_it_is_told_to() -> None:
    """The first process of a container is deaf to SIGTERM until it asks for it, five seconds after its start."""
    assert all(SERVICES[name]["init"] is True for name in SITES)


@pytest.mark.parametrize("service", [*SITES, "proxy"])
def test_a_container_has_a_root_that_nobody_writes_and_no_capability(service: str) -> None:
    told = SERVICES[service]
    assert told["read_only"] is True
    assert told["tmpfs"] == ["/tmp"]  # noqa: S108 - in the container
    assert told["cap_drop"] == ["ALL"]


def test_only_the_proxy_is_open_to_the_outside_and_the_store_reaches_nobody() -> None:
    assert {name: told["ports"] for name, told in SERVICES.items() if "ports" in told} == {
        "proxy": ["80:80", "443:443"]
    }
    assert set(SERVICES["database"]["networks"]) == {"store"}
    assert set(SERVICES["proxy"]["networks"]) == {"site"}
    assert COMPOSE["networks"]["store"] == {"internal": True}


def test_the_site_comes_to_the_store_as_a_role_that_is_not_above_all_rights() -> None:
    """Whoever is could change the audit log; and nobody else's password would let them in by the network."""
    urls = {SERVICES[name]["environment"]["CHARTER_DATABASE_URL"] for name in SITES}
    assert {url.split("//")[1].split(":")[0] for url in urls} == {"charter"}
    assert "POSTGRES_USER" not in SERVICES["database"]["environment"]
    (made,) = SERVICES["database"]["configs"]
    assert made["target"].startswith("/docker-entrypoint-initdb.d/")
    said = COMPOSE["configs"][made["source"]]["content"].splitlines()
    assert [line.split(" PASSWORD")[0] for line in said] == [
        "CREATE ROLE charter LOGIN",
        "CREATE DATABASE charter OWNER charter;",
        "ALTER ROLE postgres",
    ]
    assert said[2].endswith("PASSWORD NULL;")


def test_the_servers_share_one_secret_one_store_and_one_data_folder_and_believe_the_proxy_alone() -> None:
    first, second = (SERVICES[name] for name in SITES)
    assert first["environment"] == second["environment"]
    assert first["volumes"] == second["volumes"] == ["data:/var/lib/charter"]
    told = first["environment"]
    assert told["CHARTER_SECRET_KEY"].startswith("${CHARTER_SECRET_KEY:?")
    assert told["CHARTER_PROXIES"] == address_of("proxy")
    assert told["CHARTER_DEMONSTRATION"] == "0"
    assert told["CHARTER_LOG"] == "json"
    known = {f"CHARTER_{name.upper()}" for name in Settings.model_fields}
    assert set(told) <= known


def test_the_site_takes_the_settings_that_it_is_given_there(
    settings_env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {
        "CHARTER_ADDRESS": "https://charter.example.org",
        "CHARTER_SECRET_KEY": "k" * 32,
        "POSTGRES_PASSWORD": "p1",
    }
    for name, value in SERVICES["app-1"]["environment"].items():
        filled = re.sub(r"\$\{(\w+)(?::\?[^}]*|:-([^}]*))\}", lambda one: given.get(one[1]) or one[2] or "", value)
        monkeypatch.setenv(name, filled)
    forget_settings()
    assert settings_env.is_dir()
    assert settings().store_url == "postgresql+psycopg://charter:p1@database/charter"
    assert (settings().demonstration, settings().time_zone) == (False, "Europe/London")
    assert f"::ffff:{address_of('proxy')}/128" in settings().trusted_proxies
    assert settings().mail_server is None


def test_no_secret_stands_in_the_files() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for name in ("POSTGRES_PASSWORD", "CHARTER_SECRET_KEY"):
        assert re.findall(rf"\$\{{{name}([^}}]*)", text)
        assert all(after.startswith(":?") for after in re.findall(rf"\$\{{{name}([^}}]*)", text))
    assert not re.search(r"(?i)password|secret|token", DOCKERFILE)


def test_the_proxy_knows_the_servers_by_the_addresses_that_they_have() -> None:
    named = re.findall(r"server ([\d.]+):(\d+)", (SHIPPED / "servers-containers.conf").read_text(encoding="utf-8"))
    assert named == [(address_of(name), "8501") for name in SITES]
    assert all(address.startswith("172.30.83.") for address, _ in named)
    assert COMPOSE["networks"]["site"]["ipam"]["config"] == [{"subnet": "172.30.83.0/24"}]


@pytest.mark.parametrize("listen", ["http", "https"])
def test_every_file_that_the_proxy_is_given_is_there(listen: str) -> None:
    for volume in SERVICES["proxy"]["volumes"]:
        source, target, mode = re.fullmatch(
            r"(\$\{.*?\}|.*?):(/.*):(ro)", volume.replace("${PROXY_LISTEN:-http}", listen)
        ).groups()  # type: ignore[union-attr]
        assert mode == "ro"
        if not source.startswith("$"):
            assert (ROOT / source).is_file()
            assert target.startswith("/etc/nginx/")


def test_tls_is_no_older_than_1_2() -> None:
    text = (SHIPPED / "listen-https.conf").read_text(encoding="utf-8")
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in text
    assert not re.search(r"RC4|3DES|CBC|MD5|:kRSA|aNULL", text)


def test_the_servers_wait_for_the_store_and_the_proxy_for_the_servers() -> None:
    for name in SITES:
        assert SERVICES[name]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert SERVICES["proxy"]["depends_on"] == {name: {"condition": "service_healthy"} for name in SITES}
    assert {name for name, told in SERVICES.items() if "healthcheck" not in told} == set(SITES), "the image has theirs"


def test_the_image_is_of_one_exact_python_and_what_installs_is_left_behind() -> None:
    assert [re.sub(r" AS \w+", "", base) for base in steps("FROM")] == ["python:3.11.13-slim-bookworm"] * 2
    assert not re.search(r"apt-get|build-essential|gcc|git\b", DOCKERFILE)
    install, last, *_ = steps("RUN")
    assert "--only-binary=:all:" in install
    assert "--no-cache-dir" in install
    assert last.startswith("pip uninstall --yes --quiet pip setuptools wheel &&")
    assert steps("COPY")[1] == "--from=build /opt/venv /opt/venv"
    assert steps("ADD") == []


def test_the_image_runs_as_nobody_special_and_says_whether_it_is_well() -> None:
    assert steps("USER") == ["10001:10001"]
    words = [word for word, _ in STEPS]
    assert words.index("USER") > max(number for number, word in enumerate(words) if word in {"RUN", "COPY"})
    (check,) = steps("HEALTHCHECK")
    assert "/healthz" in check
    assert "os.environ['PORT']" in check, "as the host of the containers sets it"
    assert steps("VOLUME") == ['["/var/lib/charter"]']
    assert steps("ENTRYPOINT") == ['["python", "-m", "charter"]']
    assert steps("CMD") == ['["run"]']


def test_the_image_holds_what_the_site_needs_and_nothing_else() -> None:
    copied = {copy.split()[0] for copy in steps("COPY") if not copy.startswith("--from")}
    assert copied == {"requirements.txt", ".streamlit", "db", "charter", "pages", "app.py"}
    lines = [
        line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] not in {"", "#"}
    ]
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == copied
    # The proxy is given the folder of its files as that of its certificates too, where none is named.
    assert {"charter/deployment", "**/.env", ".streamlit/secrets.toml"} <= set(lines[len(copied) :])


def settings_of(unit: str) -> dict[str, str]:
    """Give the lines of a unit that stand there once."""
    return dict(line.split("=", 1) for line in unit.splitlines() if "=" in line and not line.startswith("#"))


def test_the_unit_gives_the_site_no_more_than_it_needs() -> None:
    told = settings_of(UNIT)
    wanted = {
        "User": "charter",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "PrivateDevices": "yes",
        "ReadWritePaths": "/var/lib/charter",
        "StateDirectoryMode": "0700",
        "CapabilityBoundingSet": "",
        "UMask": "0077",
    }
    assert {name: told[name] for name in wanted} == wanted
    assert "STREAMLIT_SERVER_ADDRESS=127.0.0.1" in UNIT
    assert told["ExecStart"] == "/opt/charter/.venv/bin/python -m charter run"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """Give the unit with a program that is on this machine; without systemd the test is left out by name."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    path = tmp_path / "charter.service"
    path.write_text(UNIT.replace("/opt/charter/.venv/bin/python", "/bin/sh"), encoding="utf-8")
    return path


def analysed(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607


def test_systemd_finds_nothing_wrong_with_the_unit(unit: Path) -> None:
    done = analysed("verify", "--man=no", str(unit))
    assert "charter.service" not in done.stderr, done.stderr


def test_systemd_finds_the_unit_hardly_exposed(unit: Path) -> None:
    done = analysed("security", "--offline=yes", "--threshold=20", "--no-pager", str(unit))
    assert done.returncode == 0, done.stdout


README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(SHIPPED.iterdir()), ids=lambda path: path.name)
def test_every_file_is_named_where_somebody_is_told_to_use_it(path: Path) -> None:
    told = README + (ROOT / "compose.yaml").read_text(encoding="utf-8").replace("${PROXY_LISTEN:-http}", "http")
    assert path.name in told


def test_every_file_that_the_guide_names_is_there() -> None:
    named = re.findall(r"(?:/opt/charter/)?(charter/deployment/[\w.-]+)", README)
    assert len(named) >= 4
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_command_that_the_guide_names_is_there() -> None:
    guide = README[README.index("## Deploy") : README.index("## How it is built")]
    named = re.findall(r"python -m charter ([a-z]+)", guide)
    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert {"backup", "move", "restore"} <= set(named) <= known


def test_the_guide_names_every_variable_that_the_containers_ask_for() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)", text))
    assert {name for name in asked if f"{name}" not in README} == set()
