"""What can go wrong while a run works, done to real runs: see ``fault_test.py``.

bench.py      an archive, a run over it in processes of its own, and what must hold of the fact base afterwards
child.py      that run
killing.py    processes that are killed, and power that is cut
disk.py       disks that fill up or turn read-only
meddling.py   files that change, a fact base that is locked, articles that hang or take all memory, clocks that jump
"""
