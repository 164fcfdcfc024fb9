package dev.muster.job;

import dev.muster.quota.name.RoleName;

/** How a person uses a session: what the first pod of {@code role} serves at {@code port}, first at {@code path}. */
public record Interactive(RoleName role, int port, String path) {}
