package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.Policy;
import dev.muster.api.client.MusterClient;
import dev.muster.cli.connection.Home;
import dev.muster.cli.demo.Demo;
import dev.muster.cli.local.Launch;
import dev.muster.cli.local.LocalService;
import dev.muster.cli.local.Port;
import dev.muster.cli.local.Remains;
import dev.muster.cli.manifest.Kind;
import dev.muster.cli.manifest.Manifest;
import dev.muster.cli.manifest.ManifestFiles;
import dev.muster.cli.scenario.PolicyFile;
import dev.muster.cli.screen.Colour;
import dev.muster.cli.screen.Progress;
import dev.muster.cli.screen.Span;
import dev.muster.quota.policy.PolicyFields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A service to look at. */
@Command(
        name = "demo",
        description = {
            "Starts the service with a database of its own, a simulated cluster, sample teams, queues and pools, and a",
            "mixed load of gangs; prints the address of its page and, live, what happens. Ctrl-C stops all of it.",
            "Its data stays in .muster (MUSTER_HOME), so the next demo goes on where this one ended."
        },
        footer = {
            "  muster demo                 on port 8080",
            "  muster demo --port 0        on any free port",
            "  muster demo --once          until the first load is done: for scripts",
            "  muster demo --stop          stops a demo that runs elsewhere, or was left behind",
            "  muster demo --fresh         forgets what earlier demos left"
        })
final class DemoCommand extends Verb {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Of 127.0.0.1 (default ${DEFAULT-VALUE}; 0 is any free one).")
    private int port;

    @Option(names = "--once", description = "End when the first load is done.")
    private boolean once;

    @Option(names = "--stop", description = "Stop the demo that runs with this data, then end.")
    private boolean stop;

    @Option(names = "--fresh", description = "Begin with no data.")
    private boolean fresh;

    @Override
    public Integer call() {
        Home home = Home.of(muster().environment());
        if (stop) {
            screen().print(Remains.stop(home) ? "stopped" : "no demo runs here");
            return ExitCode.OK;
        }
        refuseSecond(home);
        Port.require(port);
        List<Manifest> manifests = ManifestFiles.read(List.of(samples().toString()), System.in);
        Path jar = Launch.jar(muster().environment());
        if (fresh) {
            Remains.delete(home);
        }
        AtomicReference<LocalService> started = new AtomicReference<>();
        Thread goodbye = new Thread(() -> leave(started), "stop-demo");
        Runtime.getRuntime().addShutdownHook(goodbye);
        try (LocalService service = start(jar, home)) {
            started.set(service);
            List<Job> load = prepare(service, manifests);
            return new Demo(service, load, screen()).run(once);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(goodbye);
            } catch (IllegalStateException e) {
                // Ctrl-C: the hook is at it, and ends the process when all is down.
            }
        }
    }

    private LocalService start(Path jar, Home home) {
        long began = System.nanoTime();
        Launch launch =
                new Launch(jar, home.directory(), false, port, Map.of("muster.local-processes.allowed", "true"));
        try (Progress progress = new Progress(screen())) {
            progress.say("starting the service");
            LocalService service =
                    LocalService.start(launch, since -> progress.say("starting the service, " + Span.of(since)));
            progress.lift();
            screen().print("%s in %s, data in %s"
                    .formatted(
                            screen().paint(Colour.GREEN, "Muster is up"),
                            Span.of(Duration.ofNanos(System.nanoTime() - began)),
                            home.directory()));
            return service;
        }
    }

    /** Applies the samples, says where to look; the jobs among them are the load. */
    private List<Job> prepare(LocalService service, List<Manifest> manifests) {
        new Application(service.client(), false).resources(manifests, (manifest, what) -> {});
        hurry(service.client());
        screen().print("  page      "
                + screen().paint(Colour.BOLD, service.client().newUiLink().url())
                + screen().paint(Colour.DIM, "  works once; ./muster ui makes another"));
        screen().print("  try       ./muster run -- sh -c 'for i in 1 2 3; do echo $i; sleep 1; done'");
        screen().print("            ./muster jobs    ./muster queues    ./muster pools    ./muster why translate");
        screen().print("  stop      Ctrl-C");
        screen().print("");
        return manifests.stream()
                .filter(manifest -> manifest.kind() == Kind.JOB)
                .map(manifest -> (Job) manifest.resource())
                .toList();
    }

    /** The demo's jobs are shorter than the standard protects them; an operator's own policy stays. */
    private void hurry(MusterClient client) {
        Policy current = client.policies().current();
        Path file = samples().resolveSibling("policies").resolve("demo.yaml");
        if (current.status() != null && current.status().revision() == 0 && Files.isRegularFile(file)) {
            Policy demo = new Policy(Policy.KIND, null, PolicyFields.nested(PolicyFile.read(file)), null);
            client.policies().apply(demo, null, "the demo's jobs are short", false);
        }
    }

    private void refuseSecond(Home home) {
        Optional<Home.Running> running = home.service().filter(Home.Running::isAlive);
        if (running.isPresent()) {
            throw new BadInput(
                    "A demo already runs here: %s (process %d)"
                            .formatted(running.get().url(), running.get().pid()),
                    "Look at it: ./muster ui, ./muster events -f. Stop it: ./muster demo --stop",
                    "Or start another one beside it: MUSTER_HOME=DIRECTORY ./muster demo --port 0");
        }
    }

    private Path samples() {
        String clone = muster().environment().getOrDefault("MUSTER_CLONE", ".");
        return Path.of(clone, "examples", "demo");
    }

    /** On Ctrl-C, a hang-up or a kill: everything down, then exit code 0, as that is how a demo ends. */
    private void leave(AtomicReference<LocalService> started) {
        screen().print("");
        screen().print("stopping …");
        LocalService service = started.get();
        if (service == null) {
            // Still starting: its own hook ends it, and this one must not be faster.
            return;
        }
        service.close();
        screen().print("stopped. ./muster demo goes on where this one ended.");
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
