package dev.muster.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of Spark in an image: what Muster does for an application depends on its first two numbers. */
public record SparkVersion(int major, int minor) {
    private static final Pattern VERSION =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(\\.\\d{1,3})?([-+.][-+.A-Za-z0-9]{1,40})?");

    /** Before it there are no pod templates, without which executors cannot be held for their gang. */
    public static final SparkVersion OLDEST = new SparkVersion(3, 0);

    /** @throws IllegalArgumentException where it is no version, or one that is too old */
    public static SparkVersion parse(String text) {
        Matcher numbers = VERSION.matcher(text);
        if (!numbers.matches()) {
            throw new IllegalArgumentException("'%s': expected a version of Spark, such as 3.5.6"
                    .formatted(text.length() > 40 ? text.substring(0, 40) + "…" : text));
        }
        SparkVersion version = new SparkVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
        if (!version.isAtLeast(OLDEST.major, OLDEST.minor)) {
            throw new IllegalArgumentException("'%s': expected Spark 3.0 or newer".formatted(text));
        }
        return version;
    }

    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }
}
