package dev.muster.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.api.Problem;
import org.jspecify.annotations.Nullable;

/** A problem as it goes over the wire, for what answers before or beside the REST framework. */
public record ProblemText(int status, String json) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    public static ProblemText of(MusterException thrown, String instance, @Nullable String traceId) {
        Problem problem = Problems.problem(thrown, instance, traceId);
        try {
            return new ProblemText(problem.status(), MAPPER.writeValueAsString(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem is always JSON", e);
        }
    }
}
