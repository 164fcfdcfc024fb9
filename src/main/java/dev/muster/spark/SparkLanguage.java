package dev.muster.spark;

/** What an application is written in; those that run beside the JVM need more memory outside of it. */
public enum SparkLanguage {
    JAVA("Java", 0.1),
    SCALA("Scala", 0.1),
    PYTHON("Python", 0.4),
    R("R", 0.4);

    private final String word;
    private final double overheadFactor;

    SparkLanguage(String word, double overheadFactor) {
        this.word = word;
        this.overheadFactor = overheadFactor;
    }

    public String word() {
        return word;
    }

    public boolean isOfTheJvm() {
        return this == JAVA || this == SCALA;
    }

    double overheadFactor() {
        return overheadFactor;
    }

    /** @throws IllegalArgumentException where there is none of that name */
    public static SparkLanguage parse(String text) {
        for (SparkLanguage language : values()) {
            if (language.word.equals(text)) {
                return language;
            }
        }
        throw new IllegalArgumentException("'%s': expected Java, Scala, Python or R"
                .formatted(text.length() > 40 ? text.substring(0, 40) + "…" : text));
    }
}
