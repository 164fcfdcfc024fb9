package dev.muster.ui;

import dev.muster.api.QueueWait;
import dev.muster.quota.resource.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two columns of queues, those that wait and those that hold what they lack, and a line from each to each. Columns are in rows of 20, 100
 * wide; whoever does not fit is in the table below.
 */
public record WaitPicture(List<Node> waiting, List<Node> holding, List<Link> links, int rows) {
    private static final int MOST = 12;
    private static final int ROW = 20;

    /** A queue, with what it asks or holds. */
    public record Node(String queue, String amount) {}

    /** {@code css}: gives, own (the queue itself), borrows or holds; {@code width} in pixels. */
    public record Link(String path, String css, int width, String sentence) {}

    static WaitPicture of(List<QueueWait> waits) {
        Map<String, Integer> left = new LinkedHashMap<>();
        Map<String, Integer> right = new LinkedHashMap<>();
        List<Node> waiting = new ArrayList<>();
        List<Node> holding = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        List<QueueWait> shown = waits.stream()
                .sorted(Comparator.comparingInt(QueueWait::gangs).reversed())
                .limit(MOST)
                .toList();
        for (QueueWait wait : shown) {
            String resource = WaitPage.resource(wait.resource());
            String key = wait.queue() + " " + wait.resource();
            if (left.containsKey(key)) {
                continue;
            }
            left.put(key, waiting.size());
            waiting.add(new Node(wait.queue(), "asks " + amount(resource, wait.askedByAll(), wait.resource())));
            for (QueueWait.Holder holder : wait.holders()) {
                if (holder.queue() == null || (right.size() >= MOST && !right.containsKey(holder(wait, holder)))) {
                    continue;
                }
                int to = right.computeIfAbsent(holder(wait, holder), one -> {
                    holding.add(new Node(
                            holder.queue(),
                            "holds " + amount(resource, holder.share().used(), wait.resource())));
                    return holding.size() - 1;
                });
                links.add(link(wait, holder, resource, left.get(key), to));
            }
        }
        return new WaitPicture(waiting, holding, links, Math.max(waiting.size(), holding.size()));
    }

    private static String holder(QueueWait wait, QueueWait.Holder holder) {
        return holder.queue() + " " + wait.resource();
    }

    private static Link link(QueueWait wait, QueueWait.Holder holder, String resource, int from, int to) {
        long limit = Math.max(1, Quantity.parse(resource, wait.limit()));
        long used = Quantity.parse(resource, holder.share().used());
        long borrowed = Quantity.parse(resource, holder.share().borrowed());
        long gives = Quantity.parse(resource, holder.wouldGive());
        double y1 = (from + 0.5) * ROW;
        double y2 = (to + 0.5) * ROW;
        return new Link(
                String.format(Locale.ROOT, "M0 %.0f C50 %.0f 50 %.0f 100 %.0f", y1, y1, y2, y2),
                css(wait, holder, gives, borrowed),
                (int) Math.max(1, Math.min(14, Math.round(14.0 * used / limit))),
                "%s waits for %s: %s held, %s borrowed, %s would give way"
                        .formatted(
                                wait.queue(),
                                holder.queue(),
                                amount(resource, holder.share().used(), wait.resource()),
                                Amount.text(resource, borrowed),
                                Amount.text(resource, gives)));
    }

    private static String css(QueueWait wait, QueueWait.Holder holder, long gives, long borrowed) {
        if (gives > 0) {
            return "gives";
        }
        if (wait.queue().equals(holder.queue())) {
            return "own";
        }
        return borrowed > 0 ? "borrows" : "holds";
    }

    private static String amount(String resource, String amount, String key) {
        return Amount.text(resource, Quantity.parse(resource, amount)) + " " + WaitPage.words(key);
    }

    /** Of the drawing, in its own units. */
    public int height() {
        return rows * ROW;
    }

    /** On the page, in pixels: as high as the rows beside it. */
    public int pixels() {
        return rows * 36;
    }
}
