package dev.muster.cli.screen;

/** For people, or for programs: then the wire's own objects. */
public enum Output {
    TABLE,
    JSON,
    YAML
}
