package dev.muster.cli.simulate;

import dev.muster.cli.scenario.Part;
import dev.muster.simulation.site.AutoscalerSpec;
import java.util.List;

/** Which autoscaler, and its flags where they are not the standard: a word, or {@code {kind: …, removeAfter: …}}. */
final class AutoscalerPart {
    private static final List<String> KINDS = List.of("none", "cluster-autoscaler", "karpenter");

    private AutoscalerPart() {}

    static AutoscalerSpec of(Part part) {
        if (!part.isMapping()) {
            return standard(part.word(KINDS));
        }
        Words words = new Words(part.fields(
                "kind",
                "removeAfter",
                "delayAfterAdd",
                "delayAfterFailure",
                "localDelay",
                "backoff",
                "longestBackoff",
                "forgetBackoff",
                "provisionTimeout",
                "failureNews"));
        if (!words.has("kind")) {
            throw part.wrong("%s has no 'kind'".formatted(part.path()), "Expected one of " + String.join(", ", KINDS));
        }
        AutoscalerSpec usual = standard(words.part("kind").word(KINDS));
        return new AutoscalerSpec(
                usual.kind(),
                words.length("removeAfter", usual.removeAfter()),
                words.length("delayAfterAdd", usual.delayAfterAdd()),
                words.length("delayAfterFailure", usual.delayAfterFailure()),
                words.flag("localDelay", usual.localDelay()),
                words.length("backoff", usual.backoff()),
                words.length("longestBackoff", usual.longestBackoff()),
                words.length("forgetBackoff", usual.forgetBackoff()),
                words.length("provisionTimeout", usual.provisionTimeout()),
                words.length("failureNews", usual.failureNews()));
    }

    private static AutoscalerSpec standard(String kind) {
        return switch (kind) {
            case "cluster-autoscaler" -> AutoscalerSpec.CLUSTER_AUTOSCALER;
            case "karpenter" -> AutoscalerSpec.KARPENTER;
            default -> AutoscalerSpec.NONE;
        };
    }
}
