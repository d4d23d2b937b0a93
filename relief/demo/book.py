"""What do the demo's lives tell each other? Which card the bank gives back, and where each story can be read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Book:
    """Kept while the demo is loaded. `places` is where each told story can be read: its subject and row.

    `bounces` are the cases whose first transfer comes back, `unmended` those of them whose card nobody mended yet,
    `leaves` the household that will need no help any more.
    """

    bounces: set[int] = field(default_factory=set)
    unmended: set[int] = field(default_factory=set)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    leaves: int = 0

    def tell(self, key: str, subject: str, row_id: int) -> None:
        """Remember where a story can be read (`cases`, 12); nothing without a key."""
        if key:
            self.places[key] = (subject, row_id)

    @property
    def urls(self) -> dict[str, str]:
        """The address of each told story."""
        return {key: f"/{subject}/{row_id}" for key, (subject, row_id) in self.places.items()}
