# Set-up shared by start.sh and test.sh: a Python, .venv, and the packages of requirements files.
# Sourced with ROOT set to the repository's folder. Bash 3.2 (macOS) is enough. Knows no pages and
# no tests. The environment's WENGUI_PYTHON names the Python to use.

VENV="$ROOT/.venv"
PY="$VENV/bin/python"
TORCH_INDEX="https://download.pytorch.org/whl/cpu"
TORCH_SECONDS=4 # an index that takes longer is of no help

say() { printf '问规：%s\n' "$*"; }

fail() {
  printf '问规：%s\n' "$*" >&2
  exit 1
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

can_make_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

is_root_on_debian() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

debian_install() {
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}

# The first Python on PATH that is new enough; versions we have run on come first.
some_python() {
  local name
  for name in python3.11 python3.12 python3.13 python3 python3.14 python; do
    if command -v "$name" >/dev/null 2>&1 && new_enough "$name" && "${1:-new_enough}" "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

find_python() {
  if [ -n "${WENGUI_PYTHON:-}" ]; then
    new_enough "$WENGUI_PYTHON" || fail "WENGUI_PYTHON 指的“$WENGUI_PYTHON”不是 Python 3.11 或更高版本。"
    PYTHON=$WENGUI_PYTHON
    return
  fi
  PYTHON=$(some_python can_make_venv) && return
  if is_root_on_debian; then
    say "正在安装系统的 Python（python3、python3-venv）。"
    debian_install python3 python3-venv
    PYTHON=$(some_python can_make_venv) && return
  fi
  PYTHON=$(some_python) &&
    fail "$PYTHON 缺少 venv 组件，请先安装它（Debian、Ubuntu：sudo apt install python3-venv），再重新运行。"
  fail "没有找到 Python 3.11 或更高版本。请先安装（macOS：brew install python@3.12，或从 python.org 下载；Debian、Ubuntu：sudo apt install python3 python3-venv；Fedora：sudo dnf install python3），再重新运行。"
}

make_venv() {
  if new_enough "$PY" && "$PY" -m pip --version >/dev/null 2>&1; then
    return
  fi
  find_python
  say "准备运行环境 $VENV（$("$PYTHON" --version 2>&1)）。"
  "$PYTHON" -m venv --clear "$VENV" ||
    fail "运行环境没有建成。请检查磁盘空间和 $ROOT 的写入权限，再重新运行。"
}

pip_install() {
  local quiet=-q
  [ -t 1 ] && quiet=
  # shellcheck disable=SC2086 # an empty $quiet must vanish
  "$PY" -m pip install $quiet --disable-pip-version-check --no-input "$@"
}

torch_index_answers() {
  "$PY" - "$TORCH_INDEX/torch/" "$1" "$TORCH_SECONDS" >/dev/null 2>&1 <<'PYTHON'
import sys, threading, urllib.request

url, version, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
found = []


def look():
    with urllib.request.urlopen(url, timeout=seconds) as page:
        found.append(f"torch-{version}".encode() in page.read())


# A thread, because looking up a name has no time limit of its own.
thread = threading.Thread(target=look, daemon=True)
thread.start()
thread.join(seconds)
sys.exit(found != [True])
PYTHON
}

# Elsewhere than on Linux the ordinary build has no CUDA in it; here it brings gigabytes of it.
install_cpu_torch() {
  local version
  version=$(sed -n 's/^torch==//p' "$ROOT/requirements.txt")
  [ "$(uname -s)" = Linux ] || return 0
  nvidia-smi -L >/dev/null 2>&1 && return 0
  "$PY" -c "import importlib.metadata as m; m.version('torch').startswith('$version') or 1 / 0" \
    2>/dev/null && return 0
  torch_index_answers "$version" || return 0
  say "这台机器没有 NVIDIA 显卡，安装 PyTorch $version 的 CPU 版。"
  pip_install --no-deps --index-url "$TORCH_INDEX" "torch==$version" ||
    say "CPU 版没有装上，改从默认的软件源安装。"
}

# What .venv must hold: the Python that made it, and the text of these files.
wanted() {
  "$PY" -c 'import sys; print("python", *sys.version_info[:2])'
  cat -- "$@"
}

installed() {
  local stamp="$VENV/.installed-$1"
  [ -f "$stamp" ] && [ "$(wanted_of "$1" 2>/dev/null)" = "$(cat -- "$stamp")" ]
}

# Also of the files that the file includes by a line "-r NAME".
wanted_of() {
  local name names=()
  for name in $(sed -n 's/^-r *//p' "$ROOT/$1") "$1"; do
    names+=("$ROOT/$name")
  done
  wanted "${names[@]}"
}

# install_requirements FILE: does nothing, and needs no network, where nothing has changed.
install_requirements() {
  local started=$SECONDS
  if installed "$1"; then
    say "依赖没有变化，不必安装。"
    return
  fi
  make_venv
  say "正在安装 $1 中的依赖：第一次约 2 GB，需要几分钟；以后只在依赖变化时才安装。"
  install_cpu_torch
  pip_install -r "$ROOT/$1" ||
    fail "依赖没有装好。请检查网络和磁盘空间（约需 5 GB），再重新运行；已经下载的部分不会重新下载。"
  wanted_of requirements.txt >"$VENV/.installed-requirements.txt"
  wanted_of "$1" >"$VENV/.installed-$1"
  say "依赖已装好，用时 $((SECONDS - started)) 秒。"
}
