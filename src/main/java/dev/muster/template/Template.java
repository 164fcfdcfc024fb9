package dev.muster.template;

import dev.muster.quota.name.TeamName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template of a team. {@code job} is the part of a job's spec that it says, as it was sent; {@code locked} are pointers into it. */
public record Template(
        TeamName team, TemplateName name, @Nullable String description, String job, List<String> locked) {
    public Template {
        locked = List.copyOf(locked);
    }

    /** Unique among all teams. */
    public String key() {
        return key(team, name);
    }

    public static String key(TeamName team, TemplateName name) {
        return team + "/" + name;
    }
}
