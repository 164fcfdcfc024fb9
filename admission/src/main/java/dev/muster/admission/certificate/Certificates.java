package dev.muster.admission.certificate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The authorities that clients are told to trust, newest first, and what the webhook shows. At least one authority. */
public record Certificates(List<Pair> authorities, Pair serving) {
    private static final String SERVING = "tls";

    public Certificates {
        authorities = List.copyOf(authorities);
    }

    /** What goes into {@code caBundle}. */
    public String bundle() {
        return authorities.stream().map(Pair::certificatePem).collect(Collectors.joining());
    }

    /** As the data of a Secret. */
    public Map<String, String> data() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("ca.crt", bundle());
        put(data, SERVING, serving);
        for (int i = 0; i < authorities.size(); i++) {
            put(data, name(i), authorities.get(i));
        }
        return data;
    }

    /** Empty where the data is not what {@link #data} gives: then they are made anew. */
    public static Optional<Certificates> of(Map<String, String> data) {
        try {
            List<Pair> authorities = new ArrayList<>();
            for (int i = 0; data.containsKey(name(i) + ".crt"); i++) {
                authorities.add(pair(data, name(i)));
            }
            return authorities.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Certificates(authorities, pair(data, SERVING)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String name(int authority) {
        return "authority-" + authority;
    }

    private static void put(Map<String, String> data, String name, Pair pair) {
        data.put(name + ".crt", pair.certificatePem());
        data.put(name + ".key", pair.keyPem());
    }

    private static Pair pair(Map<String, String> data, String name) {
        return Pair.of(text(data.get(name + ".crt")), text(data.get(name + ".key")));
    }

    private static String text(@Nullable String found) {
        if (found == null) {
            throw new IllegalArgumentException("A key of the Secret is missing");
        }
        return found;
    }
}
