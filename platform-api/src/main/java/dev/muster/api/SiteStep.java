package dev.muster.api;

import java.util.List;

/** One object of a team's place in the cluster and what is done with it: KEEP, MAKE, ADOPT, MEND or REFUSE. */
public record SiteStep(String object, String action, List<String> why) {}
