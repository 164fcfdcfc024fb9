package dev.muster.web;

import dev.muster.access.PageHeaders;
import io.vertx.ext.web.RoutingContext;

/** A page of our own in the place of what a job serves, where that cannot be had: what is the matter, in a sentence. */
final class OwnPage {
    private OwnPage() {}

    /** The same, which looks again by itself. */
    static void again(RoutingContext call, String title, String words) {
        call.response().putHeader("Retry-After", "5").putHeader("Refresh", "5");
        say(call, 503, title, words);
    }

    /** {@code title} and {@code words} are HTML. */
    static void say(RoutingContext call, int status, String title, String words) {
        if (call.response().ended() || call.response().closed()) {
            return;
        }
        PageHeaders.trusted(call);
        // Who waited for a pod to take its body is answered without it.
        call.request().resume();
        call.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html;charset=UTF-8")
                .end(PageHeaders.page("<h1>%s</h1><p>%s</p>".formatted(title, words)));
    }

    /** As HTML shows it. */
    static String text(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
