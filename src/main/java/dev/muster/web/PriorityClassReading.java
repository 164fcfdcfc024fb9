package dev.muster.web;

import dev.muster.api.Page;
import dev.muster.api.PriorityClass;
import dev.muster.postgres.PriorityClassStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.PriorityClassName;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Priority classes as they go over the wire. */
@ApplicationScoped
public class PriorityClassReading {
    private final PriorityClassStore store;
    private final NamedPages pages;

    PriorityClassReading(PriorityClassStore store, NamedPages pages) {
        this.store = store;
        this.pages = pages;
    }

    public Page<PriorityClass> list(@Nullable String pageSize, @Nullable String pageToken) {
        return pages.page(
                "priorityClasses", store.all(), one -> one.value().name().value(), this::view, pageSize, pageToken);
    }

    /** @throws MusterException where there is none of that name */
    public PriorityClass one(PriorityClassName name) {
        return store.find(name)
                .map(this::view)
                .orElseThrow(() -> MusterException.notFound("priority class", name.value()));
    }

    PriorityClass view(Versioned<dev.muster.quota.priority.PriorityClass> versioned) {
        return PriorityClassWords.view(versioned);
    }
}
