package dev.muster.simulation.site;

import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.measure.Meter;
import dev.muster.simulation.measure.Use;

/** Which pods are on which node: the only place where room is taken and given back. */
final class Seats {
    private final Layout layout;
    private final Calendar calendar;
    private final Meter meter;
    private final Touched touched = new Touched();

    Seats(Layout layout, Calendar calendar, Meter meter) {
        this.layout = layout;
        this.calendar = calendar;
        this.meter = meter;
    }

    Touched touched() {
        return touched;
    }

    void bind(Attempt attempt, int role, SiteNode node, int count) {
        long[] pod = attempt.job.asks[role];
        if (attempt.ended || count < 1 || count > attempt.missing(role) || node.fits(pod) < count) {
            throw new IllegalStateException("%d pods of %s cannot be bound to %s: missing %d, fits %d"
                    .formatted(count, attempt.job.load.id(), node.name, attempt.missing(role), node.fits(pod)));
        }
        meter.advance(calendar.now());
        meter.empty(node.isEmpty() ? -1 : 0);
        seat(attempt, role, node).count += count;
        node.take(pod, count);
        attempt.bound[role] += count;
        use(attempt, layout.share(pod, node.pool) * count);
        touched.add(node);
        touched.add(attempt);
    }

    private static Seat seat(Attempt attempt, int role, SiteNode node) {
        for (Seat seat : node.seats) {
            if (seat.attempt == attempt && seat.role == role) {
                return seat;
            }
        }
        Seat seat = new Seat(attempt, role, node, 0);
        node.seats.add(seat);
        attempt.seats.add(seat);
        return seat;
    }

    void unbind(Seat seat, int count) {
        meter.advance(calendar.now());
        long[] pod = seat.attempt.job.asks[seat.role];
        seat.node.give(pod, count);
        seat.count -= count;
        seat.attempt.bound[seat.role] -= count;
        use(seat.attempt, -layout.share(pod, seat.node.pool) * count);
        touched.add(seat.node);
        touched.add(seat.attempt);
        if (seat.count == 0) {
            seat.node.seats.remove(seat);
            seat.attempt.seats.remove(seat);
            if (seat.node.seats.isEmpty()) {
                meter.empty(1);
                seat.node.emptySince = calendar.now();
            }
        }
    }

    private void use(Attempt attempt, double share) {
        attempt.share += share;
        meter.use(share, attempt.use());
    }

    /** How many of its pods work from now on; whether any do decides what its room counts as. */
    void work(Attempt attempt, int pods) {
        Use before = attempt.use();
        attempt.working = pods;
        turn(attempt, before);
    }

    /** Whether its gang lacks pods from now on. */
    void lack(Attempt attempt, boolean lacks) {
        if (attempt.lacks != lacks) {
            Use before = attempt.use();
            meter.advance(calendar.now());
            attempt.lacks = lacks;
            turn(attempt, before);
            meter.lacking(lacks ? 1 : -1);
        }
    }

    private void turn(Attempt attempt, Use before) {
        if (before != attempt.use()) {
            meter.advance(calendar.now());
            meter.use(-attempt.share, before);
            meter.use(attempt.share, attempt.use());
        }
    }
}
