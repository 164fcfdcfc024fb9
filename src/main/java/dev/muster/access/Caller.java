package dev.muster.access;

import dev.muster.problem.MusterException;
import dev.muster.rights.CallFacts;
import dev.muster.rights.Duty;
import dev.muster.rights.PresentCall;
import dev.muster.rights.Sight;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who makes the present call, as the {@link Gate} has found, and which things they may do with what they ask for. */
@ApplicationScoped
public class Caller implements PresentCall {
    static final String KEY = Actor.class.getName();

    private static final String ASKED = Verb.class.getName();
    /** So long what was taken away from somebody still works where they are listening. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final CurrentVertxRequest request;

    Caller(CurrentVertxRequest request) {
        this.request = request;
    }

    public Actor actor() {
        RoutingContext call = request.getCurrent();
        Actor actor = call == null ? null : call.get(KEY);
        return actor == null ? Actor.NOBODY : actor;
    }

    @Override
    public Optional<CallFacts> facts() {
        RoutingContext call = Arc.container().requestContext().isActive() ? request.getCurrent() : null;
        Actor actor = call == null ? null : call.get(KEY);
        if (actor == null) {
            return Optional.empty();
        }
        String agent = call.request().getHeader("User-Agent");
        SocketAddress from = call.request().remoteAddress();
        return Optional.of(new CallFacts(
                actor.kind().name(),
                actor.tokenId(),
                from == null ? null : from.hostAddress(),
                agent == null ? null : agent.replaceAll("\\p{C}", "\uFFFD"),
                call.response().headers().get("Muster-Trace-Id")));
    }

    /** True for who runs the installation. */
    public boolean isOperator() {
        return actor().rights().held().stream().anyMatch(held -> held.duty() == Duty.OPERATOR);
    }

    /** True where the caller may do what they ask for with this thing. */
    public boolean may(Resource resource) {
        return May.may(actor().rights(), asked(), resource);
    }

    /** True where the caller may do this with this thing, or with all of a kind, whatever they ask for now. */
    public boolean may(Verb verb, Resource resource) {
        return May.may(actor().rights(), verb, resource);
    }

    /** True where there may be such a thing that the caller may do this with. */
    public boolean maySomewhere(Verb verb, Resource.Kind kind) {
        return May.maySomewhere(actor().rights(), verb, kind);
    }

    /** That the caller may see the thing, and not do with it what they ask for. */
    public MusterException refused(Resource resource) {
        return MusterException.forbidden(actor().name(), asked().name(), resource.toString());
    }

    /** The things of the kind with which the caller may do what they ask for; null: all. */
    public @Nullable Sight sight(Resource.Kind kind) {
        return May.sight(actor().rights(), asked(), kind);
    }

    /** The things of the kind that the caller may look at; null: all. */
    public @Nullable Sight view(Resource.Kind kind) {
        return May.sight(actor().rights(), Verb.READ, kind);
    }

    /** For what goes on being shown: what the caller may look at from now on, as often as it is asked for. */
    public Watch watch(Resource.Kind kind) {
        return new Watch(actor(), actor -> May.sight(actor.rights(), Verb.LIST, kind));
    }

    void asks(Verb verb) {
        RoutingContext call = request.getCurrent();
        if (call != null) {
            call.put(ASKED, verb);
        }
    }

    private Verb asked() {
        RoutingContext call = request.getCurrent();
        Verb verb = call == null ? null : call.get(ASKED);
        return verb == null ? Verb.READ : verb;
    }

    /** What somebody who goes on listening may see. Asked from one thread at a time. */
    public final class Watch {
        private final Function<Actor, @Nullable Sight> sees;
        private Actor actor;
        private @Nullable Sight sight;
        private long lookedAt = System.nanoTime();

        private Watch(Actor actor, Function<Actor, @Nullable Sight> sees) {
            this.actor = actor;
            this.sees = sees;
            this.sight = sees.apply(actor);
        }

        /** Null: everything. */
        public @Nullable Sight sight() {
            lookAgain();
            return sight;
        }

        /** True where they may not listen any more. */
        public boolean isOver() {
            lookAgain();
            return actor.kind() == Actor.Kind.NOBODY
                    || (sight != null
                            && sight.teams().isEmpty()
                            && sight.queues().isEmpty());
        }

        private void lookAgain() {
            Actor.Card card = actor.card();
            if (card != null && System.nanoTime() - lookedAt > LOOK_AGAIN.toNanos()) {
                actor = card.again().get();
                sight = sees.apply(actor);
                lookedAt = System.nanoTime();
            }
        }
    }
}
