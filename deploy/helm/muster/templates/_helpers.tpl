{{- define "muster.name" -}}
{{- if contains "muster" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-muster" .Release.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "muster.selector" -}}
app.kubernetes.io/name: muster
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "muster.labels" -}}
{{ include "muster.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "muster.account" -}}
{{ .Values.serviceAccount.name | default (include "muster.name" .) }}
{{- end }}

{{- define "muster.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "muster.accessSecret" -}}
{{ .Values.access.secret | default (printf "%s-access" (include "muster.name" .)) }}
{{- end }}

{{/* Cluster-wide objects of two releases must not meet. */}}
{{- define "muster.clusterName" -}}
{{ .Release.Namespace }}-{{ include "muster.name" . }}
{{- end }}

{{- define "muster.hosts" -}}
{{- $name := include "muster.name" . -}}
{{- concat (list $name (printf "%s.%s" $name .Release.Namespace) (printf "%s.%s.svc" $name .Release.Namespace) (printf "%s.%s.svc.cluster.local" $name .Release.Namespace) "$(POD_IP)") .Values.access.hosts | join "," }}
{{- end }}

{{- define "muster.excluded" -}}
{{- concat (list "kube-system" "kube-public" "kube-node-lease") (list .Values.volcano.namespace .Release.Namespace) .Values.webhooks.excludedNamespaces | uniq | join ", " }}
{{- end }}
