package dev.muster.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Events come as a list unless a stream is asked for: who accepts anything would get whichever the framework likes better. */
@ApplicationScoped
public class UsualAccept {
    private static final int AFTER_THE_GATE = 1_000;

    void stand(@Observes Filters filters) {
        filters.register(UsualAccept::pass, AFTER_THE_GATE);
    }

    private static void pass(RoutingContext call) {
        if (call.normalizedPath().equals("/api/v1/events")) {
            String accept = call.request().getHeader("Accept");
            if (accept == null || !accept.contains("text/event-stream")) {
                call.request()
                        .headers()
                        .set("Accept", accept == null || accept.contains("*/*") ? "application/json" : accept);
            }
        }
        call.next();
    }
}
