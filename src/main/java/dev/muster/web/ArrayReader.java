package dev.muster.web;

import dev.muster.api.ArraySpec;
import dev.muster.job.ArrayPlace;
import dev.muster.job.ArrayRequest;
import dev.muster.job.JobRequest;
import dev.muster.problem.Fault;
import dev.muster.problem.Place;
import dev.muster.quota.name.JobId;
import dev.muster.schedule.Filling;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The children of an array: so many from 0, or numbers and ranges of them. */
final class ArrayReader {
    private static final String EXPECTED = "numbers and ranges such as 0-99, 1,5,9 or 0-90:10, each from 0 to 999999";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6})(?::(\\d{1,6}))?)?");
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_TEXT = 10_000;
    private static final ArrayPlace ANY = new ArrayPlace(new JobId("0".repeat(26)), 0, 1, null);

    private ArrayReader() {}

    /** Null where none was asked for, or there was a fault. */
    static @Nullable ArrayRequest read(Place place, @Nullable ArraySpec sent, String name) {
        if (sent == null) {
            return null;
        }
        Integer parallelism = sent.parallelism();
        if (parallelism != null && parallelism < 1) {
            place.at("parallelism").bad(parallelism, "1 or more, or nothing for all at once");
        }
        List<Integer> indices = indices(place, sent);
        if (indices == null) {
            return null;
        }
        String longest = name + "-" + indices.get(indices.size() - 1);
        if (longest.length() > LONGEST_NAME) {
            place.fault(
                    Fault.Kind.BAD_VALUE,
                    "its child '%s' has a name of %d characters: expected at most %d"
                            .formatted(longest, longest.length(), LONGEST_NAME),
                    "Give the array a shorter name");
        }
        return new ArrayRequest(indices, parallelism);
    }

    /** Placeholders of an array that are none. */
    static void checkWords(Place spec, JobRequest request) {
        if (request.array() == null) {
            return;
        }
        Filling.job(request, request.name(), (pointer, text) -> {
            try {
                return ANY.fill(text);
            } catch (IllegalArgumentException e) {
                Place at = spec;
                if (pointer.startsWith("/spec/")) {
                    for (String step : pointer.substring("/spec/".length()).split("/")) {
                        at = at.at(step);
                    }
                }
                at.fault(Fault.Kind.BAD_VALUE, String.valueOf(e.getMessage()));
                return text;
            }
        });
    }

    private static @Nullable List<Integer> indices(Place place, ArraySpec sent) {
        Integer size = sent.size();
        String text = sent.indices();
        if ((size == null) == (text == null)) {
            place.fault(
                    Fault.Kind.REQUIRED,
                    size == null ? "expected a size, or indices" : "expected a size or indices, not both");
            return null;
        }
        if (size != null) {
            if (size < 1 || size > Limits.JOBS_IN_A_BATCH) {
                place.at("size").bad(size, "1 to %d children".formatted(Limits.JOBS_IN_A_BATCH));
                return null;
            }
            return IntStream.range(0, size).boxed().toList();
        }
        return ranges(place.at("indices"), text);
    }

    private static @Nullable List<Integer> ranges(Place place, String text) {
        Collection<Integer> all = new TreeSet<>();
        if (text.length() > LONGEST_TEXT) {
            place.fault(
                    Fault.Kind.TOO_MANY, "%d characters: expected at most %d".formatted(text.length(), LONGEST_TEXT));
            return null;
        }
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                place.bad(part, EXPECTED);
                return null;
            }
            int from = Integer.parseInt(range.group(1));
            int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
            int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
            if (to < from || step < 1) {
                place.bad(part, EXPECTED);
                return null;
            }
            for (int index = from; index <= to; index += step) {
                if (!all.add(index)) {
                    place.fault(Fault.Kind.BAD_VALUE, "index %d is there twice: expected each once".formatted(index));
                    return null;
                }
                if (all.size() > Limits.JOBS_IN_A_BATCH) {
                    place.fault(
                            Fault.Kind.TOO_MANY,
                            "more than %d children: expected at most that many".formatted(Limits.JOBS_IN_A_BATCH),
                            "Submit several arrays");
                    return null;
                }
            }
        }
        return List.copyOf(all);
    }
}
