package dev.muster.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Change;
import dev.muster.api.Page;
import dev.muster.postgres.RecordStore;
import dev.muster.problem.MusterException;
import dev.muster.rights.CallFacts;
import dev.muster.rights.RecordedChange;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The record of changes: who, when, from where, what, before, after, why. Read, searched and exported, never changed. */
@Path("/api/v1/audit")
@Tag(name = "access")
public class AuditResource {
    private static final String CSV = "text/csv";
    private static final String LINES = "application/x-ndjson";
    private static final int BATCH = 1_000;
    private static final List<String> HEADINGS = List.of(
            "id", "at", "actor", "means", "token", "address", "agent", "type", "team", "name", "before", "after", "why",
            "trace");

    private final RecordStore store;
    private final PageTokens tokens;
    private final ObjectMapper json;

    AuditResource(RecordStore store, PageTokens tokens, ObjectMapper json) {
        this.store = store;
        this.tokens = tokens;
        this.json = json;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, CSV, LINES})
    @Asks(value = Verb.LIST, of = Resource.Kind.RECORD)
    @APIResponseSchema(value = Change.class, responseCode = "200")
    public Response list(
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("team") @Nullable String team,
            @QueryParam("type") @Nullable String type,
            @QueryParam("name") @Nullable String name,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @Nullable String format,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        RecordStore.Filter filter = new RecordStore.Filter(
                actor, team, type, name, PeriodReader.time("from", from), PeriodReader.time("to", to));
        return switch (Objects.requireNonNullElse(format, "json")) {
            case "json" ->
                Response.ok(page(filter, Parameters.pageSize(pageSize), pageToken), MediaType.APPLICATION_JSON_TYPE)
                        .build();
            case "csv" -> export(out -> csv(filter, out), CSV, "audit.csv");
            case "ndjson" -> export(out -> lines(filter, out), LINES, "audit.ndjson");
            default -> throw MusterException.invalidParameter("format", String.valueOf(format), "json, csv or ndjson");
        };
    }

    private Page<Change> page(RecordStore.Filter filter, int size, @Nullable String pageToken) {
        String list = "audit\n" + filter;
        String after = tokens.open(list, pageToken);
        List<RecordedChange> left = store.list(filter, after == null ? null : Long.valueOf(after), size + 1);
        List<RecordedChange> page = left.size() > size ? left.subList(0, size) : left;
        return new Page<>(
                page.stream().map(this::view).toList(),
                left.size() > size
                        ? tokens.make(list, Long.toString(page.get(size - 1).id()))
                        : null);
    }

    private static Response export(StreamingOutput body, String type, String file) {
        return Response.ok(body, type + ";charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + file + "\"")
                .build();
    }

    private void csv(RecordStore.Filter filter, OutputStream out) throws java.io.IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(new CsvText().row(HEADINGS).toString());
        for (List<RecordedChange> batch = store.list(filter, null, BATCH);
                !batch.isEmpty();
                batch = next(filter, batch)) {
            CsvText text = new CsvText();
            batch.forEach(one -> text.row(cells(one)));
            writer.write(text.toString());
        }
        writer.flush();
    }

    private void lines(RecordStore.Filter filter, OutputStream out) throws java.io.IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        for (List<RecordedChange> batch = store.list(filter, null, BATCH);
                !batch.isEmpty();
                batch = next(filter, batch)) {
            for (RecordedChange one : batch) {
                writer.write(json.writeValueAsString(view(one)));
                writer.write('\n');
            }
        }
        writer.flush();
    }

    private List<RecordedChange> next(RecordStore.Filter filter, List<RecordedChange> batch) {
        return batch.size() < BATCH
                ? List.of()
                : store.list(filter, batch.get(batch.size() - 1).id(), BATCH);
    }

    private static List<Object> cells(RecordedChange one) {
        CallFacts facts = one.facts();
        Object[] cells = {
            one.id(),
            one.change().at(),
            one.change().actor(),
            facts == null ? null : facts.means(),
            facts == null ? null : facts.token(),
            facts == null ? null : facts.address(),
            facts == null ? null : facts.agent(),
            one.change().type(),
            one.change().team(),
            one.change().name(),
            one.change().before(),
            one.change().after(),
            one.change().why(),
            facts == null ? null : facts.trace()
        };
        return Arrays.stream(cells)
                .map(cell -> Objects.requireNonNullElse(cell, ""))
                .toList();
    }

    private Change view(RecordedChange one) {
        CallFacts facts = one.facts();
        return new Change(
                one.id(),
                one.change().at(),
                one.change().actor(),
                facts == null ? null : facts.means(),
                facts == null ? null : facts.token(),
                facts == null ? null : facts.address(),
                facts == null ? null : facts.agent(),
                one.change().type(),
                one.change().team(),
                one.change().name(),
                tree(one.change().before()),
                tree(one.change().after()),
                one.change().why(),
                facts == null ? null : facts.trace());
    }

    private @Nullable JsonNode tree(@Nullable String text) {
        try {
            return text == null ? null : json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The database keeps only JSON here", e);
        }
    }
}
