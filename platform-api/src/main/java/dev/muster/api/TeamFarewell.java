package dev.muster.api;

import java.util.List;

/** What goes with a team's place; {@code confirmation} stands for exactly this list. */
public record TeamFarewell(
        String team, List<String> deleted, List<String> released, List<String> kept, String confirmation) {}
