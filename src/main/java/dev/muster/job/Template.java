package dev.muster.job;

import dev.muster.quota.name.TeamName;
import java.util.regex.Pattern;

/** Jobs of a team that are taken for runs of the same: their names are equal but for a number at the end. */
public record Template(TeamName team, String name) {
    private static final Pattern NUMBER = Pattern.compile("-[0-9]+$");

    public static Template of(Job job) {
        return named(job.team(), job.spec().name());
    }

    /** That of a job of this name. */
    public static Template named(TeamName team, String job) {
        return new Template(team, NUMBER.matcher(job).replaceFirst(""));
    }
}
