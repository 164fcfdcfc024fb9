package dev.muster.cli.scenario;

/** One field of a scenario file, as reader, schema and docs/scenarios.md know it. {@code standard}: what holds where it is not said. */
record Field(String name, Form form, boolean needed, String standard, String meaning) {
    static Field needed(String name, Form form, String meaning) {
        return new Field(name, form, true, "needed", meaning);
    }

    static Field of(String name, Form form, String standard, String meaning) {
        return new Field(name, form, false, standard, meaning);
    }

    /** A row of the documentation's table. */
    String row() {
        return "| `%s` | %s | %s | %s |".formatted(name, form.words(), standard, meaning);
    }
}
