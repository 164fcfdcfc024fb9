package dev.muster.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** An answer as text, so that it can be kept and given once more. */
final class AnswerText {
    private AnswerText() {}

    static String of(Object answer, ObjectMapper json) {
        try {
            return json.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What is answered is always JSON", e);
        }
    }
}
