package dev.muster.report;

import dev.muster.postgres.UsageStore;
import dev.muster.quota.name.JobId;
import dev.muster.quota.usage.Dimension;
import dev.muster.quota.usage.Period;
import dev.muster.quota.usage.Prices;
import dev.muster.quota.usage.Sum;
import dev.muster.quota.usage.Usage;
import dev.muster.rights.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What teams, users and jobs held and what it cost, from what is kept of attempts; any replica can tell it. */
@ApplicationScoped
public class Usages {
    private final UsageStore store;

    Usages(UsageStore store) {
        this.store = store;
    }

    /** Within {@code period}, which does not reach into the future: what is held now counts until its end. */
    @Transactional
    public Usage of(Period period, List<Dimension> by) {
        return of(period, by, null);
    }

    /** Of what may be seen; null: all. */
    @Transactional
    public Usage of(Period period, List<Dimension> by, @Nullable Sight sight) {
        return of(period, List.of(by), sight).get(0);
    }

    /** What each of these jobs held and cost between the two. */
    @Transactional
    public Map<JobId, Sum> ofJobs(List<JobId> jobs, Instant from, Instant to) {
        Prices prices = store.prices();
        Period period = new Period(from, to);
        Map<JobId, Sum> sums = new HashMap<>();
        for (JobId job : jobs) {
            Usage usage = new Usage(period, List.of(), prices);
            store.each(period, job, usage::add);
            sums.put(job, usage.total());
        }
        return sums;
    }

    /** The same put together in several ways, read once. */
    @Transactional
    public List<Usage> of(Period period, Collection<List<Dimension>> several, @Nullable Sight sight) {
        Prices prices = store.prices();
        List<Usage> all =
                several.stream().map(by -> new Usage(period, by, prices)).toList();
        store.each(period, holding -> {
            if (sight == null
                    || sight.reaches(holding.holder().team(), holding.holder().queue())) {
                all.forEach(usage -> usage.add(holding));
            }
        });
        store.eachUsed(period, used -> {
            if (sight == null
                    || sight.reaches(used.holder().team(), used.holder().queue())) {
                all.forEach(usage -> usage.add(used));
            }
        });
        return all;
    }
}
