package dev.muster.quota.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.fallback.Fallback.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds whatever is asked, in whatever order. */
class FallbackLawsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static FallbackRules rules(Random random) {
        return new FallbackRules(
                random.nextInt(50),
                Duration.ofDays(7),
                Duration.ofMinutes(random.nextInt(120)),
                Duration.ofMinutes(random.nextInt(60)),
                random.nextInt(4));
    }

    private static Waiting job(Random random) {
        Instant now = NOON.plusSeconds(random.nextInt(20_000));
        boolean open = random.nextBoolean();
        return new Waiting(
                now,
                NOON,
                random.nextBoolean() ? null : NOON.plusSeconds(random.nextInt(20_000)),
                open,
                open ? now.plusSeconds(random.nextInt(4_000) - 500) : now,
                random.nextInt(10) == 0 ? null : new BigDecimal(random.nextInt(2_000)).movePointLeft(2),
                new BigDecimal(random.nextInt(1_000)).movePointLeft(2));
    }

    @Property(tries = 1_000)
    void a_team_never_spends_more_than_its_budget(@ForAll long seed) {
        Random random = new Random(seed);
        FallbackRules rules = rules(random);
        BigDecimal spent = BigDecimal.ZERO;
        for (int i = 0; i < 30; i++) {
            Fallback answer = Fallback.of(job(random), rules, spent);
            spent = spent.add(answer.cost());
            assertThat(answer.cost().signum() == 0 || answer.answer() == Answer.GRANTED)
                    .isTrue();
        }
        assertThat(spent).isLessThanOrEqualTo(BigDecimal.valueOf(rules.budget()));
    }

    @Property(tries = 1_000)
    void nobody_falls_back_whom_spot_nodes_are_expected_for_before_every_rules_bound(@ForAll long seed) {
        Random random = new Random(seed);
        FallbackRules rules = rules(random);
        Waiting job = job(random);
        if (Fallback.of(job, rules, BigDecimal.ZERO).answer() == Answer.STAYS) {
            return;
        }
        List<Instant> bounds = new ArrayList<>();
        if (job.breakersOpen()) {
            bounds.add(job.since().plus(rules.breakerOpen()));
        }
        if (job.latestStart() != null) {
            bounds.add(job.latestStart().minus(rules.beforeTimeout()));
        }
        if (rules.waitingCost() > 0 && job.onDemand() != null) {
            double hours =
                    job.onDemand().subtract(job.spot()).max(BigDecimal.ZERO).doubleValue() / rules.waitingCost();
            bounds.add(job.since().plusMillis((long) (hours * 3_600_000)));
        }
        Instant expected = job.spotAt().isAfter(job.now()) ? job.spotAt() : job.now();
        assertThat(bounds).anySatisfy(bound -> assertThat(expected).isAfterOrEqualTo(bound));
    }

    @Property(tries = 1_000)
    void who_waits_longer_is_not_sent_back_to_wait(@ForAll long seed) {
        Random random = new Random(seed);
        FallbackRules rules = rules(random);
        Waiting job = job(random);
        Waiting later = new Waiting(
                job.now().plusSeconds(random.nextInt(10_000)),
                job.since(),
                job.latestStart(),
                job.breakersOpen(),
                job.spotAt(),
                job.onDemand(),
                job.spot());
        if (Fallback.of(job, rules, BigDecimal.ZERO).answer() == Answer.GRANTED) {
            assertThat(Fallback.of(later, rules, BigDecimal.ZERO).answer()).isEqualTo(Answer.GRANTED);
        }
    }
}
