package dev.muster.simulation.load;

import java.util.List;

/** What arrives, for each seed. */
public interface Load {
    /** By arrival. */
    List<LoadJob> jobs(long seed);

    /** When a run ends at the latest. */
    long until(List<LoadJob> jobs);
}
