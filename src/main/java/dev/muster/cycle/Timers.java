package dev.muster.cycle;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Every timer of the service. They run on each replica; each says itself who acts. */
@ApplicationScoped
public class Timers {
    private final CycleLoop loop;
    private final Leader leader;

    Timers(CycleLoop loop, Leader leader) {
        this.loop = loop;
        this.leader = leader;
    }

    /** The leader says that it is alive, three times in a lease. */
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void renewLeadership() {
        leader.renew();
    }

    /** What no change has told of: every live attempt is looked at, and what nobody wants is swept. */
    @Scheduled(every = "${muster.cycle.check}", delayed = "${muster.cycle.check}")
    void check() {
        loop.check();
    }
}
