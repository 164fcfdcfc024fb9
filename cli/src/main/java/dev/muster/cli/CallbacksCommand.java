package dev.muster.cli;

import dev.muster.api.CallbackDelivery;
import dev.muster.api.CallbackKey;
import dev.muster.api.Job;
import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Table;
import dev.muster.cli.screen.Text;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Who was told of a job. */
@Command(
        name = "callbacks",
        description = "Shows what became of the messages to the addresses that a job names in its spec's callbacks.",
        footer = {
            "  muster callbacks train            what was told of a job, to whom, and what they answered",
            "  muster callbacks key vision       the key with which messages of a team are signed"
        })
final class CallbacksCommand extends Verb {
    @Parameters(arity = "0..1", paramLabel = "JOB", description = "Id, beginning of an id, or name.")
    private String job = "";

    @Override
    public Integer call() {
        if (job.isEmpty()) {
            throw new BadInput("No job is named", "Expected: muster callbacks JOB");
        }
        Job found = new JobFinder(client()).find(job);
        List<CallbackDelivery> all = client().jobs().callbacks(JobFinder.team(found), JobFinder.id(found));
        if (!forPeople()) {
            Print.all(screen(), all);
            return ExitCode.OK;
        }
        if (all.isEmpty()) {
            screen().note("Nobody was told of it yet");
            return ExitCode.OK;
        }
        Table table = new Table("AT", "JOB IS", "STATE", ">TRIES", "ADDRESS", "WHY");
        for (CallbackDelivery one : all) {
            table.row(
                    one.at().toString(),
                    one.jobState(),
                    one.state(),
                    Integer.toString(one.tries()),
                    Text.plain(one.url()),
                    one.lastError() == null ? "" : Text.plain(one.lastError()));
        }
        table.print(screen());
        return ExitCode.OK;
    }

    @Command(name = "key", mixinStandardHelpOptions = true, description = "Shows the key of a team's messages.")
    int key(@Parameters(paramLabel = "TEAM") String team) {
        CallbackKey key = client().jobs().callbackKey(team);
        if (!forPeople()) {
            Print.one(screen(), key);
            return ExitCode.OK;
        }
        screen().print(key.algorithm() + " " + key.key());
        return ExitCode.OK;
    }
}
