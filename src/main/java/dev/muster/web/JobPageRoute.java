package dev.muster.web;

import static dev.muster.web.OwnPage.again;
import static dev.muster.web.OwnPage.say;
import static dev.muster.web.OwnPage.text;

import dev.muster.access.Gate;
import dev.muster.access.PageTickets;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.PageAnswer;
import dev.muster.cluster.PageRequest;
import dev.muster.cluster.PodRef;
import dev.muster.job.Job;
import dev.muster.job.SparkRoles;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.JobStore;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.report.Links;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The page that a job's driver serves, while it lives, for who has a {@link PageTickets ticket}: to look at, never to change
 * something. Where nobody answers a page of ours says so, and goes on looking where that may help.
 */
@ApplicationScoped
class JobPageRoute {
    /** A driver that hangs must not take every thread of the service. */
    private static final int MOST_AT_ONCE = 8;

    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final PageTickets tickets;
    private final JobStore jobs;
    private final Links links;
    private final Cluster cluster;

    JobPageRoute(PageTickets tickets, JobStore jobs, Links links, Cluster cluster) {
        this.tickets = tickets;
        this.jobs = jobs;
        this.links = links;
        this.cluster = cluster;
    }

    void listen(@Observes Router router) {
        router.route(HttpMethod.OPTIONS, Gate.JOB_PAGES + "*").handler(call -> call.response()
                .setStatusCode(204)
                .putHeader("Access-Control-Allow-Methods", "GET, HEAD")
                .putHeader("Access-Control-Allow-Headers", "*")
                .end());
        router.route(HttpMethod.GET, Gate.JOB_PAGES + "*").blockingHandler(this::show, false);
        router.route(HttpMethod.HEAD, Gate.JOB_PAGES + "*").blockingHandler(this::show, false);
        router.route(Gate.JOB_PAGES + "*")
                .handler(call -> say(call, 405, "Only to look at", "Nothing can be sent here."));
    }

    private void show(RoutingContext call) {
        String rest = call.request().uri().substring(Gate.JOB_PAGES.length());
        String ticket = rest.split("[/?#]", 2)[0];
        PageTickets.Holder holder = tickets.holder(ticket).orElse(null);
        if (holder == null) {
            say(call, 401, "This address is not good", "It was not made by this installation, or is not whole.");
            return;
        }
        Job job;
        try {
            job = jobs.find(new JobId(holder.job())).orElse(null);
        } catch (DatabaseUnavailable e) {
            say(call, 503, "Not now", "The database cannot be reached. Load the page again in a moment.");
            return;
        }
        if (job == null) {
            say(call, 404, "There is no such job any more", "It was deleted, and its pages with it.");
            return;
        }
        String stays = "<a href=\"%s\">its address that stays</a>".formatted(Links.stays(job, Links.SPARK_UI));
        if (!holder.good()) {
            say(call, 401, "This address was good for an hour", "Open the page again: " + stays + ".");
            return;
        }
        String base = Gate.JOB_PAGES + ticket;
        String path = rest.substring(ticket.length());
        if (!path.startsWith("/")) {
            lead(call, base + "/" + path);
            return;
        }
        if (!Links.mayAnswer(job)) {
            Optional<String> elsewhere = links.elsewhere(job, Links.SPARK_UI);
            if (elsewhere.isPresent()) {
                lead(call, elsewhere.get());
            } else {
                notRunning(call, job);
            }
            return;
        }
        if (call.request().path().matches(".*/kill/*")) {
            say(call, 403, "Only to look at", "Nothing is ended here: cancel the job with Muster.");
            return;
        }
        ask(call, job, base, path);
    }

    private void ask(RoutingContext call, Job job, String base, String path) {
        if (!free.tryAcquire()) {
            again(call, "Many are looking", "Pages of jobs are shown to %d at once.".formatted(MOST_AT_ONCE));
            return;
        }
        try {
            PodRef driver = new PodRef(new AttemptId(job.id(), job.attempt()), SparkRoles.DRIVER, 0);
            String accept =
                    Optional.ofNullable(call.request().getHeader("Accept")).orElse("*/*");
            PageRequest request =
                    new PageRequest(Links.port(job), path, Map.of("Accept", accept, "X-Forwarded-Context", base));
            Optional<PageAnswer> answer = cluster.page(driver, request);
            if (answer.isEmpty()) {
                again(
                        call,
                        "The driver of %s shows no page yet"
                                .formatted(text(job.spec().name())),
                        "Spark takes some seconds to start; where <code>spark.ui.enabled</code> is false it shows none.");
                return;
            }
            hand(call, ShownPage.of(answer.get(), base));
        } catch (IllegalArgumentException e) {
            say(call, 400, "A bad address", text(String.valueOf(e.getMessage())));
        } catch (ClusterUnavailable e) {
            again(call, "The page cannot be had now", text(String.valueOf(e.getMessage())));
        } finally {
            free.release();
        }
    }

    private static void hand(RoutingContext call, ShownPage page) {
        call.response().setStatusCode(page.status()).putHeader("Content-Type", page.contentType());
        if (page.location() != null) {
            call.response().putHeader("Location", page.location());
        }
        if (call.request().method().equals(HttpMethod.HEAD) || page.status() == 204 || page.status() == 304) {
            call.response().end();
        } else {
            call.response().end(Buffer.buffer(page.body()));
        }
    }

    private static void notRunning(RoutingContext call, Job job) {
        String name = text(job.spec().name());
        if (job.state().isFinal()) {
            say(
                    call,
                    404,
                    "%s has ended".formatted(name),
                    "Spark's page went with its driver, and the operator has named no history server. What it wrote stays: "
                            + "<a href=\"/ui/jobs/%s\">the job</a>.".formatted(job.id()));
        } else {
            again(
                    call,
                    "%s does not run now".formatted(name),
                    "It is %s. This page looks again by itself."
                            .formatted(job.state().name().toLowerCase(Locale.ROOT)));
        }
    }

    private static void lead(RoutingContext call, String where) {
        call.response().setStatusCode(307).putHeader("Location", where).end();
    }
}
