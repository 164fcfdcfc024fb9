package dev.muster.spark;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the driver's pod runs: {@code spark-submit} in client mode, whose executors then appear by Spark's own hand. Where there is
 * no Kubernetes, as in a pool of local processes, Spark computes in the driver's process alone, and says so.
 */
final class SparkDriver {
    /** Told to the driver by the cluster that it runs in: how its executors' pods begin. */
    private static final String TEMPLATE = "MUSTER_EXECUTOR_TEMPLATE";

    /** Where images of Spark have it; a file below it is looked for in the Spark that is there. */
    private static final String HOME = "/opt/spark/";

    private static final Set<String> FILES =
            Set.of("spark.jars", "spark.files", "spark.submit.pyFiles", "spark.archives");

    private SparkDriver() {}

    static List<String> command(SparkJob job) {
        return List.of("/bin/sh", "-c", script(job), "spark");
    }

    static String script(SparkJob job) {
        int tasks = job.executors().initial() * job.executor().cores();
        return """
                set -eu
                submit="${SPARK_HOME:-/opt/spark}/bin/spark-submit"
                [ -x "$submit" ] || submit=spark-submit
                main=%s
                if [ -z "${KUBERNETES_SERVICE_HOST:-}" ]; then
                  there="${SPARK_HOME:-}"
                  if [ -z "$there" ]; then
                    found=$(dirname "$(command -v spark-submit || echo /opt/spark/bin/spark-submit)")
                    there=$(python3 "$found/find_spark_home.py" 2>/dev/null || dirname "$found")
                  fi
                  case "$main" in
                    local://%s*) main="$there/${main#local://%s}" ;;
                    local://*) main="${main#local://}" ;;
                  esac
                  echo "muster: no Kubernetes here: Spark computes in this one process, local[%d]; its %d executors are simulated"
                  exec "$submit" --master "local[%d]" --name "$MUSTER_JOB_NAME" --driver-memory %s \\
                  --conf "spark.ui.port=${MUSTER_PAGE_PORT:-4040}" \\
                %s%s  "$main" "$@"
                fi
                own=/var/run/secrets/kubernetes.io/serviceaccount
                host="$MASTER_ADDR"
                [ "$host" != localhost ] || host=$(hostname -i)
                printf '%%s' "$%s" > /tmp/executor.json
                exec "$submit" \\
                  --master "k8s://https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT" \\
                  --deploy-mode client --name "$MUSTER_JOB_NAME" \\
                  --conf "spark.app.id=$MUSTER_ATTEMPT" \\
                  --conf "spark.driver.host=$host" \\
                  --conf "spark.kubernetes.namespace=$(cat $own/namespace)" \\
                  --conf "spark.kubernetes.driver.pod.name=$MUSTER_ATTEMPT-driver-0" \\
                  --conf "spark.kubernetes.executor.podNamePrefix=$MUSTER_ATTEMPT" \\
                  --conf spark.kubernetes.executor.podTemplateFile=/tmp/executor.json \\
                %s%s%s  "$main" "$@"
                """.formatted(
                        file(job.mainApplicationFile()),
                        HOME,
                        HOME,
                        tasks,
                        job.executors().initial(),
                        tasks,
                        SparkSize.text(job.driver().memory()),
                        settings(SparkConf.anywhere(job)),
                        mainClass(job),
                        TEMPLATE,
                        job.image() != null ? "" : "  --conf \"spark.kubernetes.container.image=$MUSTER_IMAGE\" \\\n",
                        settings(SparkConf.of(job)),
                        mainClass(job));
    }

    private static String mainClass(SparkJob job) {
        return job.mainClass() == null ? "" : "  --class " + quoted(job.mainClass()) + " \\\n";
    }

    private static String settings(Map<String, String> conf) {
        return conf.entrySet().stream().map(SparkDriver::setting).collect(Collectors.joining());
    }

    private static String setting(Map.Entry<String, String> setting) {
        if (!FILES.contains(setting.getKey())) {
            return "  --conf " + quoted(setting.getKey() + "=" + setting.getValue()) + " \\\n";
        }
        String files =
                Stream.of(setting.getValue().split(",")).map(SparkDriver::file).collect(Collectors.joining(","));
        return "  --conf " + setting.getKey() + "=" + files + " \\\n";
    }

    /** What the job itself brings along lies where the pod is told; the driver serves it to its executors. */
    private static String file(String file) {
        return file.startsWith(SparkJob.ARTIFACT)
                ? "\"$MUSTER_ARTIFACTS\"/" + quoted(file.substring(SparkJob.ARTIFACT.length()))
                : quoted(file);
    }

    /** One word to a shell, whatever is in it. */
    static String quoted(String text) {
        return text.matches("[-A-Za-z0-9_./:=,@+]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
