package dev.muster.ui;

import java.util.List;
import java.util.Locale;

/**
 * What teams have asked for their queues. {@code mine} are the queues that who looks may ask for; none: no form. {@code state} and
 * {@code queue} are what is shown, empty: all.
 */
public record QuotaPage(
        Frame frame,
        String state,
        String queue,
        List<Choice> choices,
        List<QuotaLine> lines,
        boolean more,
        List<Mine> mine,
        Form form,
        List<String> faults) {
    /** A state with how many are in it, and where they are listed. */
    public record Choice(String state, int count, String href, boolean on) {
        public String word() {
            return state.isEmpty()
                    ? "All"
                    : state.charAt(0) + state.substring(1).toLowerCase(Locale.ROOT);
        }
    }

    /** A queue of a team, as the form sends it. */
    public record Mine(String team, String queue) {
        public String value() {
            return team + "/" + queue;
        }

        public String word() {
            return team.equals(queue) ? queue : queue + ", of team " + team;
        }
    }

    /** What is in the fields; {@code of} is a team and its queue. */
    public record Form(String of, String guarantee, String deserved, String capability, String until, String why) {
        static Form empty(String of) {
            return new Form(of, "", "", "", "", "");
        }
    }

    public String zone() {
        return Zones.name(frame.zone());
    }
}
