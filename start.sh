#!/usr/bin/env bash
# Does all the set-up and opens 问规 on http://127.0.0.1:7860/. Linux and macOS, Python 3.11 or newer.
#   ./start.sh [--only-install] [--host H] [--port P] [--docs DIR]
set -euo pipefail
ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/install.sh
. "$ROOT/scripts/install.sh"

install_requirements requirements.txt
[ "${1:-}" = --only-install ] && exit 0
say "正在启动；文件有变化时先更新索引。要停止请按 Ctrl+C。"
exec "$PY" "$ROOT/app.py" "$@"
