#!/usr/bin/env bash
# Does all the set-up and runs every check: ruff, mypy, pytest with a real browser.
#   ./test.sh [pytest's own arguments]
# Without arguments all tests run, in three parts: first those that need this process alone (several
# at a time, within a minute on two cores), then those that start servers or take long, then the browser's.
# WENGUI_BROWSER names the browser (Chromium, Chrome or Edge); WENGUI_BROWSER=none goes without.
set -uo pipefail
ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/install.sh
. "$ROOT/scripts/install.sh"
# shellcheck source=scripts/browser.sh
. "$ROOT/scripts/browser.sh"
# shellcheck source=scripts/axe.sh
. "$ROOT/scripts/axe.sh"
cd -- "$ROOT" || exit 1

install_requirements requirements-dev.txt
offer_browser
[ -z "$BROWSER" ] || offer_axe
# The tests set what they need themselves.
for name in ${!WENGUI_@} ${!LLM_@} EMBEDDING_MODEL RERANKER_MODEL CHROMA_URL ${!MILVUS_@} HF_HUB_OFFLINE; do
  [ "$name" = WENGUI_DATA ] || unset "$name"
done

failed=
check() {
  local name=$1
  shift
  say "检查：$name"
  "$PY" -m "$@" || failed="$failed $name"
}

check ruff ruff check .
check mypy mypy
if [ $# -gt 0 ]; then
  [ -n "$BROWSER" ] || set -- -m "not browser" "$@"
  check pytest pytest "$@"
else
  check pytest pytest -n auto --maxprocesses 8 -m "not server and not long and not browser"
  check "pytest（启动服务的和费时的）" pytest -m "(server or long) and not browser"
  [ -z "$BROWSER" ] || check "pytest（浏览器）" pytest -m browser
fi

[ -z "$BROWSER" ] && say "没有可用的浏览器，浏览器测试已跳过。可安装 Chromium，或用 WENGUI_BROWSER 指明浏览器的位置。"
[ -z "$failed" ] || fail "没有通过：$failed"
say "全部通过。"
