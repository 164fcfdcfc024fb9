package dev.muster.cli;

import dev.muster.api.Job;
import dev.muster.api.JobTemplate;
import dev.muster.api.Metadata;
import dev.muster.api.Pool;
import dev.muster.api.PriorityClass;
import dev.muster.api.Queue;
import dev.muster.api.QueuePreview;
import dev.muster.api.Schedule;
import dev.muster.api.Team;
import dev.muster.api.TeamSpec;
import dev.muster.api.client.MusterClient;
import dev.muster.api.client.Named;
import dev.muster.api.client.ProblemException;
import dev.muster.cli.manifest.Kind;
import dev.muster.cli.manifest.Manifest;
import dev.muster.cli.screen.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings manifests to the service, in the order in which they need each other, whatever their order in the files. */
final class Application {
    private static final TeamSpec NOTHING_YET = new TeamSpec(null, null, null, null, null, null, null, null);

    private final MusterClient client;
    private final boolean validateOnly;
    private final Set<String> introduced = new HashSet<>();
    private final Set<String> unborn = new HashSet<>();

    Application(MusterClient client, boolean validateOnly) {
        this.client = client;
        this.validateOnly = validateOnly;
    }

    /** Applies all but jobs and tells {@code done} of each: what it was and what became of it. */
    void resources(List<Manifest> manifests, BiConsumer<Manifest, String> done) {
        List<Manifest> ordered = inOrder(manifests);
        if (validateOnly) {
            ordered.stream().filter(this::isNew).map(Manifest::title).forEach(unborn::add);
        } else {
            introduce(ordered);
        }
        for (Manifest manifest : ordered) {
            Optional<String> lacks = manifest.kind() == Kind.JOB ? Optional.empty() : lacks(manifest);
            if (lacks.isPresent()) {
                done.accept(manifest, "not checked: %s would have to be there first".formatted(lacks.get()));
                continue;
            }
            switch (manifest.kind()) {
                case PRIORITY_CLASS ->
                    put(client.priorityClasses(), sent((PriorityClass) manifest.resource()), manifest, done);
                case POOL -> put(client.pools(), sent((Pool) manifest.resource()), manifest, done);
                case QUEUE -> put(client.queues(), sent((Queue) manifest.resource()), manifest, done);
                case TEAM -> put(client.teams(), sent((Team) manifest.resource()), manifest, done);
                case TEMPLATE ->
                    put(client.templates(ofTeam(manifest)), sent((JobTemplate) manifest.resource()), manifest, done);
                case SCHEDULE -> put(client.schedules(), sent((Schedule) manifest.resource()), manifest, done);
                case JOB -> {
                    // Jobs come last, by their own way.
                }
            }
        }
    }

    /** A queue names its team and a team its queue: new teams are there before both are written in full. */
    private void introduce(List<Manifest> manifests) {
        for (Manifest manifest : manifests) {
            if (manifest.resource() instanceof Team team && isNew(manifest)) {
                Team bare = new Team(Team.KIND, Metadata.named(team.metadata().name()), NOTHING_YET, null);
                try {
                    client.teams().put(bare, null, false);
                    introduced.add(manifest.title());
                } catch (ProblemException e) {
                    throw new Refused(manifest.where() + " (" + manifest.title() + ")", e);
                }
            }
        }
    }

    private boolean isNew(Manifest manifest) {
        return switch (manifest.kind()) {
            case PRIORITY_CLASS -> versionBefore(client.priorityClasses(), manifest) == null;
            case POOL -> versionBefore(client.pools(), manifest) == null;
            case QUEUE -> versionBefore(client.queues(), manifest) == null;
            case TEAM -> versionBefore(client.teams(), manifest) == null;
            case TEMPLATE -> versionBefore(client.templates(ofTeam(manifest)), manifest) == null;
            case SCHEDULE -> versionBefore(client.schedules(), manifest) == null;
            case JOB -> false;
        };
    }

    /** What of this run a resource names that was only checked and so is not there. */
    Optional<String> lacks(Manifest manifest) {
        return references(manifest).stream().filter(unborn::contains).findFirst();
    }

    private static List<String> references(Manifest manifest) {
        List<String> named = new ArrayList<>();
        if (manifest.resource() instanceof Queue queue && queue.spec() != null) {
            named.add("queue/" + queue.spec().parent());
            named.add("team/" + queue.spec().team());
        } else if (manifest.resource() instanceof Team team && team.spec() != null) {
            named.add("queue/" + team.spec().queue());
            named.add("priorityclass/" + team.spec().priorityClass());
        } else if (manifest.resource() instanceof Schedule schedule && schedule.spec() != null) {
            named.add("team/" + schedule.spec().team());
            if (schedule.spec().job() != null && schedule.spec().job().spec() != null) {
                named.add("queue/" + schedule.spec().job().spec().queue());
                named.add("priorityclass/" + schedule.spec().job().spec().priorityClass());
            }
        } else if (manifest.resource() instanceof JobTemplate) {
            named.add("team/" + manifest.metadata().team());
        } else if (manifest.resource() instanceof Job job && job.spec() != null) {
            named.add("team/" + job.metadata().team());
            named.add("queue/" + job.spec().queue());
            named.add("priorityclass/" + job.spec().priorityClass());
            Stream.ofNullable(job.spec().templates())
                    .flatMap(List::stream)
                    .map(template -> "jobtemplate/" + template.replaceFirst("@.*", ""))
                    .forEach(named::add);
        }
        return named;
    }

    /** By kind; parents before children; else as written. A cycle of queues is left for the service to refuse. */
    static List<Manifest> inOrder(List<Manifest> manifests) {
        Map<String, String> parents = new HashMap<>();
        for (Manifest manifest : manifests) {
            if (manifest.resource() instanceof Queue queue
                    && queue.spec() != null
                    && queue.spec().parent() != null) {
                parents.put(queue.metadata().name(), queue.spec().parent());
            }
        }
        List<Manifest> ordered = new ArrayList<>(manifests);
        ordered.sort(Comparator.comparing(Manifest::kind).thenComparing(manifest -> depth(manifest, parents)));
        return ordered;
    }

    private static int depth(Manifest manifest, Map<String, String> parents) {
        int depth = 0;
        if (manifest.kind() == Kind.QUEUE) {
            String at = manifest.metadata().name();
            while (parents.containsKey(at) && depth <= parents.size()) {
                at = parents.get(at);
                depth++;
            }
        }
        return depth;
    }

    private <T> void put(Named<T> where, T resource, Manifest manifest, BiConsumer<Manifest, String> done) {
        String before = versionBefore(where, manifest);
        // What a file was read at, if it says so; else what is there now: somebody else's change in between is not
        // lost.
        String said = manifest.metadata().etag();
        String etag = said == null ? before : said;
        try {
            T after = where.put(resource, etag, validateOnly);
            boolean isNew = before == null || introduced.contains(manifest.title());
            done.accept(manifest, outcome(isNew ? null : before, version(after)) + affected(after));
        } catch (ProblemException e) {
            throw new Refused(manifest.where() + " (" + manifest.title() + ")", e);
        }
    }

    /** Of a queue that was only checked: what the change would do to jobs. */
    private static String affected(Object after) {
        QueuePreview preview = after instanceof Queue queue && queue.status() != null
                ? queue.status().preview()
                : null;
        return preview == null ? "" : effects(preview);
    }

    /** What would be different for which jobs, a line each. */
    static String effects(QueuePreview preview) {
        StringBuilder said = new StringBuilder();
        preview.above()
                .forEach(above -> said.append(
                        "\n  queue %s would hold %s %s of at most %s: nothing starts there until it holds less"
                                .formatted(above.queue(), above.used(), above.resource(), above.capability())));
        preview.effects()
                .forEach(effect -> said.append("\n  job %s in %s: %s, %s"
                        .formatted(
                                effect.job(),
                                effect.queue(),
                                effect.kind().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                                Text.plain(effect.reason().message()))));
        if (preview.affected() > preview.effects().size()) {
            said.append("\n  and %d more jobs"
                    .formatted(preview.affected() - preview.effects().size()));
        }
        return said.isEmpty() ? ", no job is affected" : said.toString();
    }

    private String outcome(@Nullable String before, @Nullable String after) {
        if (before == null) {
            return validateOnly ? "would be created" : "created";
        }
        if (validateOnly) {
            return "would be accepted";
        }
        return Objects.equals(before, after) ? "unchanged" : "changed";
    }

    private static <T> @Nullable String versionBefore(Named<T> where, Manifest manifest) {
        try {
            return Objects.requireNonNullElse(
                    version(where.get(manifest.metadata().name())), "");
        } catch (ProblemException e) {
            if (e.problem().status() == 404) {
                return null;
            }
            throw e;
        }
    }

    private static @Nullable String version(Object resource) {
        Metadata metadata = resource instanceof Queue queue
                ? queue.metadata()
                : resource instanceof Pool pool
                        ? pool.metadata()
                        : resource instanceof Team team
                                ? team.metadata()
                                : resource instanceof Schedule schedule
                                        ? schedule.metadata()
                                        : resource instanceof JobTemplate template
                                                ? template.metadata()
                                                : ((PriorityClass) resource).metadata();
        return metadata.etag();
    }

    /** Without what only the service says, so that what it gave out can be edited and applied. */
    private static Metadata sent(Metadata metadata) {
        return new Metadata(
                metadata.name(), metadata.team(), null, metadata.labels(), metadata.annotations(), null, null);
    }

    private static Queue sent(Queue queue) {
        return new Queue(Queue.KIND, sent(queue.metadata()), queue.spec(), null);
    }

    private static Pool sent(Pool pool) {
        return new Pool(Pool.KIND, sent(pool.metadata()), pool.spec(), null);
    }

    private static Team sent(Team team) {
        return new Team(Team.KIND, sent(team.metadata()), team.spec(), null);
    }

    private static JobTemplate sent(JobTemplate template) {
        return new JobTemplate(JobTemplate.KIND, sent(Objects.requireNonNull(template.metadata())), template.spec());
    }

    /** Whose template it is. */
    private static String ofTeam(Manifest manifest) {
        String team = manifest.metadata().team();
        if (team == null) {
            throw new BadInput(
                    "%s: template '%s' is of no team"
                            .formatted(manifest.where(), manifest.metadata().name()),
                    "Say whose it is: metadata.team");
        }
        return team;
    }

    private static Schedule sent(Schedule schedule) {
        return new Schedule(Schedule.KIND, sent(schedule.metadata()), schedule.spec(), null);
    }

    private static PriorityClass sent(PriorityClass priority) {
        return new PriorityClass(PriorityClass.KIND, sent(priority.metadata()), priority.spec());
    }

    static Job sent(Job job, String team) {
        Metadata metadata = sent(job.metadata());
        Metadata ofTeam =
                new Metadata(metadata.name(), team, null, metadata.labels(), metadata.annotations(), null, null);
        return new Job(Job.KIND, ofTeam, job.spec(), null);
    }
}
