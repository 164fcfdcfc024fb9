package dev.muster.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Who makes the present call, as the {@link Gate} has found. */
@ApplicationScoped
public class Caller {
    static final String KEY = Actor.class.getName();

    private final CurrentVertxRequest request;

    Caller(CurrentVertxRequest request) {
        this.request = request;
    }

    public Actor actor() {
        RoutingContext call = request.getCurrent();
        Actor actor = call == null ? null : call.get(KEY);
        return actor == null ? Actor.NOBODY : actor;
    }
}
