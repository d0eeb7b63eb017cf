"""Time zones of Arrow columns."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo


def offset_seconds(zone: str, seconds: int) -> int:
    """Return the offset of ``zone`` from UTC at ``seconds`` since 1970."""
    offset = datetime.fromtimestamp(seconds, tz=timezone.utc).astimezone(ZoneInfo(zone)).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
