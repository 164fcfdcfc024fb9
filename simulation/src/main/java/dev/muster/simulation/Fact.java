package dev.muster.simulation;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened, as the journal keeps it. The world follows from its facts alone: what pods do by themselves (start, run, end)
 * follows from when they were bound.
 */
sealed interface Fact {
    Instant at();

    /** Hands this fact to the method of its kind. */
    void to(Reader reader);

    /** One method for each kind of fact. */
    interface Reader {
        void declared(Declared fact);

        void launched(Launched fact);

        void bound(Bound fact);

        void grown(Grown fact);

        void replaced(Replaced fact);

        void seated(Seated fact);

        void shrunk(Shrunk fact);

        void released(Released fact);

        void marked(Marked fact);

        void began(Began fact);

        void finished(Finished fact);

        void passed(Passed fact);
    }

    /** The pools are these and no others. */
    record Declared(Instant at, List<SimulatedPool> pools) implements Fact {
        @Override
        public void to(Reader reader) {
            reader.declared(this);
        }
    }

    record Launched(Instant at, Gang gang) implements Fact {
        @Override
        public void to(Reader reader) {
            reader.launched(this);
        }
    }

    /** Each pod of the gang has its node, in the order of the demands; pods in {@code local} pools are processes. */
    record Bound(Instant at, AttemptId attempt, List<NodeName> nodes, Set<PoolName> local) implements Fact {
        @Override
        public void to(Reader reader) {
            reader.bound(this);
        }
    }

    /** The gang has these pods above its minimum too. */
    record Grown(Instant at, AttemptId attempt, List<ElasticPod> pods) implements Fact {
        @Override
        public void to(Reader reader) {
            reader.grown(this);
        }
    }

    /** These lost pods of the gang's own are made again. */
    record Replaced(Instant at, AttemptId attempt, List<ElasticPod> pods) implements Fact {
        @Override
        public void to(Reader reader) {
            reader.replaced(this);
        }
    }

    /** A pod that is bound by itself has its node; a {@code local} one is a process. */
    record Seated(Instant at, PodRef pod, NodeName node, boolean local) implements Fact {
        @Override
        public void to(Reader reader) {
            reader.seated(this);
        }
    }

    /** These pods above the minimum are to go. */
    record Shrunk(Instant at, AttemptId attempt, List<PodRef> pods) implements Fact {
        @Override
        public void to(Reader reader) {
            reader.shrunk(this);
        }
    }

    record Released(Instant at, AttemptId attempt) implements Fact {
        @Override
        public void to(Reader reader) {
            reader.released(this);
        }
    }

    /** {@code notice} is how long an interrupted node has left; zero for the other conditions. */
    record Marked(Instant at, NodeName node, NodeCondition condition, Duration notice) implements Fact {
        @Override
        public void to(Reader reader) {
            reader.marked(this);
        }
    }

    /** A pod's process began. */
    record Began(Instant at, PodRef pod) implements Fact {
        @Override
        public void to(Reader reader) {
            reader.began(this);
        }
    }

    /** A pod ended otherwise than by itself at its simulated time: a process, or one that a compacted journal remembers. */
    record Finished(
            Instant at,
            PodRef pod,
            PodPhase phase,
            @Nullable Instant startedAt,
            @Nullable Integer exitCode,
            PodEnd cause,
            String message)
            implements Fact {
        @Override
        public void to(Reader reader) {
            reader.finished(this);
        }
    }

    /** Nothing happened but that which was due. */
    record Passed(Instant at) implements Fact {
        @Override
        public void to(Reader reader) {
            reader.passed(this);
        }
    }
}
