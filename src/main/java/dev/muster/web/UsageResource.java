package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Usage;
import dev.muster.problem.MusterException;
import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Period;
import dev.muster.report.Usages;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who held how much of the cluster for how long, and what it cost. */
@Path("/api/v1/usage")
@Tag(name = "usage")
public class UsageResource {
    private static final String CSV = "text/csv";

    private final Usages usages;
    private final PageTokens tokens;
    private final InstantSource clock;
    private final Caller caller;

    UsageResource(Usages usages, PageTokens tokens, InstantSource clock, Caller caller) {
        this.caller = caller;
        this.usages = usages;
        this.tokens = tokens;
        this.clock = clock;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Asks(value = Verb.LIST, of = Resource.Kind.JOB, seesForItself = true)
    @APIResponseSchema(value = Usage.class, responseCode = "200")
    public Response usage(
            @QueryParam("groupBy") @Nullable String groupBy,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @Nullable String format,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("Accept") @Nullable String accept) {
        List<Dimension> by = UsageView.dimensions(groupBy);
        boolean csv = isCsv(format, accept);
        int size = Parameters.pageSize(pageSize);
        String list = "usage\n%s\n%s\n%s".formatted(by, from, to);
        // Later pages are of the period of the first one: what runs has grown meanwhile.
        String position = tokens.open(list, pageToken);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Period period = position == null
                ? PeriodReader.of(from, to, now)
                : PeriodReader.of(part(position, 0), part(position, 1), now);
        dev.muster.quota.usage.Usage usage = usages.of(period, by, caller.view(Resource.Kind.JOB));
        if (usage.isTooMany()) {
            throw MusterException.invalidParameter(
                    "groupBy",
                    groupBy == null ? "" : groupBy,
                    "at most %,d groups: ask for a shorter period or by less"
                            .formatted(dev.muster.quota.usage.Usage.MOST_GROUPS));
        }
        return csv
                ? Response.ok(UsageView.csv(usage), CSV + ";charset=UTF-8")
                        .header("Content-Disposition", "attachment; filename=\"usage.csv\"")
                        .build()
                : Response.ok(page(usage, list, position, size), MediaType.APPLICATION_JSON_TYPE)
                        .build();
    }

    private Usage page(dev.muster.quota.usage.Usage usage, String list, @Nullable String position, int size) {
        List<String> after = position == null ? null : List.of(position.split("\n", -1));
        SortedMap<List<String>, dev.muster.quota.usage.Sum> left =
                after == null ? usage.groups() : usage.groups().tailMap(after.subList(2, after.size()));
        List<Usage.Group> items = new ArrayList<>();
        String next = null;
        List<String> last = List.of();
        for (Map.Entry<List<String>, dev.muster.quota.usage.Sum> entry : left.entrySet()) {
            if (after != null && entry.getKey().equals(after.subList(2, after.size()))) {
                continue;
            }
            if (items.size() == size) {
                next = tokens.make(
                        list, usage.period().from() + "\n" + usage.period().to() + "\n" + String.join("\n", last));
                break;
            }
            items.add(UsageView.group(usage.by(), entry.getKey(), entry.getValue()));
            last = entry.getKey();
        }
        return new Usage(
                usage.period().from(),
                usage.period().to(),
                usage.by().stream().map(Dimension::word).toList(),
                UsageView.hours(usage.total()),
                items,
                next);
    }

    private static String part(String position, int at) {
        return position.split("\n", -1)[at];
    }

    private static boolean isCsv(@Nullable String format, @Nullable String accept) {
        if (format == null || format.isEmpty()) {
            return accept != null && accept.contains(CSV);
        }
        if (format.equals("csv") || format.equals("json")) {
            return format.equals("csv");
        }
        throw MusterException.invalidParameter("format", format, "json or csv");
    }
}
