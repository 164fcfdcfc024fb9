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
        step.jobMoves().forEach(move -> LOG.log(level, line(move)));
        step.attemptMoves().forEach(move -> LOG.log(level, line(move)));
    }

    // Put together by hand: half a dozen lines for every job, which a formatter takes apart each time.
    private static String line(JobMove move) {
        return new StringBuilder(200)
                .append("act=job-moved job=")
                .append(move.after().id())
                .append(" team=")
                .append(move.after().team())
                .append(" queue=")
                .append(move.after().spec().queue())
                .append(" attempt=")
                .append(move.after().attempt())
                .append(" from=")
                .append(move.before().state())
                .append(" to=")
                .append(move.after().state())
                .append(text(move.why()))
                .toString();
    }

    private static String line(AttemptMove move) {
        boolean stays = move.before().state() == move.after().state();
        return new StringBuilder(200)
                .append(stays ? "act=attempt-resized attempt=" : "act=attempt-moved attempt=")
                .append(move.after().id())
                .append(" from=")
                .append(stays ? move.before().size() : move.before().state())
                .append(" to=")
                .append(stays ? move.after().size() : move.after().state())
                .append(text(move.why()))
                .toString();
    }

    private static String text(@Nullable Why why) {
        return why == null
                ? ""
                : " code=" + why.code() + " why=\"" + why.message().replace('"', '\'') + '"';
    }
}
