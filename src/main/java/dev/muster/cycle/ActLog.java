package dev.muster.cycle;

import dev.muster.event.Why;
import dev.muster.job.AttemptMove;
import dev.muster.job.JobMove;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One line for every act that changes the world, as {@code key=value}. On the virtual clock only where DEBUG is on. */
@ApplicationScoped
public class ActLog {
    private static final Logger LOG = Logger.getLogger("muster.acts");

    private final Logger.Level level;

    ActLog(dev.muster.Settings settings) {
        level = settings.clock() == dev.muster.Settings.ClockMode.VIRTUAL ? Logger.Level.DEBUG : Logger.Level.INFO;
    }

    void tell(Step step) {
        if (!LOG.isEnabled(level)) {
            return;
        }
        for (JobMove move : step.jobMoves()) {
            LOG.logf(
                    level,
                    "act=job-moved job=%s team=%s queue=%s attempt=%d from=%s to=%s%s",
                    move.after().id(),
                    move.after().team(),
                    move.after().spec().queue(),
                    move.after().attempt(),
                    move.before().state(),
                    move.after().state(),
                    text(move.why()));
        }
        for (AttemptMove move : step.attemptMoves()) {
            if (move.before().state() == move.after().state()) {
                LOG.logf(
                        level,
                        "act=attempt-resized attempt=%s from=%d to=%d%s",
                        move.after().id(),
                        move.before().size(),
                        move.after().size(),
                        text(move.why()));
                continue;
            }
            LOG.logf(
                    level,
                    "act=attempt-moved attempt=%s from=%s to=%s%s",
                    move.after().id(),
                    move.before().state(),
                    move.after().state(),
                    text(move.why()));
        }
    }

    private static String text(@Nullable Why why) {
        return why == null
                ? ""
                : " code=%s why=\"%s\"".formatted(why.code(), why.message().replace('"', '\''));
    }
}
