package dev.muster.api.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.api.Confirmation;
import dev.muster.api.DoctorReport;
import dev.muster.api.OfferingHour;
import dev.muster.api.Page;
import dev.muster.api.PermitLine;
import dev.muster.api.PoolDiscovery;
import dev.muster.api.Preemption;
import dev.muster.api.TeamFarewell;
import dev.muster.api.TeamSite;
import dev.muster.api.VolcanoConfiguration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators do: teams' places in the cluster, Volcano's configuration, what is wrong. */
public final class Operations {
    private static final String TEAMS = "teams";

    private final Exchange exchange;

    Operations(Exchange exchange) {
        this.exchange = exchange;
    }

    public DoctorReport doctor() {
        return exchange.call("GET", Query.path("doctor")).as(DoctorReport.class);
    }

    /** Pools that could be declared for nodes that belong to none. */
    public PoolDiscovery discoverPools() {
        return exchange.call("GET", Query.path("pools").verb("discover")).as(PoolDiscovery.class);
    }

    /** How each offering did, hour by hour, between two times (null: the last seven days). */
    public List<OfferingHour> poolHistory(@Nullable Instant from, @Nullable Instant to) {
        return exchange.call(
                        "GET",
                        Query.path("pools").verb("history").with("from", from).with("to", to))
                .<Page<OfferingHour>>as(Exchange.mapper().constructType(new TypeReference<Page<OfferingHour>>() {}))
                .items();
    }

    /** Which gang may make which offering grow, and who waits for that right. */
    public List<PermitLine> permits() {
        return exchange.call("GET", Query.path("planner", "permits"))
                .<Page<PermitLine>>as(Exchange.mapper().constructType(new TypeReference<Page<PermitLine>>() {}))
                .items();
    }

    /** Gangs that gave way between two times (null: in the last seven days), newest first. */
    public List<Preemption> preemptions(@Nullable Instant from, @Nullable Instant to) {
        return exchange.call(
                        "GET",
                        Query.path("planner", "preemptions").with("from", from).with("to", to))
                .<Page<Preemption>>as(Exchange.mapper().constructType(new TypeReference<Page<Preemption>>() {}))
                .items();
    }

    public VolcanoConfiguration volcano() {
        return exchange.call("GET", Query.path("volcano")).as(VolcanoConfiguration.class);
    }

    /** Writes the wanted configuration, where both texts are still those of {@code confirmation}. */
    public VolcanoConfiguration applyVolcano(String confirmation) {
        return exchange.call("POST", Query.path("volcano").verb("apply"))
                .body(new Confirmation(confirmation))
                .as(VolcanoConfiguration.class);
    }

    /** What a team's place lacks. */
    public TeamSite site(String team) {
        return exchange.call("GET", Query.path(TEAMS, team, "site")).as(TeamSite.class);
    }

    public TeamSite onboard(String team) {
        return exchange.call("POST", Query.path(TEAMS, team).verb("onboard"))
                .repeatable()
                .as(TeamSite.class);
    }

    /** What offboarding would delete. */
    public TeamFarewell farewell(String team) {
        return exchange.call("GET", Query.path(TEAMS, team, "farewell")).as(TeamFarewell.class);
    }

    public TeamFarewell offboard(String team, String confirmation) {
        return exchange.call("POST", Query.path(TEAMS, team).verb("offboard"))
                .body(new Confirmation(confirmation))
                .as(TeamFarewell.class);
    }
}
