package dev.muster.kubernetes.autoscaler;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last word of an autoscaler about each pod: whether a node is asked for it, or cannot be had. A refusal counts when no other
 * word has followed for a while: Karpenter tries another offering within seconds. Safe for any thread.
 */
final class Words {
    /** After a refusal that is not taken back for so long. */
    static final Duration SETTLED = Duration.ofSeconds(10);

    private static final int REMEMBERED = 20_000;
    private static final Set<String> REFUSED = Set.of("NotTriggerScaleUp", "FailedScaleUp", "FailedScheduling");
    private static final Set<String> ASKED = Set.of("TriggeredScaleUp", "Nominated");
    /** Said of the NodeClaim that pods were nominated for. */
    private static final String CLAIM_REFUSED = "InsufficientCapacityError";

    private static final String CLAIM = "nodeclaim/";

    private final InstantSource clock;
    private final Map<String, Word> pods = bounded();
    private final Map<String, Word> claims = bounded();

    Words(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * {@code claim}: the NodeClaim that the pod waits for, where it was told of one. {@code said} by the cluster's clock,
     * {@code heard} by ours.
     */
    private record Word(
            boolean refused, String text, @Nullable String claim, Instant said, Instant heard) {}

    private static Map<String, Word> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Word> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** The uids of pods for which no node comes by this word; empty for all else. */
    synchronized Set<String> heard(Event event) {
        ObjectReference about = event.getInvolvedObject();
        String reason = String.valueOf(event.getReason());
        if (about == null) {
            return Set.of();
        }
        if ("NodeClaim".equals(about.getKind()) && about.getName() != null && reason.equals(CLAIM_REFUSED)) {
            note(claims, about.getName(), word(event, true, null));
            return pods.entrySet().stream()
                    .filter(pod -> about.getName().equals(pod.getValue().claim()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }
        boolean refused = REFUSED.contains(reason);
        if (!"Pod".equals(about.getKind()) || about.getUid() == null || !(refused || ASKED.contains(reason))) {
            return Set.of();
        }
        note(pods, about.getUid(), word(event, refused, refused ? null : claim(String.valueOf(event.getMessage()))));
        return refused ? Set.of(about.getUid()) : Set.of();
    }

    private Word word(Event event, boolean refused, @Nullable String claim) {
        String text = GroupStatuses.shortened(event.getReason() + ": " + event.getMessage());
        return new Word(refused, text, claim, said(event), clock.instant());
    }

    /** A list of events is in no order: an older word changes nothing. One that is repeated does not begin to count anew. */
    private static void note(Map<String, Word> words, String key, Word word) {
        Word before = words.remove(key);
        if (before != null && before.said().isAfter(word.said())) {
            words.put(key, before);
        } else if (before != null && before.refused() && word.refused()) {
            words.put(key, new Word(true, word.text(), word.claim(), word.said(), before.heard()));
        } else {
            words.put(key, word);
        }
    }

    private static Instant said(Event event) {
        String repeated = event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                ? null
                : event.getSeries().getLastObservedTime().getTime();
        String first =
                event.getEventTime() == null ? null : event.getEventTime().getTime();
        return Stream.of(
                        Optional.ofNullable(repeated),
                        Optional.ofNullable(event.getLastTimestamp()),
                        Optional.ofNullable(first))
                .flatMap(Optional::stream)
                .flatMap(text -> instant(text).stream())
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String claim(String message) {
        int at = message.indexOf(CLAIM);
        return at < 0 ? null : message.substring(at + CLAIM.length()).split("[^A-Za-z0-9.-]", 2)[0];
    }

    /** Why no node comes for one of these pods, in the autoscaler's words; empty as long as one may. */
    synchronized Optional<String> refusal(Collection<String> uids) {
        return uids.stream().flatMap(uid -> refusal(uid).stream()).sorted().findFirst();
    }

    private Optional<String> refusal(String uid) {
        return Optional.ofNullable(pods.get(uid))
                .map(word -> word.claim() == null ? word : claims.getOrDefault(word.claim(), word))
                .filter(word -> word.refused() && !word.heard().plus(SETTLED).isAfter(clock.instant()))
                .map(Word::text);
    }
}
