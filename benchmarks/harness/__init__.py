"""What every benchmark shares.

A benchmark is a module of ``benchmarks`` with ``measure(bench)``: it measures the portal and its
floor turn by turn and returns its figures. ``script/bench NAME [--quick]`` gives it a scratch data
folder in ``PORTAL_DATA`` with a migrated database, and prints the figures as the last line.
"""
