package dev.muster.web;

import static dev.muster.web.OwnPage.again;
import static dev.muster.web.OwnPage.say;
import static dev.muster.web.OwnPage.text;

import dev.muster.access.Gate;
import dev.muster.access.SessionTickets;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.PageRequest;
import dev.muster.cluster.PodDoor;
import dev.muster.job.Interactive;
import dev.muster.job.Job;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.quota.name.JobId;
import dev.muster.session.SessionTallies;
import dev.muster.session.Uses;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a session serves, for its owner, who has a {@link SessionTickets ticket}: every method, and web sockets. */
@ApplicationScoped
class SessionRoute {
    private static final Logger LOG = Logger.getLogger(SessionRoute.class);

    private final SessionTickets tickets;
    private final SessionDoors doors;
    private final Forwarding forwarding;
    private final Uses uses;
    private final SessionTallies tallies;

    SessionRoute(SessionTickets tickets, SessionDoors doors, Forwarding forwarding, Uses uses, SessionTallies tallies) {
        this.tallies = tallies;
        this.tickets = tickets;
        this.doors = doors;
        this.forwarding = forwarding;
        this.uses = uses;
    }

    void listen(@Observes Router router) {
        router.route(Gate.JOB_SESSIONS + "*").handler(this::enter);
    }

    private void enter(RoutingContext call) {
        String rest = call.request().uri().substring(Gate.JOB_SESSIONS.length());
        String ticket = rest.split("[/?#]", 2)[0];
        SessionTickets.Holder holder = tickets.holder(ticket).orElse(null);
        if (holder == null) {
            say(call, 401, "This address is not good", "It was not made by this installation, or is not whole.");
            return;
        }
        String stays = "<a href=\"/ui/jobs/%s/session\">its address that stays</a>".formatted(holder.job());
        if (!holder.good()) {
            say(call, 401, "This address was good for a day", "Open the session again: " + stays + ".");
            return;
        }
        if (call.request().method().equals(HttpMethod.OPTIONS)
                && call.request().getHeader("Access-Control-Request-Method") != null) {
            letThrough(call);
            return;
        }
        String base = Gate.JOB_SESSIONS + ticket;
        String path = rest.substring(ticket.length());
        if (!path.startsWith("/")) {
            call.response()
                    .setStatusCode(307)
                    .putHeader("Location", base + "/" + path)
                    .end();
            return;
        }
        try {
            new PageRequest(1, path, Map.of());
        } catch (IllegalArgumentException e) {
            say(call, 400, "A bad address", text(String.valueOf(e.getMessage())));
            return;
        }
        call.request().pause();
        JobId id = new JobId(holder.job());
        doors.of(id, call.vertx())
                .onFailure(broken -> unknown(call, broken))
                .onSuccess(found -> use(call, found, holder, new Where(base, path)));
    }

    private record Where(String base, String path) {}

    private void use(RoutingContext call, SessionDoors.Found found, SessionTickets.Holder holder, Where where) {
        Job job = found.job().orElse(null);
        if (job == null || !SessionEntrance.isOwner(holder.person(), job)) {
            say(call, 404, "There is no such session any more", "It was deleted.");
            return;
        }
        PodDoor door = found.door().orElse(null);
        if (door == null) {
            notRunning(call, job);
            return;
        }
        Uses.Call use = uses.begin(job.id()).orElse(null);
        if (use == null) {
            tallies.call(SessionTallies.CallEnd.REFUSED);
            again(call, "Too much at once", "A session may have %d calls open.".formatted(Uses.MOST_AT_ONCE));
            return;
        }
        Future<Void> handed;
        try {
            handed = forwarding.forward(call, new Forwarding.Way(door, told(job), where.path(), where.base()));
        } catch (RuntimeException e) {
            use.close();
            throw e;
        }
        handed.onComplete(done -> {
            use.close();
            tallies.call(done.failed() ? SessionTallies.CallEnd.UNREACHED : SessionTallies.CallEnd.ANSWERED);
            if (done.failed()) {
                LOG.debugf("act=session-unreached job=%s why=\"%s\"", job.id(), done.cause());
                unreached(call, job);
            }
        });
    }

    private static String told(Job job) {
        Interactive interactive = Objects.requireNonNull(job.spec().life().interactive());
        return interactive.told(job.id());
    }

    /** Scripts of a page without an origin ask first whether they may call their own server. */
    private static void letThrough(RoutingContext call) {
        call.response()
                .setStatusCode(204)
                .putHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
                .putHeader("Access-Control-Allow-Headers", "*")
                .putHeader("Access-Control-Max-Age", "600")
                .end();
    }

    private static void unreached(RoutingContext call, Job job) {
        if (call.response().headWritten()) {
            call.request().connection().close();
            return;
        }
        call.response().headers().remove("Content-Length").remove("Content-Encoding");
        Interactive interactive = Objects.requireNonNull(job.spec().life().interactive());
        again(
                call,
                "%s does not answer yet".formatted(text(job.spec().name())),
                "It runs, and nobody listens at port %d: it takes its time to start, or serves elsewhere (a local process serves at MUSTER_PAGE_PORT)."
                        .formatted(interactive.port()));
    }

    private static void unknown(RoutingContext call, Throwable broken) {
        boolean known = broken instanceof ClusterUnavailable
                || broken instanceof DatabaseUnavailable
                || DatabaseUnavailable.in(broken).isPresent();
        if (!known) {
            LOG.errorf(broken, "A session could not be looked up");
        }
        again(
                call,
                "Not now",
                known ? "The database or the cluster cannot be reached." : "The service failed; its log says more.");
    }

    private static void notRunning(RoutingContext call, Job job) {
        String name = text(job.spec().name());
        String state = job.state().name().toLowerCase(Locale.ROOT);
        if (job.state().isFinal()) {
            Optional<String> why = Optional.ofNullable(job.outcome())
                    .flatMap(outcome -> Optional.ofNullable(outcome.failure()))
                    .map(failure -> ": " + text(failure.message()));
            say(
                    call,
                    404,
                    "%s is over".formatted(name),
                    "It is %s%s. <a href=\"/ui/jobs/%s\">The job</a> has its output."
                            .formatted(state, why.orElse(""), job.id()));
        } else {
            again(
                    call,
                    "%s does not run now".formatted(name),
                    "It is %s. This page looks again by itself.".formatted(state));
        }
    }
}
