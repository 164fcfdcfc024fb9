package dev.muster.cli.scenario;

import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.LiveAttempt.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The pods of an attempt of which some are told to go. */
final class Shrunk {
    private Shrunk() {}

    /** Who goes says for whom; pods of one place are split where only some of them go. */
    static List<Held> pods(List<Held> pods, Decision.Shrink shrink) {
        List<Held> going = new ArrayList<>(shrink.pods());
        List<Held> after = new ArrayList<>();
        for (Held held : pods) {
            int stay = held.count();
            for (int i = 0; i < going.size() && !held.leaving(); i++) {
                Held each = going.get(i);
                int go = isSamePlace(held, each) ? Math.min(stay, each.count()) : 0;
                if (go > 0) {
                    after.add(held.withCount(go).leavingFor(shrink.inFavourOf()));
                    stay -= go;
                    going.set(i, each.withCount(each.count() - go));
                }
            }
            going.removeIf(each -> each.count() == 0);
            if (stay > 0) {
                after.add(held.withCount(stay));
            }
        }
        return after;
    }

    private static boolean isSamePlace(Held one, Held other) {
        return one.role().equals(other.role())
                && one.pool().equals(other.pool())
                && Objects.equals(one.node(), other.node());
    }
}
