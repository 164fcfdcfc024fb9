package dev.muster.access;

import dev.muster.rights.Duty;
import dev.muster.rights.Grant;
import dev.muster.rights.Scope;
import dev.muster.rights.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which duties the groups of an identity provider give: lines {@code GROUP=DUTY SCOPE}, as {@code vision-dev=submitter team/vision}.
 * A group may stand in several lines; what stands in none gives nothing.
 */
record GroupDuties(Map<String, List<Given>> byGroup) {

    /** A duty, and what it is held for. */
    record Given(Duty duty, Scope scope) {}

    /** @throws IllegalArgumentException for a line that says nothing of the kind; it names the line */
    static GroupDuties parse(List<String> lines) {
        Map<String, List<Given>> byGroup = new LinkedHashMap<>();
        lines.forEach(line -> {
            // Groups may hold an equals sign (cn=dev), duties and scopes hold none.
            int at = line.lastIndexOf('=');
            String[] words = line.substring(at + 1).strip().split("\\s+");
            if (at < 1 || words.length != 2) {
                throw bad(line, "GROUP=DUTY SCOPE, such as vision-dev=submitter team/vision", null);
            }
            byGroup.computeIfAbsent(line.substring(0, at).strip(), group -> new ArrayList<>())
                    .add(given(line, words[0], words[1]));
        });
        return new GroupDuties(byGroup);
    }

    /** What the groups give to somebody, each once. */
    List<Grant> of(Subject subject, Collection<String> groups) {
        return Set.copyOf(groups).stream()
                .flatMap(group -> byGroup.getOrDefault(group, List.of()).stream())
                .distinct()
                .map(given -> new Grant(subject, given.duty(), given.scope()))
                .toList();
    }

    private static Given given(String line, String duty, String scope) {
        try {
            Given given = new Given(Duty.valueOf(duty.toUpperCase(Locale.ROOT).replace('-', '_')), Scope.parse(scope));
            if (given.duty().goesWith(given.scope().kind())) {
                return given;
            }
        } catch (IllegalArgumentException e) {
            throw bad(line, "a duty of docs/rights.md, and *, team/NAME or queue/NAME", e);
        }
        throw bad(line, "a duty that can be held for such a scope", null);
    }

    private static IllegalArgumentException bad(String line, String expected, @Nullable Exception cause) {
        return new IllegalArgumentException("Bad line '%s' of duties: expected %s".formatted(line, expected), cause);
    }
}
