package dev.muster.ui;

import dev.muster.api.QueueWait;
import dev.muster.quota.resource.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who waits for whom: of all queues, or of {@code queue} and those below it. {@code known}: false where another replica plans. */
public record WaitPage(Frame frame, @Nullable String queue, boolean known, WaitPicture picture, List<Line> lines) {
    static WaitPage of(Frame frame, @Nullable String queue, @Nullable List<QueueWait> waits) {
        List<QueueWait> found = waits == null ? List.of() : waits;
        return new WaitPage(
                frame,
                queue,
                waits != null,
                WaitPicture.of(found),
                found.stream().map(Line::of).toList());
    }

    /** Gangs of a queue that lack a resource. Of {@code parts}, of all there is, the rest is free. */
    public record Line(
            String queue,
            String reason,
            int gangs,
            String resource,
            String asked,
            String askedByAll,
            String free,
            String limit,
            @Nullable String within,
            @Nullable String first,
            List<Part> parts,
            double lacks,
            double lacksFrom,
            String sentence,
            List<Holder> holders) {
        static Line of(QueueWait wait) {
            String name = WaitPage.resource(wait.resource());
            long asked = Quantity.parse(name, wait.asked());
            long free = Quantity.parse(name, wait.free());
            long held = wait.holders().stream()
                    .mapToLong(holder -> Quantity.parse(name, holder.share().used()))
                    .sum();
            long scale = Math.max(Quantity.parse(name, wait.limit()), held + Math.max(free, asked));
            List<Part> parts = new ArrayList<>();
            double at = 0;
            for (QueueWait.Holder holder : wait.holders()) {
                long used = Quantity.parse(name, holder.share().used());
                long gives = Quantity.parse(name, holder.wouldGive());
                at = add(parts, at, used - gives, scale, wait.queue().equals(holder.queue()) ? "own" : "holds");
                at = add(parts, at, gives, scale, "gives");
            }
            List<Holder> holders = wait.holders().stream()
                    .map(holder -> Holder.of(name, holder, scale))
                    .toList();
            return new Line(
                    wait.queue(),
                    wait.reason(),
                    wait.gangs(),
                    WaitPage.words(wait.resource()),
                    Amount.text(name, asked),
                    Amount.text(name, Quantity.parse(name, wait.askedByAll())),
                    Amount.text(name, free),
                    Amount.text(name, Quantity.parse(name, wait.limit())),
                    wait.within(),
                    wait.first(),
                    parts,
                    Bar.percent(asked, scale),
                    Bar.percent(held, scale),
                    "%s of %s %s is held, %s would give way by right; the first gang of %s asks %s"
                            .formatted(
                                    Amount.text(name, held),
                                    Amount.text(name, Quantity.parse(name, wait.limit())),
                                    WaitPage.words(wait.resource()),
                                    Amount.text(
                                            name,
                                            wait.holders().stream()
                                                    .mapToLong(holder -> Quantity.parse(name, holder.wouldGive()))
                                                    .sum()),
                                    wait.queue(),
                                    Amount.text(name, asked)),
                    holders);
        }

        private static double add(List<Part> parts, double at, long amount, long scale, String css) {
            double width = Bar.percent(amount, scale);
            if (width > 0) {
                parts.add(new Part(at, width, css));
            }
            return at + width;
        }

        public String id() {
            return "w-" + queue + "-" + reason + "-" + resource.replaceAll("[^A-Za-z0-9]+", "-");
        }

        public String words() {
            return ReasonLine.words(reason);
        }

        public String queueHref() {
            return "/ui/queues/" + queue;
        }

        public String jobsHref() {
            return "/ui/jobs?state=QUEUED&queue=" + queue + "&reason=" + reason;
        }

        public @Nullable String firstHref() {
            return first == null ? null : "/ui/jobs/" + first;
        }
    }

    /** A length of the bar, in percent. */
    public record Part(double x, double width, String css) {}

    /** Who holds some of it; {@code stays} says why not all would be given. No name: several that who looks may not see. */
    public record Holder(
            @Nullable String queue,
            int queues,
            String used,
            String deserved,
            String borrowed,
            String gives,
            List<String> stays,
            Bar bar) {
        static Holder of(String resource, QueueWait.Holder holder, long scale) {
            QueueWait.Share share = holder.share();
            Map<String, String> why = new TreeMap<>(holder.stays());
            List<String> stays = new ArrayList<>();
            why.forEach((code, amount) ->
                    stays.add(Amount.text(resource, Quantity.parse(resource, amount)) + " " + stays(code)));
            long idle = Quantity.parse(resource, share.idle());
            if (idle > 0) {
                stays.add(Amount.text(resource, idle) + " is kept idle for it: it is guaranteed");
            }
            Long deserved = share.deserved() == null ? null : Quantity.parse(resource, share.deserved());
            long used = Quantity.parse(resource, share.used());
            return new Holder(
                    holder.queue(),
                    holder.queues(),
                    Amount.text(resource, used),
                    deserved == null ? "" : Amount.text(resource, deserved),
                    some(resource, share.borrowed()),
                    some(resource, holder.wouldGive()),
                    stays,
                    Bar.ofShare(resource, used, Quantity.parse(resource, share.guarantee()), deserved, null, scale));
        }

        public String name() {
            return queue == null ? (queues == 1 ? "another queue" : queues + " other queues") : queue;
        }

        public @Nullable String jobsHref() {
            return queue == null ? null : "/ui/jobs?state=RUNNING&queue=" + queue;
        }

        private static String some(String resource, String amount) {
            long parsed = Quantity.parse(resource, amount);
            return parsed == 0 ? "" : Amount.text(resource, parsed);
        }

        private static String stays(String code) {
            return switch (code) {
                case "DESERVED" -> "is what it deserves";
                case "TAKER_ABOVE_DESERVED" -> "stays: who waits would hold more than it deserves";
                case "GUARANTEED" -> "is guaranteed";
                case "TOO_LARGE" -> "is in gangs too large to win back";
                case "PRIORITY" -> "is of no lower priority, or who waits may not preempt";
                case "FENCE" -> "is beyond a fence";
                case "PROTECTED" -> "began a short while ago";
                case "EVICTED_ENOUGH" -> "was evicted as often as may be";
                case "MOVING" -> "has no node yet, or leaves already";
                case "RECLAIM_OFF" -> "stays: the policy lets nobody reclaim";
                case "PREEMPTION_OFF" -> "stays: the policy lets nobody preempt";
                default -> ReasonLine.words(code);
            };
        }
    }

    /** {@code cpu.spot-a} is a resource of one pool; names of resources have dots, too, before a slash. */
    static String resource(String key) {
        int dot = key.indexOf('.', key.indexOf('/') + 1);
        return dot < 0 ? key : key.substring(0, dot);
    }

    static String words(String key) {
        String name = resource(key);
        return Amount.label(name) + (name.equals(key) ? "" : " in pool " + key.substring(name.length() + 1));
    }
}
