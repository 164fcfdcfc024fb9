package dev.muster.benchmarks;

import dev.muster.access.Access;
import dev.muster.access.Actor;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.rights.Duty;
import dev.muster.rights.Held;
import dev.muster.rights.Narrowing;
import dev.muster.rights.Rights;
import dev.muster.rights.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;

/** The one question that every call passes, asked by 10,000 people of jobs, queues and teams among 1,000 queues. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
public class MayBenchmark {
    private static final int PEOPLE = 10_000;
    private static final int QUEUES = 1_000;
    private static final int DIFFERENT = 1 << 14;

    private final Access access = new Access();
    private final Random random = new Random(7);
    private final List<Actor> people = people();
    private final List<Resource> things = things();
    private int next;

    @Benchmark
    public boolean may() {
        next = next + 1 & DIFFERENT - 1;
        return access.may(people.get(next % PEOPLE), Verb.values()[next % Verb.values().length], things.get(next));
    }

    /** Two to five duties each; every tenth is an admin of a queue with hundreds below it. */
    private List<Actor> people() {
        List<Actor> all = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            List<Held> held = new ArrayList<>();
            for (int duty = 0; duty < 2 + i % 4; duty++) {
                held.add(i % 10 == 0 && duty == 0 ? admin() : member(i + duty));
            }
            all.add(new Actor("p" + i, Actor.Kind.ISSUED_TOKEN, new Rights(held, Narrowing.NONE), null));
        }
        return all;
    }

    private Held admin() {
        Set<QueueName> below = new HashSet<>();
        for (int i = 0; i < QUEUES / 2; i++) {
            below.add(queue(random.nextInt(QUEUES)));
        }
        return new Held(Duty.QUOTA_ADMIN, Scope.of(queue(random.nextInt(QUEUES))), below);
    }

    private static Held member(int i) {
        Duty duty = List.of(Duty.VIEWER, Duty.SUBMITTER, Duty.TEAM_ADMIN).get(i % 3);
        return new Held(duty, Scope.of(new TeamName("team-" + i % QUEUES)), Set.of(queue(i % QUEUES)));
    }

    private List<Resource> things() {
        List<Resource> all = new ArrayList<>();
        for (int i = 0; i < DIFFERENT; i++) {
            String team = "team-" + random.nextInt(QUEUES);
            all.add(
                    switch (i % 4) {
                        case 0 -> new Resource(Resource.Kind.TEAM, null, team);
                        case 1 ->
                            new Resource(
                                    Resource.Kind.QUEUE,
                                    null,
                                    queue(random.nextInt(QUEUES)).value());
                        default ->
                            Resource.of(
                                    Resource.Kind.JOB, new TeamName(team), queue(random.nextInt(QUEUES)), "job-" + i);
                    });
        }
        return all;
    }

    private static QueueName queue(int i) {
        return new QueueName("queue-" + i);
    }
}
