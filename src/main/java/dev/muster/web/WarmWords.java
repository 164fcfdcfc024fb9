package dev.muster.web;

import dev.muster.api.WarmSpec;
import dev.muster.pool.Warm;
import dev.muster.problem.Fault;
import dev.muster.problem.Place;
import dev.muster.quota.name.QueueName;
import dev.muster.schedule.CronTimes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a pool is kept warm, from the wire and back. */
final class WarmWords {
    private static final int MOST = 20;
    private static final int MOST_IMAGES = 10;
    private static final Duration LONGEST = Duration.ofDays(7);

    private WarmWords() {}

    static List<Warm> read(Place place, @Nullable List<WarmSpec> sent, int most) {
        List<Warm> all = new ArrayList<>();
        List<WarmSpec> bounded = place.bounded(sent, MOST);
        for (int i = 0; i < bounded.size(); i++) {
            Warm one = read(place.at(i), bounded.get(i), most);
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    private static @Nullable Warm read(Place place, WarmSpec sent, int most) {
        boolean sound = place.at("nodes").between(sent.nodes(), 1, Math.max(1, most));
        sound &= both(place, "cron", sent.cron(), "lasts", sent.lasts());
        sound &= both(place, "queue", sent.queue(), "after", sent.after());
        Duration lasts = duration(place.at("lasts"), sent.lasts());
        Duration after = duration(place.at("after"), sent.after());
        Duration ahead = duration(place.at("ahead"), sent.ahead());
        QueueName queue = sent.queue() == null ? null : place.at("queue").read(sent.queue(), QueueName::new);
        Object cron = sent.cron() == null
                ? null
                : place.at("cron").read(sent.cron(), line -> CronTimes.of(line, ZoneOffset.UTC));
        Object zone = sent.timeZone() == null ? null : place.at("timeZone").read(sent.timeZone(), WarmWords::zone);
        if (sent.ahead() != null && (sent.cron() != null || sent.queue() != null)) {
            place.at("ahead")
                    .fault(
                            Fault.Kind.CONTRADICTION,
                            "ahead goes with neither cron nor queue: the times are those of the schedules",
                            "Write two entries: the largest that holds counts");
            sound = false;
        }
        List<String> images = images(place.at("images"), sent.images());
        sound &= (sent.ahead() == null) == (ahead == null);
        sound &= (sent.lasts() == null) == (lasts == null) && (sent.after() == null) == (after == null);
        sound &= (sent.queue() == null) == (queue == null)
                && (sent.cron() == null) == (cron == null)
                && (sent.timeZone() == null) == (zone == null);
        return sound ? new Warm(sent.nodes(), sent.cron(), sent.timeZone(), lasts, queue, after, ahead, images) : null;
    }

    private static List<String> images(Place place, @Nullable List<String> sent) {
        List<String> images = place.bounded(sent, MOST_IMAGES);
        for (int i = 0; i < images.size(); i++) {
            String image = images.get(i);
            if (image.isBlank() || !image.equals(image.strip())) {
                place.at(i).bad(image, "a name of an image without blanks around it");
            } else {
                place.at(i).tooLong(image, Limits.IMAGE_CHARACTERS);
            }
        }
        return images;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'%s': expected a time zone such as Europe/Berlin".formatted(text), e);
        }
    }

    private static @Nullable Duration duration(Place place, @Nullable String sent) {
        Duration read = sent == null ? null : place.read(sent, DurationText::parse);
        if (read != null && (read.isZero() || read.compareTo(LONGEST) > 0)) {
            place.bad(sent, "a duration above zero and at most 7d");
            return null;
        }
        return read;
    }

    private static boolean both(
            Place place, String one, @Nullable String first, String other, @Nullable String second) {
        if ((first == null) == (second == null)) {
            return true;
        }
        String missing = first == null ? one : other;
        place.at(missing).fault(Fault.Kind.REQUIRED, "%s and %s go together".formatted(one, other), "Say both or none");
        return false;
    }

    static @Nullable List<WarmSpec> view(List<Warm> warm) {
        return warm.isEmpty()
                ? null
                : warm.stream()
                        .map(one -> new WarmSpec(
                                one.nodes(),
                                one.cron(),
                                one.zone(),
                                one.lasts() == null ? null : DurationText.format(one.lasts()),
                                one.queue() == null ? null : one.queue().value(),
                                one.after() == null ? null : DurationText.format(one.after()),
                                one.ahead() == null ? null : DurationText.format(one.ahead()),
                                one.images().isEmpty() ? null : one.images()))
                        .toList();
    }
}
