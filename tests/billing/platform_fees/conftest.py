from __future__ import annotations

from tests.billing.settings import nothing_is_set

__all__ = ["nothing_is_set"]
