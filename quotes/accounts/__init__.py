"""Accounts: their roles, second factors, sessions and addresses, and what happened to them."""
