package dev.muster.template;

import dev.muster.quota.name.Names;

/** The name of a template, unique within its team. */
public record TemplateName(String value) implements Comparable<TemplateName> {
    public TemplateName {
        if (!Names.isLabel(value)) {
            throw new IllegalArgumentException(
                    "Bad template name '%s': expected 1 to 63 characters of a-z, 0-9 and '-', letter or digit first and last"
                            .formatted(value.length() > 80 ? value.substring(0, 80) + "…" : value));
        }
    }

    @Override
    public int compareTo(TemplateName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
