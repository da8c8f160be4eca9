"""What to change on a host, for each server or service that is known."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ...http.reply import Reply
from .finding import Matter

HOSTS: Mapping[str, str] = MappingProxyType(
    {
        "nginx": "nginx",
        "apache": "Apache",
        "caddy": "Caddy",
        "s3": "S3",
        "github": "GitHub Pages",
    }
)
"""What a message calls each server or service that is told apart."""

REMEDIES: Mapping[Matter, Mapping[str, str]] = MappingProxyType(
    {
        Matter.ADDRESS: {
            "nginx": "Look at `root`, `alias` and `return` of the location.",
            "apache": "Look at DocumentRoot, Alias and Redirect of the virtual host.",
            "caddy": "Look at `root` and `redir` of the site.",
            "s3": "Look at the bucket policy and the website settings.",
            "github": "Look at Settings, Pages: source, custom domain, Enforce HTTPS.",
        },
        Matter.CERTIFICATE: {
            "": "Renew it, for the name in the address, and send the intermediate certificates "
            "with it: `certbot renew` on nginx and Apache (ssl_certificate, SSLCertificateFile "
            "name fullchain.pem); S3 needs CloudFront for a name of your own; on GitHub Pages set "
            "the custom domain anew.",
        },
        Matter.CONTENT: {
            "": "The address shows something else: look at what is served there, and at "
            "`[site] url`.",
        },
        Matter.MEDIA_TYPE: {
            "nginx": "Set `types { application/xml xml; }` and `charset utf-8`: "
            "`feedpub push --print-config nginx`.",
            "apache": "Set `AddType application/xml .xml` and `AddCharset utf-8 .xml`: "
            "`feedpub push --print-config apache`.",
            "caddy": 'Set `header /atom.xml Content-Type "application/xml; charset=utf-8"`: '
            "`feedpub push --print-config caddy`.",
            "s3": "Push with feedpub, which sets the type, or correct the object's Content-Type.",
            "github": "The ending of the name decides: end it in .xml or .json.",
        },
        Matter.CACHING: {
            "nginx": 'Set `add_header Cache-Control "public, max-age=300"`, no `expires`.',
            "apache": 'Set `Header set Cache-Control "public, max-age=300"`, no ExpiresDefault.',
            "caddy": 'Set `header Cache-Control "public, max-age=300"`.',
            "s3": "Push with feedpub, which sets it, or correct the object's Cache-Control.",
            "github": "It says ten minutes by itself: look at the CDN in front.",
        },
        Matter.CONDITIONAL: {
            "nginx": "`etag on` is the default: look for what takes it out (sub_filter, a proxy, "
            "`if_modified_since off`).",
            "apache": "Set `FileETag MTime Size`, and the If-None-Match line of "
            "`feedpub push --print-config apache`.",
            "caddy": "`file_server` does it by itself: look for `header -ETag`, or a proxy.",
            "s3": "It does it by itself: look at the CDN in front.",
            "github": "It does it by itself: look at the CDN in front.",
        },
        Matter.COMPRESSION: {
            "nginx": "Set `gzip on`, `gzip_types application/xml` and `gzip_vary on`.",
            "apache": "Set `AddOutputFilterByType DEFLATE application/xml`, once.",
            "caddy": "Set `encode gzip`.",
            "s3": "It does not compress: put a CDN in front, such as CloudFront.",
            "github": "It does it by itself: look at the CDN in front.",
        },
        Matter.HUB: {
            "nginx": "Add the lines of `feedpub push --print-config nginx`.",
            "apache": "Add the lines of `feedpub push --print-config apache`.",
            "caddy": "Add the lines of `feedpub push --print-config caddy`.",
            "s3": "It can't send Link headers: most hubs read the feed.",
            "github": "It can't send Link headers: most hubs read the feed.",
        },
        Matter.READERS: {
            "nginx": "Look for `if ($http_user_agent …)`, `limit_req`, or a firewall in front.",
            "apache": "Look for BrowserMatch, RewriteCond, mod_security, or a firewall in front.",
            "caddy": "Look for a matcher on User-Agent, or a firewall in front.",
            "s3": "Look at the rules of the CDN in front, such as AWS WAF.",
            "github": "Look at the rules of the CDN in front, such as Cloudflare's bot fight mode.",
        },
        Matter.HEAD: {
            "nginx": "Allow it where GET is: `limit_except GET` does.",
            "apache": "Allow it where GET is: look at <Limit> and <LimitExcept>.",
            "caddy": "Allow it where GET is: look at `method` matchers.",
            "s3": "Allow s3:GetObject to everybody, which covers it.",
            "github": "Look at the CDN in front.",
        },
    }
)
"""Sentences by the key in HOSTS; by "" one that holds for every host."""

UNSEEN = (
    "If it finds nothing new, somebody has changed the host by hand: remove "
    "`.feedpub/manifest.json` there, and push again."
)

STATUSES: Mapping[int, str] = MappingProxyType(
    {
        401: "Readers have no password: ask for it only where something is written.",
        403: "Let everybody read: look at the rights of the file and at what denies GET.",
        404: "Run `feedpub push`; if it is there, `[site] url` and the host's folder differ. "
        f"{UNSEEN}",
        410: "The host says that it is gone for good, and readers will give up: undo that.",
    }
)


def host_of(reply: Reply | None, url: str) -> str:
    """The key in HOSTS of what answered at `url`, told by headers; "" where that is not known."""
    headers = reply.headers if reply else {}
    server = headers.get("server", "").lower()
    if "github" in server or ".github.io/" in url:
        return "github"
    if "amazons3" in server or "seaweed" in server or "x-amz-request-id" in headers:
        return "s3"
    return next((host for host in ("nginx", "apache", "caddy") if host in server), "")


def remedy(matter: Matter, host: str) -> str:
    """What to change on `host`, a key of HOSTS; a line for each of them where it is ""."""
    by_host = REMEDIES.get(matter, {})
    if "" in by_host:
        return by_host[""]
    if host:
        return by_host.get(host, "")
    return "\n".join(f"{HOSTS[each]}: {sentence}" for each, sentence in by_host.items())


def remedy_of_status(status: int) -> str:
    """What to do about a status that is not 200, "" where the host matters."""
    return STATUSES.get(status, "")
