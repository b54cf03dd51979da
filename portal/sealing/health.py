"""The sealer on the health page."""

from portal.health.findings import Finding, State
from portal.sealing.standing import SealState, seal_standing


def sealer() -> Finding:
    """Return how the seal stands. People can work without one, but somebody must look."""
    standing = seal_standing()
    well = standing.state is SealState.SEALED
    state = State.OK if well else State.DEGRADED
    return Finding("Seal of the record", state, standing.seen, standing.advice)
