package dev.muster.cli;

import dev.muster.cli.screen.Print;
import dev.muster.cli.screen.Progress;
import dev.muster.cli.screen.Table;
import dev.muster.cli.simulate.OpenbFile;
import dev.muster.cli.simulate.ScoringChoice;
import dev.muster.simulation.fill.Comparison;
import dev.muster.simulation.fill.Scoring;
import dev.muster.simulation.report.FillReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scorings side by side: pods arrive on a cluster that only fills. */
@Command(
        name = "placement",
        description = {
            "Fills a cluster with recorded pods, one after the other, and compares how nodes are chosen: how much of the GPUs can be",
            "given away, what becomes useless, which pods find no node (docs/simulate.md). No service is needed; the same seed",
            "gives the same figures.",
            "",
            "Exit codes: 0 done; 2 a file is wrong: line, and what was expected."
        },
        footer = {
            "  muster placement --nodes openb_node_list_all_node.csv --pods openb_pod_list_default.csv --scoring volcano --scoring best-fit",
            "  muster placement --nodes nodes.csv --pods pods.csv --scoring volcano --scoring mine.yaml --seeds 10 --out result"
        })
final class PlacementCommand extends Verb {
    @Option(
            names = "--nodes",
            paramLabel = "FILE",
            required = true,
            description = "sn,cpu_milli,memory_mib,gpu,model; .gz")
    private Path nodes = Path.of("");

    @Option(
            names = "--pods",
            paramLabel = "FILE",
            required = true,
            description = "cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec and others; .gz")
    private Path pods = Path.of("");

    @Option(
            names = "--scoring",
            paramLabel = "SCORING",
            required = true,
            description = {
                "A file, or volcano (as shipped), nodeorder, binpack, binpack-gpu, random, best-fit, least-fragmentation,",
                "least-fragmentation-ties-by-lot; several: side by side."
            })
    private List<String> scorings = new ArrayList<>();

    @Option(
            names = "--arrivals",
            paramLabel = "PERCENT",
            defaultValue = "130",
            description = "How much of all GPUs is asked for in the end (1 to 1000; default ${DEFAULT-VALUE}).")
    private int arrivals = 130;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many orders of arrival (1 to 1000; default ${DEFAULT-VALUE}).")
    private int seeds = 3;

    @Option(names = "--out", paramLabel = "DIR", description = "Where report.html and samples.csv are written.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        if (seeds < 1 || seeds > 1_000) {
            throw new BadInput("Bad --seeds %d: expected 1 to 1000".formatted(seeds));
        }
        if (arrivals < 1 || arrivals > 1_000) {
            throw new BadInput("Bad --arrivals %d: expected 1 to 1000".formatted(arrivals));
        }
        Set<String> names = new LinkedHashSet<>();
        List<Scoring> chosen = scorings.stream().map(ScoringChoice::of).toList();
        for (Scoring scoring : chosen) {
            if (!names.add(scoring.name())) {
                throw new BadInput(
                        "Two scorings are called '%s'".formatted(scoring.name()), "Give one of them another name.");
            }
        }
        Comparison comparison =
                new Comparison(OpenbFile.nodes(nodes), OpenbFile.pods(pods), chosen, arrivals / 100.0, seeds);
        if (comparison.gpus() == 0) {
            throw new BadInput("%s: no node has a GPU".formatted(nodes));
        }
        try (Progress progress = new Progress(screen())) {
            comparison.run(progress::say);
            progress.lift();
        }
        if (forPeople()) {
            show(comparison);
        } else {
            Print.one(screen(), comparison.outcomes());
        }
        write(comparison);
        return ExitCode.OK;
    }

    private void show(Comparison comparison) {
        List<String> headings = new ArrayList<>(List.of(""));
        comparison.scorings().forEach(name -> headings.add(">" + name));
        Table table = new Table(headings.toArray(String[]::new));
        for (Comparison.Row row : comparison.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.words()));
            for (String name : comparison.scorings()) {
                cells.add(String.format(
                        Locale.ROOT,
                        "%.2f ±%.2f",
                        row.of(name).mean(),
                        row.of(name).half()));
            }
            table.row(cells.toArray(String[]::new));
        }
        table.print(screen());
    }

    private void write(Comparison comparison) {
        if (out != null) {
            try {
                Files.createDirectories(out);
                Files.writeString(
                        out.resolve("report.html"),
                        FillReport.page("%s on %s".formatted(pods.getFileName(), nodes.getFileName()), comparison));
                Files.writeString(out.resolve("samples.csv"), FillReport.csv(comparison));
            } catch (IOException e) {
                throw new BadInput("Cannot write to %s: %s".formatted(out, e.getMessage()));
            }
            screen().note("written to " + out);
        }
    }
}
