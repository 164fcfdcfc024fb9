package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.JobPatch;
import dev.muster.api.client.Jobs;
import dev.muster.api.client.MusterClient;
import dev.muster.api.client.ProblemException;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Steering of jobs: one act on each that is named. */
abstract class SteerCommand extends Verb {
    @Parameters(
            arity = "0..*",
            paramLabel = "JOB",
            description = "Id, beginning of an id, or name; several may be given.")
    private List<String> meant = List.of();

    @Mixin
    private Selection selection = new Selection();

    @Option(names = "--dry-run", description = "Show which jobs it would be and change nothing.")
    private boolean dryRun;

    /** The act; the answer is the job after it. */
    abstract Job act(Jobs jobs, String team, String id);

    /** True for who ends or is steered while it has not ended; those that a filter finds besides are left alone. */
    boolean isFor(String state) {
        return !States.isFinal(state);
    }

    /** After all were steered. */
    int then(MusterClient client, List<Job> steered) {
        return ExitCode.OK;
    }

    @Override
    public Integer call() {
        MusterClient client = client();
        // All are found before the first is touched: a typing error changes nothing.
        List<Job> found = found(client);
        if (dryRun) {
            shown(found);
            return ExitCode.OK;
        }
        List<Job> steered = new ArrayList<>();
        ProblemException refused = null;
        for (Job job : found) {
            try {
                steered.add(told(act(client.jobs(), JobFinder.team(job), JobFinder.id(job))));
            } catch (ProblemException e) {
                if (!selection.isGiven() || e.problem().status() >= 500) {
                    throw e;
                }
                // One of many has moved on meanwhile: that keeps nobody else.
                refused = e;
                screen().note("job/%s %s: %s"
                        .formatted(
                                job.metadata().name(),
                                JobFinder.id(job),
                                Objects.requireNonNullElse(
                                        e.problem().detail(), e.problem().title())));
            }
        }
        if (!forPeople()) {
            Print.all(screen(), steered);
        } else if (selection.isGiven()) {
            screen().note("%d of %d jobs".formatted(steered.size(), found.size()));
        }
        int code = then(client, steered);
        return refused == null ? code : ExitCode.REFUSED;
    }

    private List<Job> found(MusterClient client) {
        if (selection.isGiven() == !meant.isEmpty()) {
            throw new BadInput(
                    selection.isGiven() ? "Both JOB and --filter or --set" : "Which jobs?",
                    "Name them, or say --set nightly, or --filter 'state=QUEUED label.app=x' (with --dry-run first).");
        }
        JobFinder finder = new JobFinder(client);
        return selection.isGiven()
                ? selection.find(client, muster().environment()).stream()
                        .filter(job -> isFor(States.of(job)))
                        .toList()
                : meant.stream().map(finder::find).toList();
    }

    private Job told(Job after) {
        if (forPeople()) {
            screen().print("job/%s %s %s"
                    .formatted(after.metadata().name(), JobFinder.id(after), screen().state(States.of(after))));
        }
        return after;
    }

    private void shown(List<Job> found) {
        if (!forPeople()) {
            Print.all(screen(), found);
            return;
        }
        Table table = new Table("ID", "TEAM", "NAME", "STATE");
        found.forEach(job -> table.row(
                JobFinder.id(job), JobFinder.team(job), job.metadata().name(), screen().state(States.of(job))));
        table.print(screen());
        screen().note("It would be %d %s; nothing was changed."
                .formatted(found.size(), found.size() == 1 ? "job" : "jobs"));
    }

    /** Keeps a job from starting, or stops it, until it is resumed. */
    @Command(
            name = "suspend",
            description = "Keeps a job from starting, or stops its attempt, until it is resumed.",
            footer = {"  muster suspend train", "  muster suspend --team vision --filter 'label.app=sweep' --dry-run"})
    static final class Suspend extends SteerCommand {
        @Override
        Job act(Jobs jobs, String team, String id) {
            return jobs.suspend(team, id);
        }
    }

    /** Lets a suspended job queue again. */
    @Command(name = "resume", description = "Lets a suspended job queue again.", footer = "  muster resume train")
    static final class Resume extends SteerCommand {
        @Override
        Job act(Jobs jobs, String team, String id) {
            return jobs.resume(team, id);
        }
    }

    /** Tells that a job's work is saved. */
    @Command(
            name = "checkpoint",
            description =
                    "Tells that a running job has saved its work just now: who must give way, it loses least that saved last.",
            footer = "  muster checkpoint train")
    static final class Checkpoint extends SteerCommand {
        @Override
        Job act(Jobs jobs, String team, String id) {
            return jobs.checkpoint(team, id);
        }
    }

    /** Ends a job for good. */
    @Command(
            name = "cancel",
            description = "Ends a job for good.",
            footer = {
                "  muster cancel train",
                "  muster cancel --wait train                                  until its last pod is gone",
                "  muster cancel --filter 'state=QUEUED name=sweep-*' --dry-run   which it would be",
                "  muster cancel --set nightly                                 all of a set that have not ended"
            })
    static final class Cancel extends SteerCommand {
        @Option(names = "--wait", description = "Wait until the last pod is gone.")
        private boolean wait;

        @Override
        Job act(Jobs jobs, String team, String id) {
            return jobs.cancel(team, id);
        }

        @Override
        int then(MusterClient client, List<Job> steered) {
            if (wait) {
                new Waiting(client, screen()).forEnd(steered);
            }
            return ExitCode.OK;
        }
    }

    /** Changes what may be changed while a job waits. */
    @Command(
            name = "change",
            description =
                    "Changes the priority class or the queue of jobs that wait; 'move' also moves those that run.",
            footer = {
                "  muster change train --priority urgent",
                "  muster change --filter 'queue=vision state=QUEUED' --queue research --dry-run"
            })
    static final class Change extends SteerCommand {
        @Option(names = "--priority", paramLabel = "CLASS", description = "The new priority class.")
        private @Nullable String priority;

        @Option(names = "--queue", paramLabel = "QUEUE", description = "The new queue.")
        private @Nullable String queue;

        @Override
        public Integer call() {
            if (priority == null && queue == null) {
                throw new BadInput("Change what?", "Say --priority or --queue.");
            }
            return super.call();
        }

        @Override
        Job act(Jobs jobs, String team, String id) {
            return jobs.patch(team, id, new JobPatch(priority, queue), null);
        }
    }

    /** Moves jobs to another queue, wherever they are. */
    @Command(
            name = "move",
            description = {
                "Moves jobs to another queue: those that wait go on waiting there, those that run go on with their pods,",
                "charged to the other queue, where what they hold fits there."
            },
            footer = {"  muster move train --queue research", "  muster move --set nightly --queue research --dry-run"})
    static final class Move extends SteerCommand {
        @Option(names = "--queue", paramLabel = "QUEUE", required = true, description = "Where to.")
        private String queue = "";

        @Override
        Job act(Jobs jobs, String team, String id) {
            return jobs.patch(team, id, new JobPatch(null, queue), null);
        }
    }

    /** Deletes jobs that have ended. */
    @Command(
            name = "delete",
            description = "Deletes jobs that have ended, with their attempts and events.",
            footer = {"  muster delete 01jd4n", "  muster delete --team vision --filter 'state=FAILED' --dry-run"})
    static final class Delete extends SteerCommand {
        @Override
        Job act(Jobs jobs, String team, String id) {
            Job last = jobs.get(team, id);
            jobs.delete(team, id);
            return last;
        }

        @Override
        boolean isFor(String state) {
            return States.isFinal(state);
        }
    }

    /** Submits a job again. */
    @Command(
            name = "rerun",
            description = "Submits a job that has ended again, as a new job.",
            footer = "  muster rerun train --wait")
    static final class Rerun extends SteerCommand {
        @Option(names = "--wait", description = "Wait for the end; exit code 1 where one did not succeed.")
        private boolean wait;

        @Override
        Job act(Jobs jobs, String team, String id) {
            return jobs.rerun(team, id, Jobs.newKey());
        }

        @Override
        boolean isFor(String state) {
            return States.isFinal(state);
        }

        @Override
        int then(MusterClient client, List<Job> steered) {
            return wait ? new Waiting(client, screen()).forEnd(steered) : ExitCode.OK;
        }
    }
}
