"""Real servers for tests: started on free ports of this machine, stopped when a test is over."""

from .running import Server, free_ports, program, running
from .s3 import rclone_s3, seaweedfs
from .web import apache_dav, lighttpd_dav, nginx_dav, rclone_dav

__all__ = [
    "Server",
    "apache_dav",
    "free_ports",
    "lighttpd_dav",
    "nginx_dav",
    "program",
    "rclone_dav",
    "rclone_s3",
    "running",
    "seaweedfs",
]
