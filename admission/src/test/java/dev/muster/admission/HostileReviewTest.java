package dev.muster.admission;

import static dev.muster.admission.Asked.toCreate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no API server sends is refused clearly, and nothing that a user can write breaks the rules. */
class HostileReviewTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                                                    | expected a JSON object
            []                                                    | expected a JSON object
            {                                                     | Bad review: Unexpected end-of-input
            {'a':1,'a':2}                                         | Duplicate field 'a'
            {'kind':'Pod'}                                        | Bad review of kind 'Pod' and apiVersion '': expected AdmissionReview and admission.k8s.io/v1
            {'kind':'AdmissionReview','apiVersion':'admission.k8s.io/v1beta1'} | apiVersion 'admission.k8s.io/v1beta1'
            {'kind':'AdmissionReview','apiVersion':'admission.k8s.io/v1'} | uid is missing
            {'kind':'AdmissionReview','apiVersion':'admission.k8s.io/v1','request':{'uid':7}} | uid is missing
            {'kind':'AdmissionReview','apiVersion':'admission.k8s.io/v1','request':{'uid':'u','operation':'CREATE'}} | username is missing
            {'kind':'AdmissionReview','apiVersion':'admission.k8s.io/v1','request':{'uid':'u','operation':'CREATE','userInfo':{'username':'x'},'resource':{'group':'','resource':'pods'}}} | request.object is missing
            """)
    void what_is_no_review_is_told_what_was_expected(String body, String message) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Asked.ADMISSION.mutate(bytes, Asked.CATALOGUE))
                .isInstanceOf(BadReview.class)
                .satisfies(e -> assertThat(e.getMessage().replace('"', '\'')).contains(message));
    }

    @Test
    void a_review_of_great_depth_is_refused() {
        byte[] deep = ("[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Asked.ADMISSION.mutate(deep, Asked.CATALOGUE))
                .isInstanceOf(BadReview.class)
                .hasMessageContaining("depth");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            POD         | {'metadata':null,'spec':null}
            POD         | {'metadata':{'labels':[],'annotations':7},'spec':[]}
            POD         | {'metadata':{'labels':{'muster.dev/queue':7}},'spec':{'tolerations':{},'schedulingGates':'x','affinity':[]}}
            JOB         | {'spec':{'parallelism':'many','template':7}}
            JOB         | {'spec':{'template':{'spec':{'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[7,null,{}]}}}}}}}
            VOLCANO_JOB | {'spec':{'tasks':[7,{'replicas':99999999999999999999}]}}
            VOLCANO_JOB | {'spec':{'tasks':{'a':7}}}
            POD_GROUP   | {'spec':{'minMember':1.5}}
            """)
    void shapes_that_no_schema_allows_are_answered(Kind kind, String object) {
        assertThat(toCreate(kind, object).mutated().response().has("allowed")).isTrue();
    }

    @Test
    void long_and_dirty_values_are_shown_short_and_clean() {
        String longName = "q".repeat(5_000) + "\\u0007\\n";
        String message = toCreate(Kind.POD, "{'metadata':{'labels':{'muster.dev/queue':'" + longName + "'}},'spec':{}}")
                .mutated()
                .message();
        assertThat(message).hasSizeLessThan(400).contains("… (5002 characters)");
    }

    @Test
    void a_thousand_terms_are_refused_and_not_multiplied() {
        String terms = "{'matchExpressions':[{'key':'k','operator':'Exists'}]},".repeat(1_000);
        assertThat(toCreate(
                                Kind.POD,
                                "{'metadata':{'name':'p'},'spec':{'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':["
                                        + terms.substring(0, terms.length() - 1) + "]}}}}}")
                        .mutated()
                        .message())
                .contains("2000 together with its team's: expected at most 256");
    }
}
