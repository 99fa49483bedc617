"""The kernel's money type under the SDK's roof, because a plugin imports nothing of PRAHO but the SDK."""

from praho.core.money import Money as Money
