package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What becomes of one job in this cycle. */
public sealed interface Decision {
    JobId job();

    /** The primary reason. */
    Reason reason();

    /**
     * Start the whole gang; {@code pools} says how many pods of each role go to which pool. {@code promise} names the nodes
     * that the plan had in mind: the cluster may choose others, but as long as the pods are not bound the next snapshot should
     * hold them there, so that the next plan counts the same room.
     */
    record Launch(JobId job, Map<RoleName, Map<PoolName, Integer>> pools, List<LiveAttempt.Held> promise, Reason reason)
            implements Decision {
        public Launch {
            pools = Map.copyOf(pools);
            promise = List.copyOf(promise);
        }

        /** Without a word about nodes. */
        public Launch(JobId job, Map<RoleName, Map<PoolName, Integer>> pools, Reason reason) {
            this(job, pools, List.of(), reason);
        }
    }

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
    default <T> T match(Function<Launch, T> launch, Function<Hold, T> hold) {
        if (this instanceof Launch l) {
            return launch.apply(l);
        }
        return hold.apply((Hold) this);
    }
}
