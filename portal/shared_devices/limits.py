"""How long things last on a shared device, and how often a PIN may be tried."""

from datetime import timedelta

IDLE = timedelta(seconds=60)
"""Without a touch, the device forgets whoever is using it. The pages say so."""
READING = timedelta(minutes=5)
"""The same on a page that is read, where the browser runs no script that tells of touches.

Where a script runs, its first message brings this down to ``IDLE``.
"""
LONGEST = timedelta(hours=1)
"""A session ends after this, however often the screen is touched."""

LONGEST_SHIFT = timedelta(hours=12)
LONGEST_DEVICE = timedelta(days=90)
"""A device that nobody ends stops by itself."""
NOTED_EVERY = timedelta(minutes=1)
"""A use is noted on the device at most this often."""

DEVICE_WINDOW = timedelta(hours=1)
MOST_WRONG_ON_DEVICE = 30
"""Across all names, within the window: stops guessing from name to name."""
PERSON_WINDOW = timedelta(days=1)
MOST_WRONG_FOR_PERSON = 10
"""Across all devices, within the window: stops guessing from tablet to tablet."""

HANDED_OUT_LASTS = timedelta(days=3)
"""A PIN that a manager handed out and nobody used does not work for longer."""
REMEMBERED = timedelta(days=7)
"""Sessions and wrong tries are deleted after this; the record keeps what matters."""
