"""A WebSub hub in a process of its own: flask-websub, its tasks done at once, on SQLite.

Runs as `python -m tests.servers.hub PORT DATABASE`.
"""

from __future__ import annotations

import sys


def main(port: int, database: str) -> None:
    """Serves the hub at /hub until it is stopped."""
    from celery import Celery
    from flask import Flask
    from flask_websub.hub import Hub, SQLite3HubStorage

    app = Flask(__name__)
    app.config.update(PUBLISH_SUPPORTED=True, REQUEST_TIMEOUT=3)
    tasks = Celery("hub")
    tasks.conf.task_always_eager = True
    hub = Hub(SQLite3HubStorage(database), tasks, **app.config)
    app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
    app.run(host="127.0.0.1", port=port, threaded=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
