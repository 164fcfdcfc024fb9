package dev.muster.access;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** What browsers are told with every answer, and the page for who has no session. */
final class PageHeaders {
    private static final String OURS = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    /** The page of the OpenAPI document brings scripts inside of itself. */
    private static final String DOCUMENT = OURS + "; script-src 'self' 'unsafe-inline'";

    private PageHeaders() {}

    static void add(RoutingContext call) {
        String path = call.normalizedPath();
        MultiMap headers = call.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Content-Security-Policy", path.startsWith("/q/swagger-ui") ? DOCUMENT : OURS);
        if (path.startsWith("/api/")) {
            headers.set("Cache-Control", "no-store");
        }
    }

    /** Somebody opens a page in a browser. */
    static boolean isForPeople(RoutingContext call) {
        String accept = call.request().getHeader("Accept");
        return call.request().method().equals(HttpMethod.GET)
                && !call.normalizedPath().startsWith("/api/")
                && accept != null
                && accept.contains("text/html");
    }

    static String signInFirst() {
        return """
                <!doctype html><html lang="en"><meta charset="utf-8"><title>Muster</title>
                <style>body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1rem;\
                color-scheme:light dark}code{font-size:1.1em}</style>
                <h1>Muster</h1><p>This page needs a session. Make a link that opens one:</p>
                <pre><code>muster ui</code></pre><p>A link works once, for five minutes.</p></html>
                """;
    }

    /** Leads on to the pages by a navigation of our own: after a link in a mail the browser would hold the cookie back. */
    static String signedIn() {
        return """
                <!doctype html><html lang="en"><meta charset="utf-8"><title>Muster</title>
                <meta http-equiv="refresh" content="0;url=/"><p><a href="/">Muster</a></p></html>
                """;
    }
}
