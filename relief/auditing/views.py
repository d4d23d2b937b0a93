"""Which pages does the room have? Unusual ways, findings, the register, samples; each in a file of its own."""

from relief.auditing import finding_views, raising_views, register_views, sample_views, unusual_views
from relief.auditing.routes import blueprint

__all__ = ["blueprint", "finding_views", "raising_views", "register_views", "sample_views", "unusual_views"]
