"""The hostile inputs are made by the scripts, which also drive them for hours."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "scripts"))
