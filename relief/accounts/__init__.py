"""Unions, users, grants, sign-in and sessions."""
