package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.api.Job;
import dev.muster.api.JobBatch;
import dev.muster.api.OfferingStatus;
import dev.muster.api.Pool;
import dev.muster.problem.Code;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void a_job_is_read() {
        Job job = (Job) read(
                "{'metadata':{'name':'a'},'spec':{'roles':[{'name':'w','resources':{'cpu':4,'memory':'1Gi'}}],"
                        + "'notBefore':'2026-01-31T12:00:00Z'}}",
                Job.class);

        assertThat(job.spec().roles().get(0).resources()).containsEntry("cpu", "4");
    }

    @Test
    void all_unknown_fields_are_told_at_once_with_what_was_meant() {
        MusterException refused = refusal(
                "{'metadata':{'name':'a','lables':{}},'spec':{'roles':[{'name':'w','imgae':'x'}],'zzz':[1,{'a':2}]}}",
                Job.class);

        assertThat(refused.code()).isEqualTo(Code.UNKNOWN_FIELD);
        assertThat(refused.faults())
                .extracting(Fault::pointer)
                .containsExactly("/metadata/lables", "/spec/roles/0/imgae", "/spec/zzz");
        assertThat(refused.hints()).contains("Did you mean 'labels'?", "Did you mean 'image'?");
    }

    /** What Java says of a number that is none is no answer. */
    @ParameterizedTest
    @ValueSource(strings = {"'often'", "{}", "[]", "true"})
    void a_fraction_that_is_wrong_is_told_like_any_other(String wrong) {
        MusterException refused = refusal(
                "{'name':'o','breaker':'CLOSED','success':1.0,'deadline':60,'interruptionsPerNodeHour':" + wrong + "}",
                OfferingStatus.class);

        assertThat(refused.code()).isEqualTo(Code.MALFORMED);
        assertThat(refused.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/interruptionsPerNodeHour");
            assertThat(fault.detail()).contains("a number").doesNotContain("java", "null");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'spec':{'roles':{}}}                              | /spec/roles                | a list
            {'spec':{'roles':[{'count':'3'}]}}                 | /spec/roles/0/count        | a whole number
            {'spec':{'roles':[{'count':1.5}]}}                 | /spec/roles/0/count        | a whole number
            {'spec':{'roles':[{'count':99999999999}]}}         | /spec/roles/0/count        | 32 bits
            {'spec':{'roles':[{'leader':'yes'}]}}              | /spec/roles/0/leader       | true or false
            {'spec':{'roles':[{'image':true}]}}                | /spec/roles/0/image        | a text
            {'spec':{'roles':[{'image':{}}]}}                  | /spec/roles/0/image        | a text
            {'spec':{'notBefore':'soon'}}                      | /spec/notBefore            | a time
            {'spec':{'notBefore':12}}                          | /spec/notBefore            | a time
            {'spec':[]}                                        | /spec                      | an object
            {'spec':{'roles':[null]}}                          | /spec/roles                | null
            {'spec':{'roles':[{'env':{'a':null}}]}}            | /spec/roles/0/env/a        | null
            """)
    void a_wrong_type_is_told_with_its_place(String json, String pointer, String expected) {
        MusterException refused = refusal(json, Job.class);

        assertThat(refused.code()).isEqualTo(Code.MALFORMED);
        assertThat(refused.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).startsWith(pointer);
            assertThat(fault.detail()).contains(expected);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `` | empty
            null | null
            {'metadata':{'name':'a' | ends in the middle
            {'metadata':{'name':'a'}} x | token
            {'metadata':{'name':'a'},'metadata':{}} | Duplicate
            {'metadata':{'name':'a\\u0000b'}} | cannot
            {'metadata':{'name':'a\\ud800b'}} | cannot
            {'metadata':{'name':NaN}} | token
            """)
    void a_broken_text_is_refused(String json, String expected) {
        MusterException refused = refusal(json, Job.class);

        assertThat(refused.code()).isEqualTo(Code.MALFORMED);
        assertThat(refused.getMessage()).contains(expected).doesNotContain("com.fasterxml", "dev.muster", "StreamRead");
    }

    @Test
    void a_backslash_before_u_and_a_pair_of_surrogates_are_text() {
        Job job = (Job) read("{'metadata':{'name':'\\\\u0000 \\ud83d\\ude00 \\u00e9'}}", Job.class);

        assertThat(job.metadata().name()).isEqualTo("\\u0000 \uD83D\uDE00 \u00e9");
    }

    @Test
    void deep_json_is_refused() {
        String deep = "[".repeat(100_000);

        assertThat(refusal("{'spec':" + deep, Job.class).getMessage()).contains("depth");
        assertThat(refusal("{'zzz':" + "{'a':".repeat(5_000), Job.class).getMessage())
                .contains("depth");
    }

    @Test
    void a_name_of_a_megabyte_is_refused_without_being_repeated() {
        MusterException refused = refusal("{'metadata':{'name':'" + "x".repeat(1_000_000) + "'}}", Job.class);

        assertThat(refused.faults()).extracting(Fault::pointer).containsExactly("/metadata/name");
        assertThat(refused.getMessage()).contains("262144").hasSizeLessThan(300);
        assertThat(refusal("{'" + "x".repeat(1_000_000) + "':1}", Job.class).getMessage())
                .hasSizeLessThan(300);
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused_with_their_place() {
        byte[] overlong = "{\"metadata\":{\"name\":\"..\"}}".getBytes(StandardCharsets.UTF_8);
        overlong[21] = (byte) 0xC0;
        overlong[22] = (byte) 0xAF;

        MusterException refused =
                catchThrowableOfType(MusterException.class, () -> StrictJson.read(overlong, Job.class));

        assertThat(refused.code()).isEqualTo(Code.MALFORMED);
        assertThat(refused.getMessage()).contains("byte 21", "0xC0");
    }

    @Test
    void a_primitive_that_is_wrong_is_told_like_any_other() {
        assertThat(refusal("{'metadata':{'name':'p'},'spec':{'nodes':'many','resources':{}}}", Pool.class)
                        .faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/spec/nodes"));
    }

    @Test
    void faults_in_a_batch_say_which_job() {
        assertThat(refusal("{'jobs':[{'metadata':{}},{'metadata':{'x':1}}]}", JobBatch.class)
                        .faults())
                .extracting(Fault::pointer)
                .containsExactly("/jobs/1/metadata/x");
    }

    private static Object read(String json, Class<?> type) {
        return StrictJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), type);
    }

    private static MusterException refusal(String json, Class<?> type) {
        return catchThrowableOfType(MusterException.class, () -> read(json, type));
    }
}
