package dev.muster.quota.usage;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What pods of one role of an attempt used in one hour of one pool, as far as it was measured: {@code pod} is what each of them asked,
 * {@code podMillis} for how long one was measured, all of them together; {@code cpu} and {@code memory} are thousandths of a processor, and
 * bytes, × milliseconds.
 */
public record Used(
        Holder holder, PoolName pool, Instant hour, Resources pod, long podMillis, BigInteger cpu, BigInteger memory) {}
