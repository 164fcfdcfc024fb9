package dev.muster.quota.plan;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What becomes of one job in this cycle. Launch and Hold are about pending jobs, the others about live ones. */
public sealed interface Decision {
    JobId job();

    /** The primary reason. */
    Reason reason();

    /**
     * Start the whole gang; {@code pools} says how many pods of each role go to which pool. {@code promise} names the nodes
     * that the plan had in mind: the cluster may choose others, but as long as the pods are not bound the next snapshot should
     * hold them there, so that the next plan counts the same room. {@code permits}: nodes that are not there yet and that it may
     * make pools grow by, empty where it fits now; pods that are to run there are promised to their pool and no node.
     */
    record Launch(
            JobId job,
            Map<RoleName, Map<PoolName, Integer>> pools,
            List<LiveAttempt.Held> promise,
            Reason reason,
            List<Permit> permits)
            implements Decision {
        public Launch {
            pools = Map.copyOf(pools);
            promise = List.copyOf(promise);
            permits = List.copyOf(permits);
        }

        /** On room that is there. */
        public Launch(
                JobId job, Map<RoleName, Map<PoolName, Integer>> pools, List<LiveAttempt.Held> promise, Reason reason) {
            this(job, pools, promise, reason, List.of());
        }

        /** Without a word about nodes. */
        public Launch(JobId job, Map<RoleName, Map<PoolName, Integer>> pools, Reason reason) {
            this(job, pools, List.of(), reason);
        }
    }

    /** Give a running job more pods than its minimum; {@code pools} and {@code promise} as of a launch. */
    record Grow(JobId job, Map<RoleName, Map<PoolName, Integer>> pools, List<LiveAttempt.Held> promise, Reason reason)
            implements Decision {
        public Grow {
            pools = Map.copyOf(pools);
            promise = List.copyOf(promise);
        }
    }

    /** End these pods above the minimum of a running job; {@code inFavourOf} as of an eviction; the gang stays whole. */
    record Shrink(
            JobId job,
            List<LiveAttempt.Held> pods,
            @Nullable JobId inFavourOf,
            Reason reason) implements Decision {
        public Shrink {
            pods = List.copyOf(pods);
        }
    }

    /**
     * End the whole gang in favour of another job, or null: because its queue holds more than it may. Until its pods are gone,
     * the snapshot says {@code leavingFor} of them, or {@code leaving}; the room they leave is kept for that job.
     */
    record Evict(JobId job, AttemptId attempt, @Nullable JobId inFavourOf, Reason reason) implements Decision {}

    /** Leave it waiting; {@code all} holds every reason that applies, the primary one first. */
    record Hold(JobId job, List<Reason> all) implements Decision {
        public Hold {
            // Put into words on first reading, shared by equal jobs: a copy would read it.
            all = all instanceof Reasons ? all : List.copyOf(all);
        }

        @Override
        public Reason reason() {
            return all.get(0);
        }
    }

    /** Calls the function of this case; a new case changes the signature, so the compiler visits every caller. */
    default <T> T match(
            Function<Launch, T> launch,
            Function<Grow, T> grow,
            Function<Shrink, T> shrink,
            Function<Evict, T> evict,
            Function<Hold, T> hold) {
        if (this instanceof Launch l) {
            return launch.apply(l);
        }
        if (this instanceof Grow g) {
            return grow.apply(g);
        }
        if (this instanceof Shrink s) {
            return shrink.apply(s);
        }
        if (this instanceof Evict e) {
            return evict.apply(e);
        }
        return hold.apply((Hold) this);
    }
}
