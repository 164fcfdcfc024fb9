package dev.muster.api;

import java.util.List;

/** A team's place in the cluster, and what it lacks. */
public record TeamSite(String team, String namespace, String serviceAccount, List<SiteStep> steps) {}
