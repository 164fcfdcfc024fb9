package dev.muster.access;

import dev.muster.Settings;
import dev.muster.problem.MusterException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/**
 * How often somebody may call: everybody by their name, strangers by their address, attempts to sign in again by that. Whoever
 * holds the installation's token may at any time: it is the installation's own.
 */
@Singleton
class Rates {
    /** A burst may be so many seconds' worth. */
    private static final int SECONDS = 10;

    private static final Set<Actor.Kind> OWN = Set.of(Actor.Kind.TOKEN, Actor.Kind.SESSION);

    private final Buckets known;
    private final Buckets strangers;
    private final Buckets signIns;

    Rates(Settings settings) {
        Settings.Rate rate = settings.access().rate();
        known = new Buckets(rate.callsPerSecond(), rate.callsPerSecond() * SECONDS);
        strangers = new Buckets(rate.strangersPerSecond(), rate.strangersPerSecond() * SECONDS);
        signIns = new Buckets(rate.signInsPerMinute() / 60.0, rate.signInsPerMinute());
    }

    /** @throws MusterException where they have called too often */
    void take(RoutingContext call, Actor actor) {
        long now = System.nanoTime();
        String path = call.normalizedPath();
        // What an identity provider says itself tries nobody's password, and is of many people from one address.
        if (call.request().method().equals(HttpMethod.POST)
                && path.startsWith(Gate.SIGN_IN)
                && !path.startsWith(Gate.SIGN_IN_WITH)) {
            refuse(signIns.take(address(call), now));
        }
        if (isSignOut(call)) {
            // Known by what it sends, which is looked at later: of one provider there may be hundreds at once.
            return;
        }
        if (actor.kind() == Actor.Kind.NOBODY) {
            refuse(strangers.take(address(call), now));
        } else if (!OWN.contains(actor.kind())) {
            refuse(known.take(actor.name(), now));
        }
    }

    /** True where an identity provider says that somebody has signed out: {@link IssuerSignOut} counts those that are none. */
    private static boolean isSignOut(RoutingContext call) {
        return call.request().method().equals(HttpMethod.POST)
                && call.normalizedPath().startsWith(Gate.SIGN_IN_WITH)
                && call.normalizedPath().endsWith(Issuer.OUT);
    }

    /** For who came with something that is not good. */
    void takeOfStranger(RoutingContext call) {
        refuse(strangers.take(address(call), System.nanoTime()));
    }

    private static void refuse(Duration wait) {
        if (!wait.isZero()) {
            throw MusterException.tooMany(wait);
        }
    }

    private static String address(RoutingContext call) {
        return call.request().remoteAddress() == null
                ? ""
                : String.valueOf(call.request().remoteAddress().hostAddress());
    }
}
