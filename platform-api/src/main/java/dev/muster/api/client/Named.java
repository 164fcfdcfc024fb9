package dev.muster.api.client;

import com.fasterxml.jackson.databind.JavaType;
import dev.muster.api.Metadata;
import dev.muster.api.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Resources that have a name of their own choosing: teams, queues, pools, priority classes. */
public final class Named<T> {
    private static final int PAGE = 500;

    private final Exchange exchange;
    private final String[] collection;
    private final Class<T> type;
    private final Function<T, Metadata> metadata;

    Named(Exchange exchange, Class<T> type, Function<T, Metadata> metadata, String... collection) {
        this.exchange = exchange;
        this.collection = collection;
        this.type = type;
        this.metadata = metadata;
    }

    /** All of them, page after page. */
    public List<T> all() {
        JavaType page = Exchange.mapper().getTypeFactory().constructParametricType(Page.class, type);
        List<T> all = new ArrayList<>();
        String token = null;
        do {
            Query query = Query.path(collection).with("pageSize", PAGE).with("pageToken", token);
            Page<T> next = exchange.call("GET", query).as(page);
            all.addAll(next.items());
            token = next.nextPageToken();
        } while (token != null);
        return all;
    }

    public T get(String name) {
        return exchange.call("GET", at(name)).as(type);
    }

    /** Creates, or with the {@code etag} of the one that was read replaces, unless somebody else changed it since. */
    public T put(T resource, @Nullable String etag, boolean validateOnly) {
        Query path = at(metadata.apply(resource).name()).with("validateOnly", validateOnly ? true : null);
        Exchange.Call call = exchange.call("PUT", path).header("If-Match", etag).body(resource);
        // With an etag a repeat would meet its own first success as a foreign change.
        return (etag == null ? call.repeatable() : call).as(type);
    }

    public void delete(String name, @Nullable String etag) {
        exchange.call("DELETE", at(name)).header("If-Match", etag).done();
    }

    private Query at(String name) {
        String[] path = Arrays.copyOf(collection, collection.length + 1);
        path[collection.length] = name;
        return Query.path(path);
    }
}
