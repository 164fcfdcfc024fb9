package dev.muster.web;

/** How much of anything one request may hold. Generous for people, a wall for mistakes; docs/api.md states them. */
final class Limits {
    static final int JOBS_IN_A_BATCH = 10_000;
    static final int ROLES = 32;
    static final int PODS_OF_A_JOB = 10_000;
    static final int RESOURCE_NAMES = 16;
    static final int ARGUMENTS = 1_000;
    static final int ARGUMENT_CHARACTERS = 128 * 1024;
    static final int IMAGE_CHARACTERS = 512;
    static final int VARIABLES = 500;
    static final int VARIABLE_CHARACTERS = 32 * 1024;
    static final int SECRETS = 100;
    static final int VOLUMES = 32;
    static final int PATH_CHARACTERS = 1_024;
    static final int LABELS = 64;
    static final int ANNOTATION_CHARACTERS = 16 * 1024;
    static final int TOLERATIONS = 32;
    static final int AFFINITY_TERMS = 32;
    static final int AFFINITY_EXPRESSIONS = 16;
    static final int AFFINITY_VALUES = 256;
    static final int RETRY_RULES = 32;
    static final int DEPENDENCIES = 100;
    static final int CALLBACKS = 10;
    static final int ARTIFACTS = 20;
    static final int TEMPLATES = 8;
    static final int LOCKS = 200;
    static final int MEMBERS = 1_000;
    static final int ROLE_DEFAULTS = 32;
    static final int TAINTS = 32;
    static final int NODES_OF_A_POOL = 100_000;
    static final int PAGE = 1_000;
    static final int USUAL_PAGE = 100;
    static final int DESCRIPTION_CHARACTERS = 1_024;

    private Limits() {}
}
