#!/usr/bin/env bash
# Does all the set-up and runs every check: ruff, mypy, pytest with a real browser.
#   ./test.sh [pytest's own arguments]
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
[ -n "$BROWSER" ] || set -- -m "not browser" "$@"
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
check pytest pytest "$@"

[ -z "$BROWSER" ] && say "没有可用的浏览器，浏览器测试已跳过。可安装 Chromium，或用 WENGUI_BROWSER 指明浏览器的位置。"
[ -z "$failed" ] || fail "没有通过：$failed"
say "全部通过。"
