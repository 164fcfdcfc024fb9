package dev.muster.web;

import dev.muster.api.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of short lists that are sorted by name: the token is the last name that was given. */
@ApplicationScoped
public class NamedPages {
    private final PageTokens tokens;

    NamedPages(PageTokens tokens) {
        this.tokens = tokens;
    }

    <T, V> Page<V> page(
            String list,
            List<T> all,
            Function<T, String> name,
            Function<T, V> view,
            @Nullable String pageSize,
            @Nullable String pageToken) {
        String after = tokens.open(list, pageToken);
        int size = Parameters.pageSize(pageSize);
        List<T> left = all.stream()
                .filter(one -> after == null || name.apply(one).compareTo(after) > 0)
                .limit(size + 1L)
                .toList();
        List<T> page = left.size() > size ? left.subList(0, size) : left;
        return new Page<>(
                page.stream().map(view).toList(),
                left.size() > size ? tokens.make(list, name.apply(page.get(size - 1))) : null);
    }
}
