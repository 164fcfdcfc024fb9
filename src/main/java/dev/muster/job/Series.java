package dev.muster.job;

import dev.muster.quota.name.TeamName;

/** Jobs of a team that are taken for runs of the same: their names are equal but for a number at the end. */
public record Series(TeamName team, String name) {
    public static Series of(Job job) {
        return named(job.team(), job.spec().name());
    }

    /** That of a job of this name. */
    public static Series named(TeamName team, String job) {
        int end = job.length();
        while (end > 0 && job.charAt(end - 1) >= '0' && job.charAt(end - 1) <= '9') {
            end--;
        }
        boolean isNumbered = end > 0 && end < job.length() && job.charAt(end - 1) == '-';
        return new Series(team, isNumbered ? job.substring(0, end - 1) : job);
    }
}
