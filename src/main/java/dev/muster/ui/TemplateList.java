package dev.muster.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The templates of the teams that who looks may see; {@code team}: only of that one. */
public record TemplateList(Frame frame, @Nullable String team, List<Line> lines) {
    /** One template: how many fields it says, and how many of them jobs may not say otherwise. */
    public record Line(
            String team,
            String name,
            @Nullable String description,
            int fields,
            int locked,
            long revision,
            @Nullable String actor,
            @Nullable Moment at) {
        public String href() {
            return "/ui/templates/" + team + "/" + name;
        }
    }
}
