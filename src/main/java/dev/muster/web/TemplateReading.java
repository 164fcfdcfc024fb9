package dev.muster.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.api.JobSpec;
import dev.muster.api.JobTemplate;
import dev.muster.api.JobTemplateSpec;
import dev.muster.api.Metadata;
import dev.muster.api.TemplateRevision;
import dev.muster.postgres.TemplateStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Fault;
import dev.muster.problem.Faults;
import dev.muster.problem.Place;
import dev.muster.quota.name.TeamName;
import dev.muster.template.Template;
import dev.muster.template.TemplateName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Templates as they go over the wire, and as jobs take them. */
@ApplicationScoped
public class TemplateReading {
    private static final Pattern CALLED = Pattern.compile("([a-z0-9-]{1,63})(?:@(\\d{1,9}))?");

    private final TemplateStore store;
    private final ObjectMapper json;

    TemplateReading(TemplateStore store, ObjectMapper json) {
        this.store = store;
        this.json = json;
    }

    /** For the jobs of one request: each template is read once. */
    TemplateMerge merge(TeamName team) {
        Map<String, Optional<TemplateMerge.Source>> known = new HashMap<>();
        return new TemplateMerge(word -> known.computeIfAbsent(word, called -> source(team, called)));
    }

    private Optional<TemplateMerge.Source> source(TeamName team, String called) {
        Matcher matcher = CALLED.matcher(called);
        if (!matcher.matches()
                || matcher.group(1).startsWith("-")
                || matcher.group(1).endsWith("-")) {
            return Optional.empty();
        }
        TemplateName name = new TemplateName(matcher.group(1));
        if (matcher.group(2) == null) {
            return store.find(team, name).map(one -> source(one.value(), one.version()));
        }
        long revision = Long.parseLong(matcher.group(2));
        return store.revisions(team, name, Limits.PAGE).stream()
                .filter(one -> one.number() == revision)
                .findFirst()
                .map(one -> source(one.template(), revision));
    }

    private TemplateMerge.Source source(Template template, long revision) {
        return new TemplateMerge.Source(
                "template %s@%d".formatted(template.name(), revision), job(template), template.locked());
    }

    /** @throws dev.muster.problem.MusterException where something is wrong */
    Template read(JobTemplate sent, TeamName team, TemplateName name) {
        Faults faults = new Faults();
        Place place = Place.root(faults);
        Metadata metadata = sent.metadata();
        Named.check(place, sent.kind(), JobTemplate.KIND, metadata, name.value());
        if (metadata != null && metadata.team() != null && !metadata.team().equals(team.value())) {
            place.at("metadata")
                    .at("team")
                    .fault(Fault.Kind.CONTRADICTION, "'%s', the path says '%s'".formatted(metadata.team(), team));
        }
        Place at = place.at("spec");
        JobTemplateSpec spec = sent.spec();
        if (spec == null || spec.job() == null) {
            at.at("job").required("what jobs get: a part of a job's spec");
            faults.refuseIfAny();
        }
        JobSpec job = Objects.requireNonNull(spec).job();
        if (job.templates() != null) {
            at.at("job")
                    .at("templates")
                    .fault(Fault.Kind.NOT_ALLOWED, "a template takes nothing from others", "Leave it out");
        }
        if (spec.description() != null) {
            at.at("description").tooLong(spec.description(), Limits.DESCRIPTION_CHARACTERS);
        }
        List<String> locked = at.at("locked").bounded(spec.locked(), Limits.LOCKS);
        for (int i = 0; i < locked.size(); i++) {
            if (!TemplateMerge.names(locked.get(i))) {
                at.at("locked")
                        .at(i)
                        .bad(
                                locked.get(i),
                                "a field of a job's spec such as /priorityClass or /roles/driver/image, * for every role");
            }
        }
        faults.refuseIfAny();
        return new Template(team, name, spec.description(), text(job), locked);
    }

    JobTemplate view(Versioned<Template> versioned) {
        Template template = versioned.value();
        return new JobTemplate(
                JobTemplate.KIND,
                new Metadata(
                        template.name().value(),
                        template.team().value(),
                        null,
                        null,
                        null,
                        versioned.version() == 0 ? null : JobView.etag(versioned.version()),
                        versioned.createdAt()),
                spec(template));
    }

    TemplateRevision view(TemplateStore.Revision revision) {
        return new TemplateRevision(revision.number(), spec(revision.template()), revision.actor(), revision.at());
    }

    private JobTemplateSpec spec(Template template) {
        return new JobTemplateSpec(
                template.description(), job(template), template.locked().isEmpty() ? null : template.locked());
    }

    private JobSpec job(Template template) {
        try {
            return json.readValue(template.job(), JobSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was kept of template %s cannot be read".formatted(template.key()), e);
        }
    }

    private String text(JobSpec job) {
        try {
            return json.writeValueAsString(job);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read is always JSON", e);
        }
    }
}
