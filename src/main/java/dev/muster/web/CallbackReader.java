package dev.muster.web;

import dev.muster.api.CallbackSpec;
import dev.muster.callback.Addresses;
import dev.muster.job.Callback;
import dev.muster.job.JobState;
import dev.muster.problem.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses that are told of a job's moves, between the wire and the domain. */
final class CallbackReader {
    private static final List<JobState> ENDED =
            Arrays.stream(JobState.values()).filter(JobState::isFinal).toList();

    private CallbackReader() {}

    static List<Callback> read(Place place, @Nullable List<CallbackSpec> sent) {
        List<Callback> callbacks = new ArrayList<>();
        List<CallbackSpec> list = place.bounded(sent, Limits.CALLBACKS);
        for (int i = 0; i < list.size(); i++) {
            CallbackSpec one = list.get(i);
            Place at = place.at(i);
            if (one.url() == null) {
                at.at("url").required("an address such as https://example.com/hook");
                continue;
            }
            String url = at.at("url").read(one.url(), Addresses::wellFormed);
            List<JobState> on = one.on() == null ? ENDED : states(at.at("on"), one.on());
            if (url != null) {
                callbacks.add(new Callback(url, on));
            }
        }
        return callbacks;
    }

    static List<CallbackSpec> words(List<Callback> callbacks) {
        return callbacks.stream()
                .map(one -> new CallbackSpec(
                        one.url(), one.on().stream().map(JobState::name).toList()))
                .toList();
    }

    private static List<JobState> states(Place place, List<String> sent) {
        List<JobState> states = new ArrayList<>();
        List<String> list = place.bounded(sent, JobState.values().length);
        for (int i = 0; i < list.size(); i++) {
            try {
                states.add(JobState.valueOf(list.get(i)));
            } catch (IllegalArgumentException e) {
                place.at(i).bad(list.get(i), "one of " + Arrays.toString(JobState.values()));
            }
        }
        if (sent.isEmpty()) {
            place.required("states, or nothing for all that end a job");
        }
        return states;
    }
}
