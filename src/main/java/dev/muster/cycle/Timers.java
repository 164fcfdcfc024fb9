package dev.muster.cycle;

import dev.muster.operation.IdleNodes;
import dev.muster.operation.TeamSites;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.JobCounts;
import dev.muster.rehearsal.Rehearsals;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/** Every timer of the service. They run on each replica; each says itself who acts. */
@ApplicationScoped
public class Timers {
    private final CycleLoop loop;
    private final Leader leader;
    private final Shadow shadow;
    private final TeamSites sites;
    private final IdleNodes idle;
    private final Event<Heartbeat> heartbeats;
    private final Event<SecondPassed> seconds;
    private final Measuring measuring;
    private final JobCounts counts;
    private final Warming warming;
    private final Rehearsals rehearsals;
    private final Board board;

    Timers(
            CycleLoop loop,
            Leader leader,
            Shadow shadow,
            TeamSites sites,
            IdleNodes idle,
            Event<Heartbeat> heartbeats,
            Event<SecondPassed> seconds,
            Measuring measuring,
            JobCounts counts,
            Warming warming,
            Rehearsals rehearsals,
            Board board) {
        this.rehearsals = rehearsals;
        this.board = board;
        this.warming = warming;
        this.seconds = seconds;
        this.counts = counts;
        this.measuring = measuring;
        this.heartbeats = heartbeats;
        this.idle = idle;
        this.shadow = shadow;
        this.loop = loop;
        this.leader = leader;
        this.sites = sites;
    }

    /** The leader says that it is alive, three times in a lease. */
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void renewLeadership() {
        leader.renew();
    }

    /** Another policy plans what was planned, where one is wanted. */
    @Scheduled(every = "1s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void shadow() {
        unlessTheDatabaseIsAway(shadow::look);
    }

    /** What other policies would have done with the recorded load, where somebody asks. */
    @Scheduled(every = "1s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void rehearse() {
        unlessTheDatabaseIsAway(() -> rehearsals.look(board.view().map(Board.View::snapshot)));
    }

    /** The leader looks whether ticks of schedules are due. */
    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void beat() {
        long epoch = leader.epoch();
        if (leader.leads()) {
            heartbeats.fire(new Heartbeat(epoch));
        }
    }

    /** What each replica has seen itself is written down now and then. */
    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void second() {
        unlessTheDatabaseIsAway(() -> seconds.fire(new SecondPassed()));
    }

    /** What no change has told of: every live attempt is looked at, and what nobody wants is swept. */
    @Scheduled(every = "${muster.cycle.check}", delayed = "${muster.cycle.check}")
    void check() {
        loop.check();
    }

    /** What pods use: one request for all of them. */
    @Scheduled(every = "60s", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void measure() {
        unlessTheDatabaseIsAway(measuring::look);
    }

    /** What was noted of how many jobs there are becomes one number again for each group. */
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void addUp() {
        if (leader.leads()) {
            unlessTheDatabaseIsAway(counts::addUp);
        }
    }

    /** Nodes that are to be there before anybody needs them. */
    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void warm() {
        unlessTheDatabaseIsAway(warming::look);
    }

    /** Nodes that nobody uses and that are kept all the same. */
    @Scheduled(every = "15s", delayed = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lookForIdleNodes() {
        unlessTheDatabaseIsAway(() -> idle.look(leader.leads()));
    }

    /** Teams' places in the cluster follow the teams, also after somebody changed them there. */
    @Scheduled(every = "30s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void followTeams() {
        if (leader.leads()) {
            unlessTheDatabaseIsAway(sites::follow);
        }
    }

    /** Before anything else ends: a timer that ticks afterwards finds no database and calls that an error. */
    void rest(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event, Scheduler scheduler) {
        scheduler.pause();
    }

    private static void unlessTheDatabaseIsAway(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
        }
    }
}
