"""Whether all cases run of which the suite has a choice: CLINIC_DESKTOP_EVERY_CASE=1.

A choice proves each rule at least once, in each way in which it can fail by itself. The rest is the same
proof on other numbers, for the night before a release.
"""

import os

EVERY_CASE = bool(os.environ.get("CLINIC_DESKTOP_EVERY_CASE"))
