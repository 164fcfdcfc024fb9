package dev.muster.controlplane;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.batch.v1alpha1.Job;
import io.fabric8.volcano.api.model.bus.v1alpha1.Command;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Volcano's kinds, as definitions made from the model's classes; fields that the model is too old for are kept as they come. */
final class CustomResources {
    private static final Map<String, List<String>> SHORT_NAMES = Map.of(
            "queues", List.of("q", "queue-v1beta1"),
            "podgroups", List.of("pg", "podgroup-v1beta1"),
            "jobs", List.of("vcjob", "vj"));

    private CustomResources() {}

    /** Applies those that the cluster lacks, and waits until it serves them. A cluster's own definitions are left alone. */
    static void apply(KubernetesClient client) {
        for (CustomResourceDefinition definition : definitions()) {
            var named = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(definition.getMetadata().getName());
            if (named.get() == null) {
                client.resource(definition).create();
            }
            named.waitUntilCondition(CustomResources::isServed, 30, TimeUnit.SECONDS);
        }
    }

    static List<CustomResourceDefinition> definitions() {
        Collected collected = new Collected();
        List<Class<? extends HasMetadata>> kinds = List.of(Queue.class, PodGroup.class, Job.class, Command.class);
        new CRDGenerator()
                .withParallelGenerationEnabled(false)
                .withImplicitPreserveUnknownFields(true)
                .customResourceClasses(kinds)
                .withPostProcessor(collected)
                .withOutput(collected)
                .detailedGenerate();
        return collected.definitions;
    }

    /** A PodGroup has no status of its own endpoint: spec and status are written through the same one. */
    private static CustomResourceDefinition asVolcanoHasIt(CustomResourceDefinition definition) {
        String plural = definition.getSpec().getNames().getPlural();
        CustomResourceDefinitionBuilder builder = new CustomResourceDefinitionBuilder(definition);
        if (plural.equals("podgroups")) {
            builder.editSpec()
                    .editFirstVersion()
                    .withSubresources(null)
                    .endVersion()
                    .endSpec();
        }
        return builder.editSpec()
                .editNames()
                .withShortNames(SHORT_NAMES.getOrDefault(plural, List.of()))
                .endNames()
                .endSpec()
                .build();
    }

    private static boolean isServed(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    /** Takes the definitions before the generator writes files, which go nowhere. */
    private static final class Collected implements CRDPostProcessor, CRDGenerator.CRDOutput<OutputStream> {
        private final List<CustomResourceDefinition> definitions = new ArrayList<>();

        @Override
        public HasMetadata process(HasMetadata made, String version) {
            definitions.add(asVolcanoHasIt((CustomResourceDefinition) made));
            return made;
        }

        @Override
        public OutputStream outputFor(String name) {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void close() {}
    }
}
