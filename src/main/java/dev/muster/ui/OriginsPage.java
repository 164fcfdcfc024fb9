package dev.muster.ui;

import java.util.List;
import java.util.Map;

/** Where each value of a job comes from: the job itself, a revision of a template, the team's defaults, Spark or the service. */
public record OriginsPage(
        Frame frame, String job, String name, String team, Map<String, Long> sources, List<Line> lines) {
    /** One value. */
    public record Line(String pointer, String value, String origin, String team) {
        /** Of a template's page; empty where it is none. */
        public String href() {
            return origin.startsWith("template ")
                    ? "/ui/templates/" + team + "/"
                            + origin.substring("template ".length()).replaceFirst("@.*$", "")
                    : "";
        }

        public String css() {
            return origin.startsWith("template ") ? "of-template" : origin.equals("job") ? "of-job" : "of-others";
        }
    }
}
