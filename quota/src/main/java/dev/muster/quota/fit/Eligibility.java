package dev.muster.quota.fit;

import java.util.Arrays;

/**
 * On which kinds of nodes a role may run: {@code preference} is the weight of its preferred terms there, {@link #REFUSED}
 * where it may not run. {@code kinds} are those where it may, rising. Equal ones are one object, numbered by {@code id}.
 */
public record Eligibility(int id, int[] preference, int[] kinds, boolean indifferent) {
    static final int REFUSED = -1;

    static Eligibility of(int id, int[] preference) {
        int[] kinds = new int[preference.length];
        int count = 0;
        boolean indifferent = true;
        for (int k = 0; k < preference.length; k++) {
            if (preference[k] != REFUSED) {
                kinds[count++] = k;
                indifferent &= preference[k] == preference[kinds[0]];
            }
        }
        return new Eligibility(id, preference, Arrays.copyOf(kinds, count), indifferent);
    }

    boolean admits(int kind) {
        return preference[kind] != REFUSED;
    }
}
