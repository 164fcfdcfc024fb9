package dev.muster.job;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;

/**
 * How a person uses a session: what the first pod of {@code role} serves at {@code port}, first at {@code path}. {@code keepsPath}: it
 * is told where its addresses begin, and is asked below that.
 */
public record Interactive(RoleName role, int port, String path, boolean keepsPath) {
    /** Names that beginning to what serves. */
    public static final String PATH = "MUSTER_SESSION_PATH";

    /**
     * Where its addresses begin as it is told them, the same as long as there is the job; empty where it is told nothing. No secret:
     * people come by a ticket, which stands in this place in the addresses of their browsers.
     */
    public String told(JobId job) {
        return keepsPath ? "/muster-session/" + job.value() : "";
    }
}
