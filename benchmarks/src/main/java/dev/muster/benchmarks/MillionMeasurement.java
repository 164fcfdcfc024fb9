package dev.muster.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists, filters, reasons and pages over a million jobs, of which 40,000 wait. The jobs are made in the database, like one that was
 * submitted; then the service starts anew and is asked by one who waits for each answer.
 */
final class MillionMeasurement {
    private static final int ASKED = 200;
    private static final int WARM = 40;
    private static final String MANY = """
            insert into job (id, team, name, queue, priority_class, priority, state, version, attempt, user_retries_spent,
                platform_retries_spent, submitted_by, submitted_at, queued_at, started_at, finished_at, not_before, labels,
                annotations, shape, backoffs, outcome, evictions, aged_from, changes)
            select '01k' || lpad(i::text, 23, '0'), 'team-' || i % 50, 'job-' || i % 5000 || '-' || i, 'queue-' || i % 200,
                one.priority_class, one.priority, each.state, 3, (each.state <> 'QUEUED')::int, 0, 0, 'user' || i % 10000, at,
                case when each.state = 'QUEUED' then one.queued_at end,
                case when each.state <> 'QUEUED' then at + interval '1 minute' end,
                case when each.state <> 'QUEUED' then at + interval '1 hour' end,
                case when each.state = 'QUEUED' then one.not_before end,
                jsonb_build_object('app', 'a' || i % 97, 'run', 'r' || i % 10000), '{}', one.shape, '{}', null, 0, null, '[]'
            from (
                select i, now() - interval '300 days' + i * interval '25 seconds' as at,
                    case when i > 960000 then 'QUEUED' when i % 20 = 0 then 'FAILED' when i % 33 = 0 then 'CANCELLED'
                        else 'SUCCEEDED' end as state
                from generate_series(1, 1000000) i
            ) each, (select * from job limit 1) one""";

    private MillionMeasurement() {}

    static List<Figure> run(Path clone, Path data) throws Exception {
        try (Service service = Service.start(clone, data, List.of("-Xmx512m"))) {
            furnish(service.connect());
            fill(Database.of(data));
        }
        try (Service service = Service.start(clone, data, List.of("-Xmx512m"))) {
            return measured(service.connect());
        }
    }

    private static void furnish(HttpConnection connection) throws IOException {
        World.apply(connection);
        for (int i = 0; i < 200; i++) {
            connection.call("PUT", "/api/v1/queues/queue-" + i, "{\"spec\":{}}").expect(201);
        }
        for (int i = 0; i < 50; i++) {
            connection
                    .call("PUT", "/api/v1/teams/team-" + i, "{\"spec\":{\"queue\":\"queue-" + i + "\"}}")
                    .expect(201);
        }
        connection
                .call("POST", World.BATCH, World.batch(1, job -> World.waitingJob("like-all")))
                .expect(201);
        connection.close();
    }

    private static void fill(Database database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(MANY);
            sql.execute("vacuum analyze");
        }
    }

    private static List<Figure> measured(HttpConnection connection) throws IOException {
        List<Figure> figures = new ArrayList<>();
        for (Map.Entry<String, String> each : asked(connection).entrySet()) {
            int warm = each.getKey().startsWith("million.page") ? WARM / 4 : WARM;
            long[] nanos = new long[each.getKey().startsWith("million.page") ? ASKED / 4 : ASKED];
            for (int i = -warm; i < nanos.length; i++) {
                long begin = System.nanoTime();
                connection.call("GET", each.getValue(), "").expect(200);
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - begin;
                }
            }
            Latencies latencies = new Latencies(nanos);
            figures.add(new Figure(each.getKey(), latencies.percentile(0.5), "ms"));
            figures.add(new Figure(each.getKey() + ".p99", latencies.percentile(0.99), "ms"));
        }
        connection.close();
        return figures;
    }

    private static Map<String, String> asked(HttpConnection connection) throws IOException {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("million.list", jobs("-", "", ""));
        asked.put("million.list.deep", deep(connection));
        asked.put("million.team", jobs("team-7", "", ""));
        asked.put("million.state", jobs("-", "state=FAILED", ""));
        asked.put("million.state.finished", jobs("-", "state=FAILED", "finishedAt desc"));
        asked.put("million.queue", jobs("-", "queue=queue-7", ""));
        asked.put("million.user", jobs("-", "by=user77", ""));
        asked.put("million.label", jobs("-", "label.app=a7", ""));
        asked.put("million.label.rare", jobs("-", "label.run=r77", ""));
        asked.put("million.label.team", jobs("team-7", "label.app=a7", ""));
        asked.put("million.name", jobs("-", "name~job-77", ""));
        asked.put("million.nothing", jobs("team-7", "state=RUNNING", ""));
        asked.put("million.priority", jobs("team-7", "state=QUEUED", "priority desc"));
        asked.put("million.reason", "/api/v1/teams/-/jobs/01k" + "%023d".formatted(990_007) + "/explanation");
        asked.put("million.queues", "/api/v1/queues");
        asked.put("million.teams", "/api/v1/teams");
        asked.put("million.page.overview", "/ui");
        asked.put("million.page.jobs", "/ui/jobs");
        asked.put("million.page.filtered", "/ui/jobs?team=team-7&state=FAILED");
        asked.put("million.page.groups", "/ui/groups");
        asked.put("million.page.job", "/ui/jobs/01k" + "%023d".formatted(990_007));
        return asked;
    }

    /** The page after the page of the oldest jobs but some: a page costs the same wherever it is. */
    private static String deep(HttpConnection connection) throws IOException {
        String first = jobs("team-7", "state=SUCCEEDED", "");
        String page = first;
        for (int i = 0; i < 20; i++) {
            String next = new JsonMapper()
                    .readTree(connection.call("GET", page, "").expect(200).body())
                    .required("nextPageToken")
                    .textValue();
            page = first + "&pageToken=" + next;
        }
        return page;
    }

    private static String jobs(String team, String filter, String order) {
        return "/api/v1/teams/%s/jobs?pageSize=100%s%s"
                .formatted(
                        team,
                        filter.isEmpty() ? "" : "&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8),
                        order.isEmpty() ? "" : "&orderBy=" + URLEncoder.encode(order, StandardCharsets.UTF_8));
    }
}
