"""Runs a script against Sail, two workers in this process: `sail_server.py SCRIPT ARGUMENTS...`."""

import os
import subprocess
import sys

os.environ["SAIL_MODE"] = "local-cluster"
from pysail.spark import SparkConnectServer  # it reads the variable when it is imported

server = SparkConnectServer()
server.start(background=True)
_, port = server.listening_address
ended = subprocess.run([sys.executable, *sys.argv[1:], "--remote", f"sc://localhost:{port}"])
server.stop()
sys.exit(ended.returncode)
