package dev.muster.ui;

import dev.muster.event.EventCursor;
import dev.muster.event.RecordedEvent;
import dev.muster.postgres.EventStore;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Sight;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells the pages that something happened, at most once in {@link #EVERY}. One reader of the feed serves all of them, and none
 * reads while nobody looks.
 */
@ApplicationScoped
class Pulse {
    /** A page that is told may be drawn again: more often would only cost. */
    static final Duration EVERY = Duration.ofSeconds(1);

    private static final int MOST = 5_000;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final EventStore events;
    private final Multi<Beat> beats;
    private @Nullable EventCursor at;

    /** What something happened to since the last one; {@code everybodys}: to what is of no team. */
    record Beat(Set<JobId> jobs, Set<TeamName> teams, boolean everybodys) {
        /** False where it is of others only: then not even that something happened is told. */
        boolean concerns(@Nullable Sight sight) {
            return sight == null
                    || everybodys
                    || !sight.queues().isEmpty()
                    || sight.teams().stream().anyMatch(teams::contains);
        }
    }

    Pulse(EventStore events) {
        this.events = events;
        this.beats = Multi.createFrom()
                .ticks()
                .every(EVERY)
                .onSubscription()
                .invoke(this::begin)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(tick -> read())
                .filter(happened -> !happened.isEmpty())
                .map(Pulse::beat)
                .onFailure()
                .retry()
                .withBackOff(AFTER_FAILURE, AFTER_FAILURE)
                .indefinitely()
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
    }

    /** Of everything, or of one job. A slow listener misses beats, never the last one's successor. */
    Multi<Beat> beats(@Nullable JobId job) {
        return beats.filter(beat -> job == null || beat.jobs().contains(job))
                .onOverflow()
                .dropPreviousItems();
    }

    /** What happened while nobody looked is not told: whoever comes draws his page first. */
    private synchronized void begin() {
        at = null;
    }

    private synchronized List<RecordedEvent> read() {
        if (at == null) {
            at = events.end();
        }
        List<RecordedEvent> happened = events.since(at, MOST, EventStore.Filter.ALL);
        if (!happened.isEmpty()) {
            at = happened.get(happened.size() - 1).cursor();
        }
        return happened;
    }

    private static Beat beat(List<RecordedEvent> happened) {
        return new Beat(
                happened.stream()
                        .map(recorded -> recorded.event().job())
                        .filter(job -> job != null)
                        .collect(Collectors.toUnmodifiableSet()),
                happened.stream()
                        .map(recorded -> recorded.event().team())
                        .filter(team -> team != null)
                        .collect(Collectors.toUnmodifiableSet()),
                happened.stream().anyMatch(recorded -> recorded.event().team() == null));
    }
}
