package dev.muster.access;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** What browsers are told with every answer, and the page for who has no session. */
public final class PageHeaders {
    /** Scripts and styles come from here and are files: what a hostile name smuggles into a page is neither run nor worn. */
    private static final String OURS = policy("'self'");
    /** The page of the OpenAPI document brings scripts and styles inside of itself. */
    private static final String DOCUMENT = policy("'self' 'unsafe-inline'");

    private static final String UNTRUSTED = "sandbox allow-scripts allow-popups allow-modals allow-downloads;"
            + " default-src 'self' data: blob: 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    /** Notebooks send forms, open sockets and make code of text. */
    private static final String USED = "sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads;"
            + " default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' data: blob: ws: wss:;"
            + " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private PageHeaders() {}

    static void add(RoutingContext call) {
        String path = call.normalizedPath();
        MultiMap headers = call.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        // Not "no-referrer": browsers would then not say the origin of a form either, and the gate asks for it.
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Content-Security-Policy", path.startsWith("/q/swagger-ui") ? DOCUMENT : OURS);
        if (Gate.isJobPage(call)) {
            untrusted(headers);
        }
        if (Gate.isJobSession(call)) {
            headers.set("Content-Security-Policy", USED);
        }
        if (path.startsWith("/api/") || Gate.isJobPage(call)) {
            headers.set("Cache-Control", "no-store");
        }
    }

    /**
     * What a job serves may be written by anybody: its scripts get an origin of their own, without our cookie and our pages, and what
     * they load is let through to them because the ticket is in the address.
     */
    private static void untrusted(MultiMap headers) {
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "cross-origin");
        headers.set("Cross-Origin-Opener-Policy", "unsafe-none");
        headers.set("Access-Control-Allow-Origin", "*");
        headers.set("Content-Security-Policy", UNTRUSTED);
    }

    /** One of our own pages in the place of what a job serves. */
    public static void trusted(RoutingContext call) {
        call.response().headers().set("Content-Security-Policy", OURS);
    }

    /** Somebody opens a page in a browser. */
    static boolean isForPeople(RoutingContext call) {
        String accept = call.request().getHeader("Accept");
        return call.request().method().equals(HttpMethod.GET)
                && !call.normalizedPath().startsWith("/api/")
                && accept != null
                && accept.contains("text/html");
    }

    /** Leads on to the pages by a navigation of our own: after a link in a mail the browser would hold the cookie back. */
    static String signedIn() {
        return page("""
                <meta http-equiv="refresh" content="0;url=/ui"><h1>Signed in</h1><p><a href="/ui">To the overview</a></p>""");
    }

    public static String page(String body) {
        return """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Muster</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark"><link rel="icon" href="/assets/mark.svg">
                <link rel="stylesheet" href="/assets/muster.css"><script src="/assets/theme.js"></script></head><body>
                <header class="top"><a class="brand" href="/ui"><img class="mark" src="/assets/mark.svg" alt="">Muster</a></header>
                <main><section class="panel hello">%s</section></main></body></html>
                """.formatted(body);
    }

    private static String policy(String code) {
        return "default-src 'none'; script-src " + code + "; style-src " + code + "; img-src 'self' data:;"
                + " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }
}
