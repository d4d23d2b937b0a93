"""How is the database kept safe? Copied while it is in use, sealed with the office's key, and put back from a copy."""

from relief.backups.copying import NotBackedUp
from relief.backups.keeping import folder_of, list_backups, make_backup, newest_backup
from relief.backups.restoring import restore

__all__ = ["NotBackedUp", "folder_of", "list_backups", "make_backup", "newest_backup", "restore"]
