"""Blobs, attachments and issued documents."""
