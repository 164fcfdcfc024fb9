package dev.muster.api;

import java.util.List;

/** All pods of these roles must succeed. Default: the leader, else every role. */
public record SuccessPolicy(List<String> roles) {}
