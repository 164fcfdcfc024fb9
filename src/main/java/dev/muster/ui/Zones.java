package dev.muster.ui;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The time zone that who looks has chosen; UTC where they have not. */
@ApplicationScoped
class Zones {
    static final String COOKIE = "muster-zone";

    private final CurrentVertxRequest request;

    Zones(CurrentVertxRequest request) {
        this.request = request;
    }

    ZoneId ofTheViewer() {
        RoutingContext call = Arc.container().requestContext().isActive() ? request.getCurrent() : null;
        Cookie cookie = call == null ? null : call.request().getCookie(COOKIE);
        return zone(cookie == null ? null : cookie.getValue()).orElse(ZoneOffset.UTC);
    }

    /** Of its name in the database of time zones; empty where that has none. */
    static Optional<ZoneId> zone(@Nullable String name) {
        if (name == null || name.equals("UTC")) {
            return Optional.ofNullable(name).map(utc -> ZoneOffset.UTC);
        }
        try {
            return Optional.of(name)
                    .filter(ZoneId.getAvailableZoneIds()::contains)
                    .map(ZoneId::of);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code UTC+02:00} at that time. */
    static String offset(ZoneId zone, Instant at) {
        ZoneOffset offset = zone.getRules().getOffset(at);
        return offset.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + offset.getId();
    }

    static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
