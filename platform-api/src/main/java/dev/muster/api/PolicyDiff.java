package dev.muster.api;

import java.util.List;

/** What would be different from the revision in force. */
public record PolicyDiff(long revision, List<PolicyChange> changes) {}
