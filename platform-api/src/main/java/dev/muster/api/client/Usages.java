package dev.muster.api.client;

import dev.muster.api.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What teams, users and jobs held of the cluster. */
public final class Usages {
    private static final int LARGEST_PAGE = 1_000;

    private final Exchange exchange;

    Usages(Exchange exchange) {
        this.exchange = exchange;
    }

    /** All groups; {@code from} and {@code to} are times or days, absent: the last seven days. */
    public Usage of(String groupBy, @Nullable String from, @Nullable String to) {
        List<Usage.Group> all = new ArrayList<>();
        String next = null;
        Usage page;
        do {
            page = exchange.call(
                            "GET",
                            query(groupBy, from, to)
                                    .with("pageSize", LARGEST_PAGE)
                                    .with("pageToken", next))
                    .as(Usage.class);
            all.addAll(page.items());
            next = page.nextPageToken();
        } while (next != null);
        return new Usage(page.from(), page.to(), page.groupBy(), page.total(), all, null);
    }

    /** The same as the service writes it for spreadsheets. */
    public String csv(String groupBy, @Nullable String from, @Nullable String to) {
        return exchange.call("GET", query(groupBy, from, to))
                .header("Accept", "text/csv, application/problem+json")
                .text();
    }

    private static Query query(String groupBy, @Nullable String from, @Nullable String to) {
        return Query.path("usage").with("groupBy", groupBy).with("from", from).with("to", to);
    }
}
