"""Disbursement sheets and payment attempts."""
