package dev.muster.controlplane;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Volcano from its chart, on K3s in a container, keeps what Muster relies on. */
@ExtendWith(K3sVolcanoClusterIT.WhereThereAreContainers.class)
class K3sVolcanoClusterIT extends VolcanoContract {
    K3sVolcanoClusterIT(K3sCluster cluster) {
        super(cluster);
    }

    static final class WhereThereAreContainers implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String lacks = K3sCluster.lacks();
            return lacks.isEmpty()
                    ? ConditionEvaluationResult.enabled("a container engine and Volcano's chart are there")
                    : ConditionEvaluationResult.disabled(lacks);
        }
    }
}
