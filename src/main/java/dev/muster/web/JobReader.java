package dev.muster.web;

import dev.muster.api.DependencySpec;
import dev.muster.api.Job;
import dev.muster.api.JobSpec;
import dev.muster.api.Metadata;
import dev.muster.api.ScheduleSpec;
import dev.muster.job.Dependency;
import dev.muster.job.JobRequest;
import dev.muster.job.Life;
import dev.muster.job.Need;
import dev.muster.job.Role;
import dev.muster.job.SparkRoles;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.fit.Collocation;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.Names;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.spark.SparkJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job of the wire as a request of the domain; whatever is wrong with it becomes a fault. What the service gives is ignored. */
final class JobReader {
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final Faults faults;
    private final TeamName team;

    JobReader(Faults faults, TeamName team) {
        this.faults = faults;
        this.team = team;
    }

    /** With what templates say where it does not; empty where there was a fault. */
    Optional<JobRequest> read(Place place, Job sent, TemplateMerge templates) {
        int before = faults.count();
        Job merged = templates.merged(place, sent);
        return faults.count() > before
                ? Optional.empty()
                : read(place, merged).map(request -> request.inheriting(templates.origins()));
    }

    /** Empty where there was a fault. */
    Optional<JobRequest> read(Place place, Job sent) {
        int before = faults.count();
        if (sent.kind() != null && !sent.kind().equals(Job.KIND)) {
            place.at("kind").bad(sent.kind(), Job.KIND);
        }
        Metadata metadata = sent.metadata();
        JobSpec spec = sent.spec();
        if (metadata == null) {
            place.at("metadata").required("metadata with a name");
        }
        if (spec == null) {
            place.at("spec").required("a spec with roles, or with spark");
        }
        if (metadata == null || spec == null) {
            return Optional.empty();
        }
        Place at = place.at("metadata");
        named(at, metadata);
        Map<String, String> labels = LabelReader.labels(at.at("labels"), metadata.labels());
        Map<String, String> annotations = LabelReader.annotations(at.at("annotations"), metadata.annotations());
        return request(place.at("spec"), spec, metadata.name(), labels, annotations, before);
    }

    /** The job of a schedule, which has no name of its own and no time; empty where there was a fault. */
    Optional<JobRequest> template(
            Place place, ScheduleSpec.@Nullable ScheduledJob sent, String name, TemplateMerge templates) {
        int before = faults.count();
        if (sent == null || sent.spec() == null) {
            place.at("spec").required("the spec of a job, with roles");
            return Optional.empty();
        }
        ScheduleSpec.ScheduledMetadata metadata = sent.metadata();
        Place at = place.at("metadata");
        Map<String, String> labels = LabelReader.labels(at.at("labels"), metadata == null ? null : metadata.labels());
        Map<String, String> annotations =
                LabelReader.annotations(at.at("annotations"), metadata == null ? null : metadata.annotations());
        if (sent.spec().notBefore() != null) {
            place.at("spec")
                    .at("notBefore")
                    .fault(Fault.Kind.NOT_ALLOWED, "the jobs of a schedule begin with their ticks", "Leave it out");
        }
        if (sent.spec().dependsOn() != null) {
            place.at("spec")
                    .at("dependsOn")
                    .fault(
                            Fault.Kind.NOT_ALLOWED,
                            "the jobs of a schedule wait for nobody but their ticks",
                            "Leave it out");
        }
        if (sent.spec().array() != null) {
            place.at("spec")
                    .at("array")
                    .fault(Fault.Kind.NOT_ALLOWED, "the jobs of a schedule are single ones", "Leave it out");
        }
        if (sent.spec().interactive() != null) {
            place.at("spec")
                    .at("interactive")
                    .fault(Fault.Kind.NOT_ALLOWED, "nobody is there to use what a schedule starts", "Leave it out");
        }
        Job merged = templates.merged(place, new Job(null, Metadata.named(name), sent.spec(), null));
        return faults.count() > before
                ? Optional.empty()
                : request(place.at("spec"), merged.spec(), name, labels, annotations, before)
                        .map(request -> request.inheriting(templates.origins()));
    }

    private Optional<JobRequest> request(
            Place place,
            JobSpec spec,
            String name,
            Map<String, String> labels,
            Map<String, String> annotations,
            int before) {
        QueueName queue = place.at("queue").read(spec.queue(), QueueName::new);
        PriorityClassName priority = place.at("priorityClass").read(spec.priorityClass(), PriorityClassName::new);
        SparkJob spark = spec.spark() == null
                ? null
                : new SparkReader(faults, labels, annotations).read(place.at("spark"), spec.spark());
        List<Role> roles = spec.spark() == null
                ? new RoleReader(faults, labels, annotations).roles(place.at("roles"), spec.roles())
                : SparkReader.roles(place.at("roles"), spec.roles(), spark);
        Collocation wish = place.at("collocation").read(spec.collocation(), JobReader::collocation);
        if (wish != null && wish != Collocation.NONE) {
            roles = roles.stream()
                    .map(role -> new Role(
                            role.name(),
                            role.minimum(),
                            role.maximum(),
                            role.leader(),
                            role.pod().with(wish)))
                    .toList();
        }
        Duration maxRunTime = positive(place.at("maxRunTime"), spec.maxRunTime());
        Duration queueTimeout = positive(place.at("queueTimeout"), spec.queueTimeout());
        Duration startDeadline = positive(place.at("startDeadline"), spec.startDeadline());
        Duration ttl = place.at("ttlAfterFinished").read(spec.ttlAfterFinished(), DurationText::parse);
        Duration idleTimeout = InteractiveReader.idleTimeout(place, spec);
        Duration grace = place.at("grace").read(spec.grace(), DurationText::parse);
        Instant notBefore = spec.notBefore();
        if (notBefore != null && (notBefore.isBefore(EARLIEST) || notBefore.isAfter(LATEST))) {
            place.at("notBefore").bad(notBefore, "a time between 1970 and 2200");
        }
        if (faults.count() > before) {
            return Optional.empty();
        }
        RetryReader rules = new RetryReader(roles);
        JobRequest request = new JobRequest(
                name,
                queue,
                priority,
                roles,
                maxRunTime,
                queueTimeout,
                startDeadline,
                grace,
                notBefore,
                rules.retry(place.at("retry"), spec.retry()),
                spark != null && spec.successPolicy() == null && spec.failurePolicy() == null
                        ? SparkRoles.completion(spark)
                        : rules.completion(place, spec.successPolicy(), spec.failurePolicy()),
                labels,
                annotations,
                Boolean.TRUE.equals(spec.oneZone()),
                needs(place.at("dependsOn"), spec.dependsOn()),
                spark,
                new Life(ttl, endless(place, spec), CallbackReader.read(place.at("callbacks"), spec.callbacks()))
                        .with(ArtifactReader.read(place.at("artifacts"), spec.artifacts()))
                        .paidBy(costCentre(place.at("costCentre"), spec.costCentre()))
                        .used(InteractiveReader.read(place, spec, roles), idleTimeout),
                ArrayReader.read(place.at("array"), spec.array(), name),
                place.at("jobSet").read(spec.jobSet(), JobSetName::new));
        ArrayReader.checkWords(place, request);
        ArtifactReader.checkSpark(place.at("spark"), request);
        return faults.count() > before ? Optional.empty() : Optional.of(request);
    }

    /** A service has no end, so nothing may be said about it. */
    private static boolean endless(Place place, JobSpec spec) {
        if (!Boolean.TRUE.equals(spec.endless())) {
            return false;
        }
        String why = "a job without an end is started again whatever it ended with, until it is cancelled";
        if (spec.maxRunTime() != null) {
            place.at("maxRunTime").fault(Fault.Kind.CONTRADICTION, why, "Leave out maxRunTime, or endless");
        }
        if (spec.retry() != null) {
            place.at("retry").fault(Fault.Kind.CONTRADICTION, why, "Leave out retry, or endless");
        }
        return true;
    }

    private static @Nullable String costCentre(Place place, @Nullable String sent) {
        if (sent != null && !sent.matches("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?")) {
            place.bad(sent, "1 to 63 of A-Z, a-z, 0-9, '.', '_', '/', '-', a letter or digit first and last");
            return null;
        }
        return sent;
    }

    private static Collocation collocation(String text) {
        for (Collocation each : Collocation.values()) {
            if (each.name().equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                "'%s': expected PACK, SPREAD or NONE".formatted(MusterException.shown(text)));
    }

    private void named(Place place, Metadata metadata) {
        if (metadata.name() == null) {
            place.at("name").required("the job's name");
        } else if (!Names.isLabel(metadata.name())) {
            place.at("name")
                    .bad(metadata.name(), "1 to 63 characters of a-z, 0-9 and '-', letter or digit first and last");
        }
        if (metadata.team() != null && !metadata.team().equals(team.value())) {
            place.at("team")
                    .fault(
                            Fault.Kind.CONTRADICTION,
                            "'%s', the path says '%s'".formatted(MusterException.shown(metadata.team()), team));
        }
    }

    private static List<Need> needs(Place place, @Nullable List<DependencySpec> sent) {
        List<DependencySpec> list = place.bounded(sent, Limits.DEPENDENCIES);
        List<Need> needs = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            DependencySpec one = list.get(i);
            if (one.job() == null || one.job().isBlank()) {
                place.at(i).at("job").required("the id or the name of a job");
                continue;
            }
            Dependency.Condition on = Dependency.Condition.SUCCEEDED;
            if (one.on() != null) {
                try {
                    on = Dependency.Condition.valueOf(one.on());
                } catch (IllegalArgumentException e) {
                    place.at(i).at("on").bad(one.on(), "SUCCEEDED, FINISHED or FAILED");
                }
            }
            needs.add(new Need(one.job(), on, Boolean.TRUE.equals(one.sameIndex())));
        }
        return needs;
    }

    private static @Nullable Duration positive(Place place, @Nullable String sent) {
        Duration duration = place.read(sent, DurationText::parse);
        if (duration != null && duration.isZero()) {
            place.fault(
                    Fault.Kind.BAD_VALUE, "'%s': expected more than 0".formatted(sent), "Leave it out for no limit");
        }
        return duration;
    }
}
