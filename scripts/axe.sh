# Fetches axe-core for the accessibility tests, into .venv. Sourced by test.sh after install.sh.
# Without npm or a network the tests that need it say so and are skipped.

AXE=4.14.1

offer_axe() {
  local folder="$VENV/axe"
  [ "$(cat -- "$folder/.version" 2>/dev/null)" = "$AXE" ] && return 0
  if ! command -v npm >/dev/null 2>&1; then
    say "没有 npm，无障碍检查（axe-core）将跳过。可安装 Node.js 后再运行。"
    return 0
  fi
  mkdir -p -- "$folder"
  if npm install --prefix "$folder" --no-save --no-audit --no-fund --ignore-scripts \
    "axe-core@$AXE" >/dev/null 2>&1; then
    printf '%s\n' "$AXE" >"$folder/.version"
  else
    say "axe-core 没有装上，无障碍检查将跳过。请检查网络后再运行。"
  fi
}
