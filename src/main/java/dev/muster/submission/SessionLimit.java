package dev.muster.submission;

import dev.muster.job.Job;
import dev.muster.postgres.SessionStore;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.session.SessionTallies;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** People have so many sessions at a time as their team lets each of them: those that wait count, for they are meant to be used at once. */
@ApplicationScoped
class SessionLimit {
    private final SessionStore store;
    private final SessionTallies tallies;

    SessionLimit(SessionStore store, SessionTallies tallies) {
        this.tallies = tallies;
        this.store = store;
    }

    /** @throws MusterException where these would be too many */
    void keep(Submission submission, Team team, List<Job> jobs) {
        Integer most = team.sessionsPerPerson();
        long more = jobs.stream()
                .filter(job -> job.spec().life().interactive() != null)
                .count();
        if (most == null || more == 0) {
            return;
        }
        int open = store.count(team.name(), submission.actor());
        if (open + more > most) {
            tallies.refused();
            throw MusterException.invalid(new Fault(
                    "/spec/interactive",
                    Fault.Kind.NOT_ALLOWED,
                    "%s has %d sessions in team %s that have not ended, and asks for %d more: expected at most %d"
                            .formatted(submission.actor(), open, team.name(), more, most),
                    "End one: muster session stop ID; an operator raises sessionsPerPerson of the team"));
        }
    }
}
