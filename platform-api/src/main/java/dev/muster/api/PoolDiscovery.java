package dev.muster.api;

import java.util.List;

/** Pools that could be declared; {@code strays} nodes belong to none now, those of the control plane among them. */
public record PoolDiscovery(int strays, List<PoolProposal> proposals) {}
