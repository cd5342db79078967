# sign(secret, "web", int(time.time()) + 3600, "p/chair.jpg", {"width": 800, "format": "webp"})
# gives path and query; put "https://" and the host before it. Parameters by their full names, in the order of the table
# in docs/url.md, each value in its one spelling: 16-9, ffffff, 0.30_0.75, 2 not 2.0 or 02.
import base64
import hashlib
import hmac
from urllib.parse import quote


def sign(secret, kid, exp, key, parameters):
    def tilde(text):
        return quote(text).replace("~", "%7E").replace("%", "~")

    signed = "&".join(f"{name}={tilde(str(value))}" for name, value in parameters.items())
    text = "\n".join(["fovea1", tilde(key), signed, str(exp), kid])
    digest = hmac.digest(secret.encode(), text.encode(), hashlib.sha256)
    sig = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    query = {**parameters, "exp": exp, "kid": kid, "sig": sig}
    return f"/{quote(key)}?" + "&".join(f"{name}={quote(str(value))}" for name, value in query.items())
