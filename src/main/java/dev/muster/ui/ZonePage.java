package dev.muster.ui;

import java.util.List;

/** The time zones to choose from, by continent; {@code chosen} is the one that times are shown in, {@code back} where who looks came from. */
public record ZonePage(Frame frame, String chosen, List<Group> groups, String back) {
    /** Zones of a continent. */
    public record Group(String name, List<Zone> zones) {}

    /** {@code offset}: what it is now from UTC. */
    public record Zone(String id, String offset) {
        public String city() {
            return id.substring(id.indexOf('/') + 1).replace('_', ' ');
        }
    }
}
