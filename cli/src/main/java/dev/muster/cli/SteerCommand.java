package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.client.Jobs;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.screen.Print;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Steering of jobs: one act on each that is named. */
abstract class SteerCommand extends Verb {
    @Parameters(
            arity = "1..*",
            paramLabel = "JOB",
            description = "Id, beginning of an id, or name; several may be given.")
    private List<String> meant = List.of();

    /** The act; the answer is the job after it. */
    abstract Job act(Jobs jobs, String team, String id);

    /** After all were steered. */
    int then(MusterClient client, List<Job> steered) {
        return ExitCode.OK;
    }

    @Override
    public Integer call() {
        MusterClient client = client();
        JobFinder finder = new JobFinder(client);
        // All are found before the first is touched: a typing error changes nothing.
        List<Job> found = meant.stream().map(finder::find).toList();
        List<Job> steered = new ArrayList<>();
        for (Job job : found) {
            Job after = act(client.jobs(), JobFinder.team(job), JobFinder.id(job));
            steered.add(after);
            if (forPeople()) {
                screen().print("job/%s %s %s"
                        .formatted(after.metadata().name(), JobFinder.id(after), screen().state(States.of(after))));
            }
        }
        if (!forPeople()) {
            Print.all(screen(), steered);
        }
        return then(client, steered);
    }

    /** Keeps a job from starting, or stops it, until it is resumed. */
    @Command(
            name = "suspend",
            description = "Keeps a job from starting, or stops its attempt, until it is resumed.",
            footer = "  muster suspend train")
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
            footer = {"  muster cancel train", "  muster cancel --wait train   until its last pod is gone"})
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
        int then(MusterClient client, List<Job> steered) {
            return wait ? new Waiting(client, screen()).forEnd(steered) : ExitCode.OK;
        }
    }
}
