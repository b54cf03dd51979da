"""What ``script/server`` does: system packages, environment, data folder, and the running parts.

Runs on the system's own Python before anything is installed: standard library only.
"""
