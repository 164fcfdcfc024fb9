package dev.muster.kubernetes.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupStatusesTest {
    @Test
    void a_status_in_yaml_says_which_groups_back_off_and_why() {
        assertThat(GroupStatuses.backingOff("""
                        time: "2026-07-26 10:00:00 +0000 UTC"
                        autoscalerStatus: Running
                        clusterWide:
                          scaleUp: {status: InProgress}
                        nodeGroups:
                        - name: eks-spot-1
                          health: {status: Healthy, minSize: 0, maxSize: 40}
                          scaleUp:
                            status: Backoff
                            backoffInfo:
                              errorCode: OutOfResource
                              errorMessage: |
                                no spot
                                capacity
                        - name: eks-steady-1
                          scaleUp: {status: NoActivity}
                          scaleDown: {status: CandidatesPresent, candidates: 3}
                        - name: eks-spot-2
                          scaleUp: {status: Backoff}
                        """))
                .containsExactly(
                        Map.entry("eks-spot-1", "OutOfResource: no spot capacity"), Map.entry("eks-spot-2", ""));
    }

    @Test
    void so_does_the_text_of_older_ones() {
        assertThat(GroupStatuses.backingOff("""
                        Cluster-autoscaler status at 2023-07-26 10:00:00 +0000 UTC:
                        Cluster-wide:
                          Health:      Healthy (ready=3 unready=0 registered=3)
                          ScaleUp:     Backoff (ready=3 registered=3)
                          ScaleDown:   NoCandidates (candidates=0)

                        NodeGroups:
                          Name:        https://example.org/zones/b/instanceGroups/mig-a
                            Health:      Healthy (ready=1 cloudProviderTarget=3 (minSize=0, maxSize=5))
                            ScaleUp:     Backoff (ready=1 cloudProviderTarget=3)
                            ScaleDown:   NoCandidates (candidates=0)
                          Name:        mig-b
                            ScaleUp:     NoActivity (ready=2 cloudProviderTarget=2)
                        """))
                .containsExactly(Map.entry("https://example.org/zones/b/instanceGroups/mig-a", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "nodeGroups: 7", "nodeGroups: [{name: 1, scaleUp: Backoff}, 3]", "{", "- a", "a: b: c"
            })
    void what_cannot_be_read_says_nothing(String status) {
        assertThat(GroupStatuses.backingOff(status)).isEmpty();
    }
}
