set -eu
submit="${SPARK_HOME:-/opt/spark}/bin/spark-submit"
[ -x "$submit" ] || submit=spark-submit
main=local:///opt/spark/examples/src/main/python/pi.py
if [ -z "${KUBERNETES_SERVICE_HOST:-}" ]; then
  there="${SPARK_HOME:-}"
  if [ -z "$there" ]; then
    found=$(dirname "$(command -v spark-submit || echo /opt/spark/bin/spark-submit)")
    there=$(python3 "$found/find_spark_home.py" 2>/dev/null || dirname "$found")
  fi
  case "$main" in
    local:///opt/spark/*) main="$there/${main#local:///opt/spark/}" ;;
    local://*) main="${main#local://}" ;;
  esac
  echo "muster: no Kubernetes here: Spark computes in this one process, local[2]; its 2 executors are simulated"
  exec "$submit" --master "local[2]" --name "$MUSTER_JOB_NAME" --driver-memory 512m \
  --conf "spark.ui.port=${MUSTER_PAGE_PORT:-4040}" \
  --conf 'spark.app.note=it'\''s "quoted" $HOME `id`' \
  "$main" "$@"
fi
own=/var/run/secrets/kubernetes.io/serviceaccount
host="$MASTER_ADDR"
[ "$host" != localhost ] || host=$(hostname -i)
printf '%s' "$MUSTER_EXECUTOR_TEMPLATE" > /tmp/executor.json
exec "$submit" \
  --master "k8s://https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT" \
  --deploy-mode client --name "$MUSTER_JOB_NAME" \
  --conf "spark.app.id=$MUSTER_ATTEMPT" \
  --conf "spark.driver.host=$host" \
  --conf "spark.kubernetes.namespace=$(cat $own/namespace)" \
  --conf "spark.kubernetes.driver.pod.name=$MUSTER_ATTEMPT-driver-0" \
  --conf "spark.kubernetes.executor.podNamePrefix=$MUSTER_ATTEMPT" \
  --conf spark.kubernetes.executor.podTemplateFile=/tmp/executor.json \
  --conf 'spark.app.note=it'\''s "quoted" $HOME `id`' \
  --conf spark.decommission.enabled=false \
  --conf spark.driver.bindAddress=0.0.0.0 \
  --conf spark.driver.blockManager.port=7079 \
  --conf spark.driver.cores=1 \
  --conf spark.driver.memory=512m \
  --conf spark.driver.port=7078 \
  --conf spark.executor.cores=1 \
  --conf spark.executor.instances=2 \
  --conf spark.executor.memory=512m \
  --conf spark.executor.memoryOverhead=384m \
  --conf spark.kubernetes.allocation.batch.size=5 \
  --conf spark.kubernetes.container.image=apache/spark:3.5.6-python3 \
  --conf spark.kubernetes.executor.request.cores=1000m \
  --conf spark.kubernetes.resource.type=python \
  --conf spark.ui.killEnabled=false \
  "$main" "$@"
