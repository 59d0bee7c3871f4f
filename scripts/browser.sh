# Finds a browser for the tests, or installs one. Sourced by test.sh after install.sh.

# A name on PATH may be a stub that only says what to install, so it must say its version.
works() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1; }

known_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome \
    microsoft-edge msedge \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"; do
    name=$(command -v "$name") && works "$name" && printf '%s\n' "$name" && return
  done
  return 1
}

playwright_browser() {
  local path
  path=$("$PY" -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as p: print(p.chromium.executable_path)' 2>/dev/null) || return 1
  works "$path" && printf '%s\n' "$path"
}

system_install() {
  [ "$(id -u)" = 0 ] || return 1
  if command -v apt-get >/dev/null 2>&1; then
    debian_install chromium fonts-noto-cjk
  elif command -v dnf >/dev/null 2>&1; then
    dnf install -y -q chromium google-noto-sans-cjk-fonts >/dev/null
  else
    return 1
  fi
}

# Sets BROWSER to a browser that runs, or to '' where there is none and none can be had.
find_browser() {
  BROWSER=${WENGUI_BROWSER:-}
  if [ "$BROWSER" = none ]; then
    BROWSER=
    return
  fi
  if [ -n "$BROWSER" ]; then
    works "$BROWSER" || fail "WENGUI_BROWSER 指的浏览器“$BROWSER”不能运行。"
    return
  fi
  BROWSER=$(known_browser || playwright_browser) && return
  say "没有找到浏览器，正在用系统的软件包安装 Chromium 和中文字体。"
  system_install 2>/dev/null && BROWSER=$(known_browser) && return
  say "系统的软件包装不上，改为下载 Playwright 的 Chromium。"
  PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT=10000 "$PY" -m playwright install chromium >/dev/null 2>&1
  BROWSER=$(playwright_browser) || BROWSER=
}

# The tests take the `chromium` that PATH gives: whatever was found is put there under that name.
offer_browser() {
  local folder="$VENV/browser"
  rm -rf -- "$folder"
  find_browser
  [ -n "$BROWSER" ] || return 0
  mkdir -p -- "$folder"
  printf '#!/usr/bin/env bash\nexec %q "$@"\n' "$BROWSER" >"$folder/chromium"
  chmod +x "$folder/chromium"
  export PATH="$folder:$PATH"
}
