package dev.muster.access;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/** Puts the question of {@link Asks} before every REST method; a method that does not say what it asks stops the start. */
@Provider
public class AccessFeature implements DynamicFeature {
    private static final String TEAM = "team";
    /** Parameters of paths that name the thing itself. */
    private static final Set<String> NAMES = Set.of("name", "job");
    /** In place of a team: every team. */
    private static final String EVERY = "-";

    private final Access access;
    private final Caller caller;

    public AccessFeature(Access access, Caller caller) {
        this.access = access;
        this.caller = caller;
    }

    @Override
    public void configure(ResourceInfo method, FeatureContext context) {
        Asks asks = method.getResourceMethod().getAnnotation(Asks.class);
        if (asks == null) {
            throw new IllegalStateException(method.getResourceMethod() + " does not say what it asks: add @Asks");
        }
        context.register(new Question(asks));
    }

    private final class Question implements ContainerRequestFilter {
        private final Asks asks;

        private Question(Asks asks) {
            this.asks = asks;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            MultivaluedMap<String, String> path = request.getUriInfo().getPathParameters();
            String team = path.getFirst(TEAM);
            String name = NAMES.stream()
                    .map(path::getFirst)
                    .filter(value -> value != null)
                    .findFirst()
                    .orElse(null);
            Resource resource = new Resource(asks.of(), EVERY.equals(team) ? null : team, name);
            caller.asks(asks.value());
            if (!asks.seesForItself() || !access.maySomewhere(caller.actor(), asks.value(), asks.of())) {
                access.require(caller.actor(), asks.value(), resource);
            }
        }
    }
}
