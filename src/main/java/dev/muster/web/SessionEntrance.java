package dev.muster.web;

import dev.muster.access.Actor;
import dev.muster.access.Caller;
import dev.muster.access.Gate;
import dev.muster.access.Resource;
import dev.muster.access.SessionTickets;
import dev.muster.access.Verb;
import dev.muster.job.Interactive;
import dev.muster.job.Job;
import dev.muster.problem.MusterException;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets the owner of a session in, and nobody else: who is inside acts as the owner. */
@ApplicationScoped
public class SessionEntrance {
    private final Caller caller;
    private final SessionTickets tickets;

    SessionEntrance(Caller caller, SessionTickets tickets) {
        this.caller = caller;
        this.tickets = tickets;
    }

    /**
     * Where the caller enters this session, with a ticket of their own.
     *
     * @throws MusterException where it is none, or over, or another's, or the caller may submit nothing for its team any more
     */
    public String address(Job job) {
        Interactive interactive = job.spec().life().interactive();
        if (interactive == null) {
            throw MusterException.notFound("session", job.id().value());
        }
        if (job.state().isFinal()) {
            throw MusterException.sessionOver(job.id().value(), job.state().name());
        }
        Actor actor = caller.actor();
        if (!isOwner(actor.name(), job)) {
            throw MusterException.sessionOfAnother(actor.name(), job.id().value(), job.submittedBy());
        }
        Resource resource = Resource.of(
                Resource.Kind.JOB, job.team(), job.spec().queue(), job.id().value());
        if (!caller.may(Verb.SUBMIT, resource)) {
            throw MusterException.forbidden(actor.name(), "use", resource.toString());
        }
        return Gate.JOB_SESSIONS + tickets.ticket(job.id().value(), actor.name()) + interactive.path();
    }

    static boolean isOwner(String person, Job job) {
        return job.submittedBy().equals(person);
    }
}
