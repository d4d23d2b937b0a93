"""Household files: members, causes, accounts, papers, proposals and rosters."""
