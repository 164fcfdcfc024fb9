package dev.muster.ui;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.job.Series;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.JobQuery;
import dev.muster.postgres.JobStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import dev.muster.quota.usage.Sum;
import dev.muster.report.Usages;
import dev.muster.web.JobReading;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Runs side by side. */
@Path("/ui/compare")
@Produces(MediaType.TEXT_HTML)
public class ComparePages {
    /** More columns than these nobody reads. */
    static final int MOST = 6;

    private static final int USUAL = 3;
    /** Names may begin alike and be of others. */
    private static final int LOOKED_AT = 100;

    private final Frames frames;
    private final JobPages pages;
    private final JobStore jobs;
    private final AttemptStore attempts;
    private final Usages usages;
    private final JobReading reading;
    private final ObjectMapper json;
    private final Caller caller;
    private final PageProblems problems;

    ComparePages(
            Frames frames,
            JobPages pages,
            JobStore jobs,
            AttemptStore attempts,
            Usages usages,
            JobReading reading,
            ObjectMapper json,
            Caller caller,
            PageProblems problems) {
        this.frames = frames;
        this.pages = pages;
        this.jobs = jobs;
        this.attempts = attempts;
        this.usages = usages;
        this.reading = reading;
        this.json = json;
        this.caller = caller;
        this.problems = problems;
    }

    /** Those named; beside one alone the runs of the same before it. */
    @GET
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    @Operation(hidden = true)
    public TemplateInstance compare(@RestQuery List<String> job) {
        List<String> ids = job.stream().distinct().toList();
        if (ids.isEmpty() || ids.size() > MOST) {
            throw MusterException.invalidParameter(
                    "job",
                    ids.size() + " ids",
                    "1 to %d: choose them by their boxes in the list of jobs".formatted(MOST));
        }
        List<Job> named = new ArrayList<>(ids.stream().map(pages::job).toList());
        List<Job> same = sameAs(named.get(0));
        if (named.size() == 1) {
            Job only = named.get(0);
            same.stream()
                    .filter(other -> other.submittedAt().isBefore(only.submittedAt()))
                    .limit(USUAL)
                    .forEach(named::add);
        }
        boolean alike = named.stream().map(Series::of).distinct().count() == 1;
        Frame frame =
                frames.lasting(alike ? "Runs of " + Series.of(named.get(0)).name() : "Jobs side by side", "jobs");
        List<String> shown = named.stream().map(one -> one.id().value()).toList();
        return Templates.compare(new ComparePage(
                frame,
                named.stream()
                        .map(one -> new ComparePage.Run(
                                JobRow.of(one, frame.now()),
                                shown.size() == 1 ? null : href(shown, one.id().value(), null)))
                        .toList(),
                rows(named, frame),
                fields(named),
                same.stream()
                        .filter(one -> !shown.contains(one.id().value()) && shown.size() < MOST)
                        .limit(10)
                        .map(one -> new ComparePage.Other(
                                JobRow.of(one, frame.now()),
                                href(shown, null, one.id().value())))
                        .toList()));
    }

    /** Newest first. */
    private List<Job> sameAs(Job job) {
        Series series = Series.of(job);
        JobQuery query = JobQuery.newest(LOOKED_AT).in(job.team()).beginning(series.name());
        return jobs.list(query, caller.view(Resource.Kind.JOB)).found().read().stream()
                .filter(other -> Series.of(other).equals(series) && !other.id().equals(job.id()))
                .toList();
    }

    private static String href(List<String> ids, @Nullable String without, @Nullable String with) {
        List<String> all = new ArrayList<>(ids);
        all.remove(without);
        if (with != null) {
            all.add(with);
        }
        return "/ui/compare?" + all.stream().map(id -> "job=" + id).collect(Collectors.joining("&"));
    }

    private List<ComparePage.Row> rows(List<Job> runs, Frame frame) {
        Map<JobId, List<Attempt>> tries = new TreeMap<>();
        runs.forEach(job -> tries.put(job.id(), attempts.of(job.id())));
        Map<JobId, Sum> held = usages.ofJobs(
                runs.stream().map(Job::id).toList(),
                runs.stream()
                        .map(Job::submittedAt)
                        .min(java.util.Comparator.naturalOrder())
                        .orElse(frame.now()),
                frame.now().plusMillis(1));
        return new CompareRows(runs, tries, held, frame).all();
    }

    /** Those of their specs that are not the same in all. */
    private List<ComparePage.Row> fields(List<Job> runs) {
        List<Map<String, String>> specs = runs.stream()
                .map(job -> Fields.of(json.valueToTree(reading.one(job).spec())))
                .toList();
        Set<String> names = new TreeSet<>();
        specs.forEach(spec -> names.addAll(spec.keySet()));
        return names.stream()
                .map(name -> ComparePage.Row.of(
                        name,
                        specs.stream()
                                .map(spec -> ComparePage.Cell.of(spec.getOrDefault(name, "")))
                                .toList()))
                .filter(ComparePage.Row::differs)
                .toList();
    }

    @ServerExceptionMapper
    public Response problem(Throwable thrown, UriInfo uri) {
        return problems.page(thrown, uri);
    }
}
