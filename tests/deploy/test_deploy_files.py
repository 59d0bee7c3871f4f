"""The files of deploy/ hold together: what they name exists, nginx and systemd take them."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from pages.records import command

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def test_the_image_copies_what_there_is_and_all_that_runs() -> None:
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    copied = {name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]}
    assert {name for name in copied if not (ROOT / name).exists()} == set()
    assert {"app.py", "prompts", "source_docs"} | _packages_of("app.py") <= copied
    assert f"torch=={_torch()}" in "\n".join(lines)


def _packages_of(file: str) -> set[str]:
    """Our packages that a file imports wherever it stands, and those that these import in turn."""
    found: set[str] = set()
    waiting = {ROOT / file}
    while waiting:
        tree = ast.parse(waiting.pop().read_text("utf-8"))
        names = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
        names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        for package in {name.partition(".")[0] for name in names} - found:
            if (ROOT / package / "__init__.py").exists():
                found.add(package)
                waiting |= set((ROOT / package).rglob("*.py"))
    return found


def test_the_packages_of_the_server_are_found() -> None:
    assert {"assistant", "eval", "index", "pages"} <= _packages_of("app.py")


def _torch() -> str:
    found = re.search(r"^torch==(\S+)$", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    assert found
    return found[1]


def test_compose_names_services_and_files_that_exist() -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    services = composed["services"]
    for service in services.values():
        wanted = service.get("depends_on", [])
        assert set(wanted) <= services.keys()
        if "build" in service:
            assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).exists()
    proxy = (DEPLOY / "compose-nginx.conf").read_text("utf-8")
    assert set(re.findall(r"server (app-\d):7860", proxy)) == {
        n for n in services if n[:4] == "app-"
    }
    assert (DEPLOY / "compose-nginx.conf").exists()


def test_the_documents_are_in_the_database_everywhere() -> None:
    """Whoever serves or publishes reads them there; a folder of originals is for the import alone."""
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    own = {n: s for n, s in services.items() if "build" in s}
    assert {n for n, s in own.items() if "source_docs" in str(s["volumes"])} == {"import"}
    assert {s["environment"]["WENGUI_ORIGINALS"] for s in own.values()} == {"database"}
    commands = [s["command"] for s in own.values()]
    for name in ("wengui.yaml", "milvus.yaml"):
        text = (DEPLOY / "kubernetes" / name).read_text("utf-8")
        pods = [d["spec"]["template"]["spec"] for d in yaml.safe_load_all(text)
                if d["kind"] in ("Job", "Deployment")]  # fmt: skip
        for container in [c for pod in pods for c in pod["containers"]]:
            assert {"name": "WENGUI_ORIGINALS", "value": "database"} in container["env"]
            assert {"secretRef": {"name": "wengui"}} in container["envFrom"]
        commands += [c["args"] for pod in pods for c in pod.get("initContainers", ())]
    imports = [c[3:] for c in commands if c[:3] == ["python", "-m", "pages.records.command"]]
    assert len(imports) == 2
    assert all(command.arguments(words).first for words in imports)


def test_the_manifests_refer_to_each_other() -> None:
    documents = list(yaml.safe_load_all((DEPLOY / "kubernetes/wengui.yaml").read_text("utf-8")))
    by_kind = {d["kind"]: d for d in documents}
    assert all(d["apiVersion"] and d["metadata"]["name"] for d in documents)
    pod = by_kind["Deployment"]["spec"]["template"]
    labels = pod["metadata"]["labels"]
    for kind in ("Service", "PodDisruptionBudget", "NetworkPolicy"):
        spec = by_kind[kind]["spec"]
        selector = spec.get("selector") or spec["podSelector"]
        assert (selector.get("matchLabels") or selector).items() <= labels.items()
    volumes = {v["name"] for v in pod["spec"]["volumes"]}
    container = pod["spec"]["containers"][0]
    assert {m["name"] for m in container["volumeMounts"]} == volumes
    assert container["securityContext"]["readOnlyRootFilesystem"]
    backend = by_kind["Ingress"]["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend["name"] == by_kind["Service"]["metadata"]["name"]


def test_what_is_added_for_milvus_fits_what_it_is_added_to() -> None:
    composed, added = (
        yaml.safe_load((DEPLOY / name).read_text("utf-8"))
        for name in ("compose.yaml", "compose-milvus.yaml")
    )
    # Whoever reads the published index searches where whoever publishes has written.
    indexing = {n for n, s in composed["services"].items() if "/srv/index" in str(s["volumes"])}
    assert added["services"].keys() == indexing
    for service in added["services"].values():
        assert {"MILVUS_URL", "MILVUS_TOKEN"} == service["environment"].keys()
    image = (DEPLOY / "Dockerfile").read_text("utf-8")
    assert "ARG MILVUS" in image and "requirements-milvus.txt" in image

    main, more = (
        list(yaml.safe_load_all((DEPLOY / "kubernetes" / name).read_text("utf-8")))
        for name in ("wengui.yaml", "milvus.yaml")
    )
    claims = {d["metadata"]["name"] for d in main + more if d["kind"] == "PersistentVolumeClaim"}
    template = next(d for d in more if d["kind"] == "Job")["spec"]["template"]
    job, (container,) = template["spec"], template["spec"]["containers"]
    assert {m["name"] for m in container["volumeMounts"]} == {v["name"] for v in job["volumes"]}
    used = {v["persistentVolumeClaim"]["claimName"] for v in job["volumes"] if v["name"] != "tmp"}
    assert used == claims
    deployment = next(d for d in main if d["kind"] == "Deployment")
    pods = [deployment["spec"]["template"], template]
    names = [pod["metadata"]["labels"]["app"] for pod in pods]
    policy = next(d for d in more if d["kind"] == "NetworkPolicy")
    assert policy["spec"]["podSelector"]["matchExpressions"][0]["values"] == names
    service = next(d for d in main if d["kind"] == "Service")
    assert service["spec"]["selector"]["app"] == names[0] != names[1]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = (DEPLOY / "wengui.service").read_text("utf-8")
    # The programs it names lie elsewhere on this machine.
    unit = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", unit)
    (tmp_path / "wengui.service").write_text(unit, "utf-8")
    checked = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "wengui.service"], capture_output=True, text=True
    )
    own = [line for line in checked.stderr.splitlines() if "wengui.service" in line]
    assert own == []


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
@pytest.mark.parametrize("name", ["nginx.conf", "compose-nginx.conf"])
def test_nginx_takes_its_files(tmp_path: Path, name: str) -> None:
    own = (DEPLOY / name).read_text("utf-8")
    own = own.replace("app-1:", "127.0.0.1:").replace("app-2:7860", "127.0.0.1:7861")
    # Without a certificate at hand: the same server without TLS.
    own = re.sub(r"^\s*ssl_certificate.*$", "", own, flags=re.M).replace("443 ssl", "443")
    (tmp_path / "own.conf").write_text(own, "utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; include {tmp_path}/own.conf; }}\n",
        "utf-8",
    )
    command = ["nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


def test_both_nginx_files_say_the_same_of_all_but_the_processes() -> None:
    one, other = (
        (DEPLOY / name).read_text("utf-8").partition("limit_req_zone")[2]
        for name in ("nginx.conf", "compose-nginx.conf")
    )
    assert one
    assert one == other


def test_the_body_sizes_are_those_of_the_app() -> None:
    from pages.guard.middleware import LARGEST_BODY, LARGEST_UPLOAD

    own = (DEPLOY / "nginx.conf").read_text("utf-8")
    sizes = re.findall(r"^ *client_max_body_size (\d+)m", own, re.M)
    assert sizes == [str(LARGEST_BODY // 2**20), str(LARGEST_UPLOAD // 2**20)]
