"""The response headers of every page. Knows nothing of what is served.

After OWASP's HTTP Headers Cheat Sheet. Gradio's own page needs inline scripts and styles and compiles
templates at run time; nothing else is let in, and nothing from outside.
"""

from __future__ import annotations

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-src 'none'",
        "frame-ancestors 'self'",
    )
)
HEADERS: tuple[tuple[str, str], ...] = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "SAMEORIGIN"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
)
# Sent over https alone; a browser ignores it elsewhere.
TRANSPORT = ("strict-transport-security", "max-age=31536000")
# Pages and answers differ by visitor and index: no proxy on the way keeps them. Files may be kept.
KEPT_BY_NOBODY = ("text/html", "application/json", "text/event-stream")
