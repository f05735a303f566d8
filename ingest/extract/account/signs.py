"""Signs of how sure the reading of a sum is: numbers from its words, its statements and the document around it.

Each says in one number what may go with right or wrong readings; fitting learns from labels what it is worth.
"""

from __future__ import annotations
