"""People, organisations, memberships, roles, invitations and API clients."""
