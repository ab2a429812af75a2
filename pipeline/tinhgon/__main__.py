"""``python -m tinhgon`` is ``tinhgon``."""

from __future__ import annotations

from tinhgon.cli import main

if __name__ == "__main__":
    main()
