-- A database as the version before V60 left it when it was killed, moved to another server: made by that version, its transactions
-- are in the future of the new server. Nobody changes it by hand.

create table team (
    name       text collate "C" primary key,
    version    bigint      not null check (version > 0),
    spec       jsonb       not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create table queue (
    name       text collate "C" primary key,
    parent     text collate "C" references queue (name) check (parent <> name),
    version    bigint      not null check (version > 0),
    spec       jsonb       not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index queue_parent on queue (parent);

create table pool (
    name       text collate "C" primary key,
    version    bigint      not null check (version > 0),
    spec       jsonb       not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create table priority_class (
    name       text collate "C" primary key,
    version    bigint      not null check (version > 0),
    spec       jsonb       not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create table job (
    id                     text collate "C" primary key check (length(id) = 26),
    team                   text collate "C" not null,
    name                   text collate "C" not null,
    queue                  text collate "C" not null,
    priority_class         text collate "C" not null,
    priority               integer          not null,
    state                  text collate "C" not null check (state in ('BLOCKED', 'QUEUED', 'LAUNCHING', 'RUNNING',
        'SUSPENDING', 'SUSPENDED', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')),
    version                bigint           not null check (version > 0),
    attempt                integer          not null check (attempt >= 0),
    user_retries_spent     integer          not null check (user_retries_spent >= 0),
    platform_retries_spent integer          not null check (platform_retries_spent >= 0),
    submitted_by           text collate "C" not null,
    submitted_at           timestamptz      not null,
    queued_at              timestamptz,
    started_at             timestamptz,
    finished_at            timestamptz,
    not_before             timestamptz,
    labels                 jsonb            not null,
    annotations            jsonb            not null,
    shape                  jsonb            not null,
    backoffs               jsonb            not null,
    outcome                jsonb,
    check ((finished_at is not null) = (state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')))
);
create index job_team on job (team, id);
create index job_queue on job (queue, state, id);
create index job_state on job (state, id);
create index job_priority on job (priority, id);
create index job_priority_class on job (priority_class, id);
create index job_finished on job (coalesce(finished_at, 'infinity'), id);
create index job_name on job (name, id);
create index job_submitted_by on job (submitted_by, id);
create index job_labels on job using gin (labels jsonb_path_ops);

create table job_reason (
    job     text collate "C" primary key references job (id) on delete cascade,
    code    text collate "C" not null,
    reasons jsonb            not null,
    at      timestamptz      not null
) with (fillfactor = 70);
create index job_reason_code on job_reason (code, job);

create table attempt (
    job        text collate "C" not null references job (id) on delete cascade,
    number     integer          not null check (number > 0),
    state      text collate "C" not null check (state in ('LAUNCHING', 'RUNNING', 'RECOVERING', 'RELEASING', 'ENDED')),
    version    bigint           not null check (version > 0),
    placements jsonb            not null,
    created_at timestamptz      not null,
    started_at timestamptz,
    ended_at   timestamptz,
    deadline   timestamptz,
    outcome    jsonb,
    pods       jsonb            not null,
    primary key (job, number),
    check ((ended_at is not null) = (state = 'ENDED'))
);
create unique index attempt_live on attempt (job) where state <> 'ENDED';

create table event (
    id      bigint generated always as identity,
    txid    xid8             not null default pg_current_xact_id(),
    at      timestamptz      not null,
    type    text collate "C" not null,
    actor   text collate "C" not null,
    team    text collate "C",
    job     text collate "C",
    name    text collate "C" not null,
    attempt integer,
    "from"  text collate "C",
    "to"    text collate "C",
    why     jsonb,
    primary key (txid, id)
);
create index event_job on event (job, id) where job is not null;
create index event_team on event (team, txid, id) where team is not null;

create table idempotency (
    actor      text collate "C" not null,
    key        text collate "C" not null,
    body_hash  bytea            not null,
    created_at timestamptz      not null,
    status     integer,
    location   text,
    body       text,
    primary key (actor, key)
);
create index idempotency_created on idempotency (created_at);

create table leadership (
    id         integer primary key check (id = 1),
    holder     text,
    epoch      bigint      not null,
    expires_at timestamptz not null
);

create view job_with_reasons as
    select job.*, job_reason.reasons, job_reason.at as reasons_at
    from job left join job_reason on job_reason.job = job.id;
create table policy (
    revision bigint primary key check (revision > 0),
    "values" jsonb                not null,
    actor    text collate "C"     not null,
    why      text                 not null check (why <> ''),
    at       timestamptz          not null
);

create table pause (
    queue text collate "C" primary key,
    actor text collate "C" not null,
    why   text             not null,
    since timestamptz      not null
);
alter table attempt
    add column elastic jsonb not null default '{}',
    add column leaving_for text collate "C";

alter table job add column evictions integer not null default 0 check (evictions >= 0);

drop view job_with_reasons;
create view job_with_reasons as
    select job.*, job_reason.reasons, job_reason.at as reasons_at
    from job left join job_reason on job_reason.job = job.id;

create table job_wait (
    job    text collate "C" primary key references job (id) on delete cascade,
    passed integer not null check (passed >= 0),
    claim  jsonb   not null
);

create table queue_use (
    queue text collate "C" primary key,
    used  jsonb       not null,
    at    timestamptz not null
);
create table policy_shadow (
    id       integer primary key check (id = 1),
    "values" jsonb            not null,
    actor    text collate "C" not null,
    why      text             not null check (why <> ''),
    since    timestamptz      not null
);
create table installation (
    id text not null,
    one boolean not null default true primary key check (one)
);
create table external_job (
    key text collate "C" primary key,
    job text collate "C" not null references job (id) on delete cascade
);
create index external_job_job on external_job (job);
create table flyway_schema_history (installed_rank integer not null, version character varying(50), description character varying(200) not null, type character varying(20) not null, script character varying(1000) not null, checksum integer, installed_by character varying(100) not null, installed_on timestamp not null default now(), execution_time integer not null, success boolean not null, primary key (installed_rank));
insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) values ('1', '1', 'jobs attempts events queues', 'SQL', 'db/migration/V1__jobs_attempts_events_queues.sql', '-1300497832', 'muster', '2026-11-26T16:47:15.383216', '131', 'true');
insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) values ('2', '2', 'policy and pauses', 'SQL', 'db/migration/V2__policy_and_pauses.sql', '-2136013893', 'muster', '2026-11-26T16:47:15.570486', '6', 'true');
insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) values ('3', '10', 'what grows and gives way', 'SQL', 'db/migration/V10__what_grows_and_gives_way.sql', '-1068399248', 'muster', '2026-11-26T16:47:15.60867', '15', 'true');
insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) values ('4', '11', 'shadow', 'SQL', 'db/migration/V11__shadow.sql', '1431283711', 'muster', '2026-11-26T16:47:15.648502', '38', 'true');
insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) values ('5', '30', 'installation', 'SQL', 'db/migration/V30__installation.sql', '745195154', 'muster', '2026-11-26T16:47:15.755509', '34', 'true');
insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) values ('6', '40', 'external jobs', 'SQL', 'db/migration/V40__external_jobs.sql', '-1552946669', 'muster', '2026-11-26T16:47:15.862126', '163', 'true');
insert into installation (id, one) values ('muster-d437578d5f', 'true');
insert into leadership (id, holder, epoch, expires_at) values ('1', 'muster-fc0e9ec7-cd80-4a5b-8c4f-0c3fc165b84b', '1', '2026-11-26T16:48:52.022356+00:00');
insert into team (name, version, spec, created_at, updated_at) values ('vision', '1', '{"name": "vision", "queue": "all", "roles": {}, "members": [], "secrets": [], "namespace": "vision", "priorityClasses": []}', '2026-11-26T16:47:37.775314+00:00', '2026-11-26T16:47:37.775314+00:00');
insert into queue (name, parent, version, spec, created_at, updated_at) values ('research', null, '1', '{"spec": {"name": "research", "fence": false, "pools": {}, "state": "OPEN", "limits": [], "weight": 1, "weights": {}, "deserved": {}, "guarantee": {}}}', '2026-11-26T16:47:20.384797+00:00', '2026-11-26T16:47:20.384797+00:00');
insert into queue (name, parent, version, spec, created_at, updated_at) values ('all', null, '1', '{"spec": {"name": "all", "fence": false, "pools": {}, "state": "OPEN", "limits": [], "weight": 1, "weights": {}, "deserved": {"cpu": 8000}, "guarantee": {}}}', '2026-11-26T16:47:37.68753+00:00', '2026-11-26T16:47:37.68753+00:00');
insert into queue (name, parent, version, spec, created_at, updated_at) values ('owner', null, '1', '{"spec": {"name": "owner", "fence": false, "pools": {}, "state": "OPEN", "limits": [], "weight": 1, "weights": {}, "deserved": {"cpu": 8000}, "guarantee": {}}}', '2026-11-26T16:47:37.740553+00:00', '2026-11-26T16:47:37.740553+00:00');
insert into pool (name, version, spec, created_at, updated_at) values ('cpu', '1', '{"name": "cpu", "nodes": 2, "labels": {}, "taints": [], "resources": {"cpu": 8000}, "localProcesses": false, "maxPodsPerNode": 110}', '2026-11-26T16:47:20.838338+00:00', '2026-11-26T16:47:20.838338+00:00');
insert into priority_class (name, version, spec, created_at, updated_at) values ('routine', '1', '{"name": "routine", "value": 2, "description": "Work without a date: nightly reports, experiments, training runs.", "preemptionPolicy": "NEVER"}', '2026-11-26T16:47:17.730804+00:00', '2026-11-26T16:47:17.730804+00:00');
insert into priority_class (name, version, spec, created_at, updated_at) values ('urgent', '1', '{"name": "urgent", "value": 10, "description": "Work that somebody waits for today. Goes first in its queue, evicts nobody.", "preemptionPolicy": "NEVER"}', '2026-11-26T16:47:18.222638+00:00', '2026-11-26T16:47:18.222638+00:00');
insert into priority_class (name, version, spec, created_at, updated_at) values ('exceptional', '1', '{"name": "exceptional", "value": 50, "description": "Goes before all other waiting work of its queue, evicts nobody.", "preemptionPolicy": "NEVER"}', '2026-11-26T16:47:18.267834+00:00', '2026-11-26T16:47:18.267834+00:00');
insert into priority_class (name, version, spec, created_at, updated_at) values ('rush', '1', '{"name": "rush", "value": 100, "description": "May evict work of a lower priority in its own queue.", "preemptionPolicy": "PREEMPT_LOWER_PRIORITY"}', '2026-11-26T16:47:18.282097+00:00', '2026-11-26T16:47:18.282097+00:00');
insert into policy (revision, "values", actor, why, at) values ('1', '{"values": {"eviction.after": "0s", "eviction.minRunTime": "0s"}}', 'operator', 'upgrade', '2026-11-26T16:47:20.910384+00:00');
insert into job (id, team, name, queue, priority_class, priority, state, version, attempt, user_retries_spent, platform_retries_spent, submitted_by, submitted_at, queued_at, started_at, finished_at, not_before, labels, annotations, shape, backoffs, outcome, evictions) values ('01m8cc2tas9nt13wtp7r01e2qd', 'vision', 'done', 'all', 'routine', '2', 'SUCCEEDED', '4', '1', '0', '0', 'operator', '2026-11-26T16:47:38.319142+00:00', '2026-11-26T16:47:38.319142+00:00', '2026-11-26T16:47:38.4959+00:00', '2026-11-26T16:47:39.4959+00:00', null, '{"from": "before"}', '{"simulation.muster.dev/run-time": "1s"}', '{"grace": "PT30S", "retry": {"rules": [], "retries": 0, "platformRetries": 5}, "roles": [{"pod": {"env": {}, "args": [], "labels": {"from": "before"}, "command": [], "volumes": [], "affinity": {"required": [], "preferred": []}, "resources": {"cpu": 1000}, "secretEnv": [], "annotations": {"simulation.muster.dev/run-time": "1s"}, "tolerations": []}, "name": "worker", "leader": false, "maximum": 2, "minimum": 2}], "completion": {"succeedWith": ["worker"], "toleratedFailures": {}}, "startDeadline": "PT10M"}', '{}', '{"result": "SUCCEEDED"}', '0');
insert into job (id, team, name, queue, priority_class, priority, state, version, attempt, user_retries_spent, platform_retries_spent, submitted_by, submitted_at, queued_at, started_at, finished_at, not_before, labels, annotations, shape, backoffs, outcome, evictions) values ('01m8cc2ydhetcm986c9yxm4te5', 'vision', 'elastic', 'all', 'routine', '2', 'RUNNING', '3', '1', '0', '0', 'operator', '2026-11-26T16:47:42.51156+00:00', '2026-11-26T16:47:42.51156+00:00', '2026-11-26T16:47:42.753423+00:00', null, null, '{"from": "before"}', '{"simulation.muster.dev/run-time": "3600s"}', '{"grace": "PT30S", "retry": {"rules": [], "retries": 0, "platformRetries": 5}, "roles": [{"pod": {"env": {}, "args": [], "labels": {"from": "before"}, "command": [], "volumes": [], "affinity": {"required": [], "preferred": []}, "resources": {"cpu": 1000}, "secretEnv": [], "annotations": {"simulation.muster.dev/run-time": "3600s"}, "tolerations": []}, "name": "worker", "leader": false, "maximum": 6, "minimum": 2}], "completion": {"succeedWith": ["worker"], "toleratedFailures": {}}, "startDeadline": "PT10M"}', '{}', null, '0');
insert into job (id, team, name, queue, priority_class, priority, state, version, attempt, user_retries_spent, platform_retries_spent, submitted_by, submitted_at, queued_at, started_at, finished_at, not_before, labels, annotations, shape, backoffs, outcome, evictions) values ('01m8cc31hj9hzcbx8vkqecpj60', 'vision', 'queued', 'all', 'routine', '2', 'QUEUED', '1', '0', '0', '0', 'operator', '2026-11-26T16:47:45.713228+00:00', '2026-11-26T16:47:45.713228+00:00', null, null, null, '{"from": "before"}', '{"simulation.muster.dev/run-time": "10s"}', '{"grace": "PT30S", "retry": {"rules": [], "retries": 0, "platformRetries": 5}, "roles": [{"pod": {"env": {}, "args": [], "labels": {"from": "before"}, "command": [], "volumes": [], "affinity": {"required": [], "preferred": []}, "resources": {"cpu": 1000}, "secretEnv": [], "annotations": {"simulation.muster.dev/run-time": "10s"}, "tolerations": []}, "name": "worker", "leader": false, "maximum": 14, "minimum": 14}], "completion": {"succeedWith": ["worker"], "toleratedFailures": {}}, "startDeadline": "PT10M"}', '{}', null, '0');
insert into job (id, team, name, queue, priority_class, priority, state, version, attempt, user_retries_spent, platform_retries_spent, submitted_by, submitted_at, queued_at, started_at, finished_at, not_before, labels, annotations, shape, backoffs, outcome, evictions) values ('01m8cc31hp53k5w7fsvtecskcq', 'vision', 'later', 'all', 'routine', '2', 'QUEUED', '1', '0', '0', '0', 'operator', '2026-11-26T16:47:45.713228+00:00', '2030-01-01T00:00:00+00:00', null, null, '2030-01-01T00:00:00+00:00', '{"from": "before"}', '{"simulation.muster.dev/run-time": "5s"}', '{"grace": "PT30S", "retry": {"rules": [], "retries": 0, "platformRetries": 5}, "roles": [{"pod": {"env": {}, "args": [], "labels": {"from": "before"}, "command": [], "volumes": [], "affinity": {"required": [], "preferred": []}, "resources": {"cpu": 1000}, "secretEnv": [], "annotations": {"simulation.muster.dev/run-time": "5s"}, "tolerations": []}, "name": "worker", "leader": false, "maximum": 1, "minimum": 1}], "completion": {"succeedWith": ["worker"], "toleratedFailures": {}}, "startDeadline": "PT10M"}', '{}', null, '0');
insert into job (id, team, name, queue, priority_class, priority, state, version, attempt, user_retries_spent, platform_retries_spent, submitted_by, submitted_at, queued_at, started_at, finished_at, not_before, labels, annotations, shape, backoffs, outcome, evictions) values ('01m8cc31k69r5ayxrerssk2468', 'vision', 'failing', 'all', 'routine', '2', 'FAILED', '4', '1', '0', '0', 'operator', '2026-11-26T16:47:45.766563+00:00', '2026-11-26T16:47:45.766563+00:00', '2026-11-26T16:47:45.943182+00:00', '2026-11-26T16:47:46.443182+00:00', null, '{}', '{"simulation.muster.dev/run-time": "500ms", "simulation.muster.dev/exit-code": "3"}', '{"grace": "PT30S", "retry": {"rules": [], "retries": 0, "platformRetries": 5}, "roles": [{"pod": {"env": {}, "args": [], "labels": {}, "command": [], "volumes": [], "affinity": {"required": [], "preferred": []}, "resources": {"cpu": 1000}, "secretEnv": [], "annotations": {"simulation.muster.dev/run-time": "500ms", "simulation.muster.dev/exit-code": "3"}, "tolerations": []}, "name": "worker", "leader": false, "maximum": 1, "minimum": 1}], "completion": {"succeedWith": ["worker"], "toleratedFailures": {}}, "startDeadline": "PT10M"}', '{}', '{"result": "FAILED", "failure": {"role": "worker", "message": "role worker pod 0 exited with 3: simulated failure", "category": "USER_ERROR", "exitCode": 3}}', '0');
insert into job (id, team, name, queue, priority_class, priority, state, version, attempt, user_retries_spent, platform_retries_spent, submitted_by, submitted_at, queued_at, started_at, finished_at, not_before, labels, annotations, shape, backoffs, outcome, evictions) values ('01m8cc2ydg6rveysqprpg7e5qf', 'vision', 'running', 'all', 'routine', '2', 'RUNNING', '3', '1', '0', '0', 'operator', '2026-11-26T16:47:42.51156+00:00', '2026-11-26T16:47:42.51156+00:00', '2026-11-26T16:47:42.743443+00:00', null, null, '{"from": "before"}', '{"simulation.muster.dev/run-time": "3600s"}', '{"grace": "PT30S", "retry": {"rules": [], "retries": 0, "platformRetries": 5}, "roles": [{"pod": {"env": {}, "args": [], "labels": {"from": "before"}, "command": [], "volumes": [], "affinity": {"required": [], "preferred": []}, "resources": {"cpu": 1000}, "secretEnv": [], "annotations": {"simulation.muster.dev/run-time": "3600s"}, "tolerations": []}, "name": "worker", "leader": false, "maximum": 4, "minimum": 4}], "completion": {"succeedWith": ["worker"], "toleratedFailures": {}}, "startDeadline": "PT10M"}', '{}', null, '0');
insert into job_reason (job, code, reasons, at) values ('01m8cc31hp53k5w7fsvtecskcq', 'NOT_BEFORE', '[{"code": "NOT_BEFORE", "hint": "wait, or submit it without notBefore", "message": "it is not looked at before 2030-01-01T00:00:00Z", "numbers": {"notBefore": "2030-01-01T00:00:00Z"}}]', '2026-11-26T16:47:46.131958+00:00');
insert into job_reason (job, code, reasons, at) values ('01m8cc31hj9hzcbx8vkqecpj60', 'NODES_FULL', '[{"code": "NODES_FULL", "hint": "Runs when room for 8 more such pods is free in these pools.", "message": "worker needs 14 × (1 cpu); pool cpu fits 6", "numbers": {"fits": "6", "role": "worker", "needed": "14", "fits.cpu": "6"}}]', '2026-11-26T16:47:56.408337+00:00');
insert into job_wait (job, passed, claim) values ('01m8cc31hj9hzcbx8vkqecpj60', '1', '[]');
insert into attempt (job, number, state, version, placements, created_at, started_at, ended_at, deadline, outcome, pods, elastic, leaving_for) values ('01m8cc2tas9nt13wtp7r01e2qd', '1', 'ENDED', '4', '{"worker": {"cpu": 2}}', '2026-11-26T16:47:38.379524+00:00', '2026-11-26T16:47:38.4959+00:00', '2026-11-26T16:47:39.509301+00:00', null, '{"result": "SUCCEEDED"}', '[{"pod": {"role": "worker", "index": 0, "attempt": "01m8cc2tas9nt13wtp7r01e2qd-1"}, "node": "cpu-0", "pool": "cpu", "cause": "EXITED", "phase": "SUCCEEDED", "endedAt": "2026-11-26T16:47:39.495900Z", "message": "", "exitCode": 0, "startedAt": "2026-11-26T16:47:38.495900Z"}, {"pod": {"role": "worker", "index": 1, "attempt": "01m8cc2tas9nt13wtp7r01e2qd-1"}, "node": "cpu-0", "pool": "cpu", "cause": "EXITED", "phase": "SUCCEEDED", "endedAt": "2026-11-26T16:47:39.495900Z", "message": "", "exitCode": 0, "startedAt": "2026-11-26T16:47:38.495900Z"}]', '{"next": {}, "pods": []}', null);
insert into attempt (job, number, state, version, placements, created_at, started_at, ended_at, deadline, outcome, pods, elastic, leaving_for) values ('01m8cc2ydg6rveysqprpg7e5qf', '1', 'RUNNING', '2', '{"worker": {"cpu": 4}}', '2026-11-26T16:47:42.566129+00:00', '2026-11-26T16:47:42.743443+00:00', null, null, null, '[]', '{"next": {}, "pods": []}', null);
insert into attempt (job, number, state, version, placements, created_at, started_at, ended_at, deadline, outcome, pods, elastic, leaving_for) values ('01m8cc2ydhetcm986c9yxm4te5', '1', 'RUNNING', '3', '{"worker": {"cpu": 2}}', '2026-11-26T16:47:42.566129+00:00', '2026-11-26T16:47:42.753423+00:00', null, null, null, '[]', '{"next": {"worker": 6}, "pods": [{"pool": "cpu", "role": "worker", "index": 2}, {"pool": "cpu", "role": "worker", "index": 3}, {"pool": "cpu", "role": "worker", "index": 4}, {"pool": "cpu", "role": "worker", "index": 5}]}', null);
insert into attempt (job, number, state, version, placements, created_at, started_at, ended_at, deadline, outcome, pods, elastic, leaving_for) values ('01m8cc31k69r5ayxrerssk2468', '1', 'ENDED', '4', '{"worker": {"cpu": 1}}', '2026-11-26T16:47:45.931277+00:00', '2026-11-26T16:47:45.943182+00:00', '2026-11-26T16:47:46.443952+00:00', null, '{"result": "FAILED", "failure": {"role": "worker", "message": "role worker pod 0 exited with 3: simulated failure", "category": "USER_ERROR", "exitCode": 3}}', '[{"pod": {"role": "worker", "index": 0, "attempt": "01m8cc31k69r5ayxrerssk2468-1"}, "node": "cpu-1", "pool": "cpu", "cause": "EXITED", "phase": "FAILED", "endedAt": "2026-11-26T16:47:46.443182Z", "message": "simulated failure", "exitCode": 3, "startedAt": "2026-11-26T16:47:45.943182Z"}]', '{"next": {}, "pods": []}', null);
insert into idempotency (actor, key, body_hash, created_at, status, location, body) values ('operator', 'one', E'\\x85f44c1660bb7a2bd2cae429ae74788d2796b5a2a0471d84eff9cd98eda8894d', '2026-11-26T16:47:38.278576+00:00', '201', null, E'{"jobs":[{"kind":"Job","metadata":{"name":"done","team":"vision","id":"01m8cc2tas9nt13wtp7r01e2qd","labels":{"from":"before"},"annotations":{"simulation.muster.dev/run-time":"1s"},"etag":"\\"1\\"","createdAt":"2026-11-26T16:47:38.319142Z"},"spec":{"queue":"all","priorityClass":"routine","roles":[{"name":"worker","count":2,"resources":{"cpu":"1"}}],"startDeadline":"10m","grace":"30s","retry":{"max":0,"platformMax":5},"successPolicy":{"roles":["worker"]}},"status":{"state":"QUEUED","submittedAt":"2026-11-26T16:47:38.319142Z","queuedAt":"2026-11-26T16:47:38.319142Z"}}]}');
insert into idempotency (actor, key, body_hash, created_at, status, location, body) values ('operator', 'two', E'\\x776878b76781f4a3ecd5ca3a2017545c7e067dab6bf907d5ed07404fe094de5d', '2026-11-26T16:47:42.496615+00:00', '201', null, E'{"jobs":[{"kind":"Job","metadata":{"name":"running","team":"vision","id":"01m8cc2ydg6rveysqprpg7e5qf","labels":{"from":"before"},"annotations":{"simulation.muster.dev/run-time":"3600s"},"etag":"\\"1\\"","createdAt":"2026-11-26T16:47:42.511560Z"},"spec":{"queue":"all","priorityClass":"routine","roles":[{"name":"worker","count":4,"resources":{"cpu":"1"}}],"startDeadline":"10m","grace":"30s","retry":{"max":0,"platformMax":5},"successPolicy":{"roles":["worker"]}},"status":{"state":"QUEUED","submittedAt":"2026-11-26T16:47:42.511560Z","queuedAt":"2026-11-26T16:47:42.511560Z"}},{"kind":"Job","metadata":{"name":"elastic","team":"vision","id":"01m8cc2ydhetcm986c9yxm4te5","labels":{"from":"before"},"annotations":{"simulation.muster.dev/run-time":"3600s"},"etag":"\\"1\\"","createdAt":"2026-11-26T16:47:42.511560Z"},"spec":{"queue":"all","priorityClass":"routine","roles":[{"name":"worker","min":2,"max":6,"resources":{"cpu":"1"}}],"startDeadline":"10m","grace":"30s","retry":{"max":0,"platformMax":5},"successPolicy":{"roles":["worker"]}},"status":{"state":"QUEUED","submittedAt":"2026-11-26T16:47:42.511560Z","queuedAt":"2026-11-26T16:47:42.511560Z"}}]}');
insert into idempotency (actor, key, body_hash, created_at, status, location, body) values ('operator', 'three', E'\\x7633afd3c2ed5c159711bacd4fbe32e57d8f6184ff88f74667df6ecd9683cb1f', '2026-11-26T16:47:45.710626+00:00', '201', null, E'{"jobs":[{"kind":"Job","metadata":{"name":"queued","team":"vision","id":"01m8cc31hj9hzcbx8vkqecpj60","labels":{"from":"before"},"annotations":{"simulation.muster.dev/run-time":"10s"},"etag":"\\"1\\"","createdAt":"2026-11-26T16:47:45.713228Z"},"spec":{"queue":"all","priorityClass":"routine","roles":[{"name":"worker","count":14,"resources":{"cpu":"1"}}],"startDeadline":"10m","grace":"30s","retry":{"max":0,"platformMax":5},"successPolicy":{"roles":["worker"]}},"status":{"state":"QUEUED","submittedAt":"2026-11-26T16:47:45.713228Z","queuedAt":"2026-11-26T16:47:45.713228Z"}},{"kind":"Job","metadata":{"name":"later","team":"vision","id":"01m8cc31hp53k5w7fsvtecskcq","labels":{"from":"before"},"annotations":{"simulation.muster.dev/run-time":"5s"},"etag":"\\"1\\"","createdAt":"2026-11-26T16:47:45.713228Z"},"spec":{"queue":"all","priorityClass":"routine","roles":[{"name":"worker","count":1,"resources":{"cpu":"1"}}],"startDeadline":"10m","grace":"30s","notBefore":"2030-01-01T00:00:00Z","retry":{"max":0,"platformMax":5},"successPolicy":{"roles":["worker"]}},"status":{"state":"QUEUED","submittedAt":"2026-11-26T16:47:45.713228Z","queuedAt":"2030-01-01T00:00:00Z"}}]}');
insert into idempotency (actor, key, body_hash, created_at, status, location, body) values ('operator', 'four', E'\\xd6975e8c0a2e097219a77d2fa3902d70095edd47a9db3ff122eeddf5255cda74', '2026-11-26T16:47:45.761562+00:00', '201', null, E'{"jobs":[{"kind":"Job","metadata":{"name":"failing","team":"vision","id":"01m8cc31k69r5ayxrerssk2468","annotations":{"simulation.muster.dev/exit-code":"3","simulation.muster.dev/run-time":"500ms"},"etag":"\\"1\\"","createdAt":"2026-11-26T16:47:45.766563Z"},"spec":{"queue":"all","priorityClass":"routine","roles":[{"name":"worker","count":1,"resources":{"cpu":"1"}}],"startDeadline":"10m","grace":"30s","retry":{"max":0,"platformMax":5},"successPolicy":{"roles":["worker"]}},"status":{"state":"QUEUED","submittedAt":"2026-11-26T16:47:45.766563Z","queuedAt":"2026-11-26T16:47:45.766563Z"}}]}');
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('1', '9000767', '2026-11-26T16:47:17.730804+00:00', 'PRIORITY_CLASS_CHANGED', 'muster', null, null, 'routine', null, null, '1', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('2', '9000767', '2026-11-26T16:47:18.222638+00:00', 'PRIORITY_CLASS_CHANGED', 'muster', null, null, 'urgent', null, null, '1', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('3', '9000767', '2026-11-26T16:47:18.267834+00:00', 'PRIORITY_CLASS_CHANGED', 'muster', null, null, 'exceptional', null, null, '1', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('4', '9000767', '2026-11-26T16:47:18.282097+00:00', 'PRIORITY_CLASS_CHANGED', 'muster', null, null, 'rush', null, null, '1', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('5', '9000769', '2026-11-26T16:47:20.384797+00:00', 'QUEUE_CHANGED', 'operator', null, null, 'research', null, null, '1', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('6', '9000770', '2026-11-26T16:47:20.838338+00:00', 'POOL_CHANGED', 'operator', null, null, 'cpu', null, null, '1', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('7', '9000771', '2026-11-26T16:47:20.910384+00:00', 'POLICY_CHANGED', 'operator', null, null, 'policy', null, '0', '1', '{"code": "POLICY", "message": "upgrade", "numbers": {}}');
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('8', '9000780', '2026-11-26T16:47:37.68753+00:00', 'QUEUE_CHANGED', 'operator', null, null, 'all', null, null, '1', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('9', '9000781', '2026-11-26T16:47:37.740553+00:00', 'QUEUE_CHANGED', 'operator', null, null, 'owner', null, null, '1', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('10', '9000782', '2026-11-26T16:47:37.775314+00:00', 'TEAM_CHANGED', 'operator', null, null, 'vision', null, null, '1', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('11', '9000783', '2026-11-26T16:47:38.319142+00:00', 'JOB_SUBMITTED', 'operator', 'vision', '01m8cc2tas9nt13wtp7r01e2qd', 'done', null, null, 'QUEUED', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('12', '9000784', '2026-11-26T16:47:38.379524+00:00', 'JOB_MOVED', 'muster', 'vision', '01m8cc2tas9nt13wtp7r01e2qd', 'done', '1', 'QUEUED', 'LAUNCHING', '{"code": "FITS", "message": "fits: 2 × (1 cpu) worker in pool cpu", "numbers": {"pods.worker.cpu": "2"}}');
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('13', '9000785', '2026-11-26T16:47:38.4959+00:00', 'JOB_MOVED', 'muster', 'vision', '01m8cc2tas9nt13wtp7r01e2qd', 'done', '1', 'LAUNCHING', 'RUNNING', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('14', '9000785', '2026-11-26T16:47:38.4959+00:00', 'ATTEMPT_MOVED', 'muster', 'vision', '01m8cc2tas9nt13wtp7r01e2qd', 'done', '1', 'LAUNCHING', 'RUNNING', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('15', '9000786', '2026-11-26T16:47:39.4959+00:00', 'JOB_MOVED', 'muster', 'vision', '01m8cc2tas9nt13wtp7r01e2qd', 'done', '1', 'RUNNING', 'SUCCEEDED', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('16', '9000786', '2026-11-26T16:47:39.4959+00:00', 'ATTEMPT_MOVED', 'muster', 'vision', '01m8cc2tas9nt13wtp7r01e2qd', 'done', '1', 'RUNNING', 'RELEASING', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('17', '9000787', '2026-11-26T16:47:39.509301+00:00', 'ATTEMPT_MOVED', 'muster', 'vision', '01m8cc2tas9nt13wtp7r01e2qd', 'done', '1', 'RELEASING', 'ENDED', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('18', '9000789', '2026-11-26T16:47:42.51156+00:00', 'JOB_SUBMITTED', 'operator', 'vision', '01m8cc2ydg6rveysqprpg7e5qf', 'running', null, null, 'QUEUED', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('19', '9000789', '2026-11-26T16:47:42.51156+00:00', 'JOB_SUBMITTED', 'operator', 'vision', '01m8cc2ydhetcm986c9yxm4te5', 'elastic', null, null, 'QUEUED', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('20', '9000790', '2026-11-26T16:47:42.566129+00:00', 'JOB_MOVED', 'muster', 'vision', '01m8cc2ydg6rveysqprpg7e5qf', 'running', '1', 'QUEUED', 'LAUNCHING', '{"code": "FITS", "message": "fits: 4 × (1 cpu) worker in pool cpu", "numbers": {"pods.worker.cpu": "4"}}');
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('21', '9000790', '2026-11-26T16:47:42.566129+00:00', 'JOB_MOVED', 'muster', 'vision', '01m8cc2ydhetcm986c9yxm4te5', 'elastic', '1', 'QUEUED', 'LAUNCHING', '{"code": "FITS", "message": "fits: 2 × (1 cpu) worker in pool cpu", "numbers": {"pods.worker.cpu": "2"}}');
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('22', '9000791', '2026-11-26T16:47:42.743443+00:00', 'JOB_MOVED', 'muster', 'vision', '01m8cc2ydg6rveysqprpg7e5qf', 'running', '1', 'LAUNCHING', 'RUNNING', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('23', '9000791', '2026-11-26T16:47:42.753423+00:00', 'JOB_MOVED', 'muster', 'vision', '01m8cc2ydhetcm986c9yxm4te5', 'elastic', '1', 'LAUNCHING', 'RUNNING', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('24', '9000791', '2026-11-26T16:47:42.743443+00:00', 'ATTEMPT_MOVED', 'muster', 'vision', '01m8cc2ydg6rveysqprpg7e5qf', 'running', '1', 'LAUNCHING', 'RUNNING', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('25', '9000791', '2026-11-26T16:47:42.753423+00:00', 'ATTEMPT_MOVED', 'muster', 'vision', '01m8cc2ydhetcm986c9yxm4te5', 'elastic', '1', 'LAUNCHING', 'RUNNING', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('26', '9000792', '2026-11-26T16:47:42.816676+00:00', 'ATTEMPT_RESIZED', 'muster', 'vision', '01m8cc2ydhetcm986c9yxm4te5', 'elastic', '1', '2', '6', '{"code": "GROWN", "message": "grows by 4 pods: nobody who waits could use the room", "numbers": {"pods.worker.cpu": "4"}}');
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('27', '9000793', '2026-11-26T16:47:45.713228+00:00', 'JOB_SUBMITTED', 'operator', 'vision', '01m8cc31hj9hzcbx8vkqecpj60', 'queued', null, null, 'QUEUED', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('28', '9000793', '2026-11-26T16:47:45.713228+00:00', 'JOB_SUBMITTED', 'operator', 'vision', '01m8cc31hp53k5w7fsvtecskcq', 'later', null, null, 'QUEUED', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('29', '9000794', '2026-11-26T16:47:45.766563+00:00', 'JOB_SUBMITTED', 'operator', 'vision', '01m8cc31k69r5ayxrerssk2468', 'failing', null, null, 'QUEUED', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('30', '9000795', '2026-11-26T16:47:45.931277+00:00', 'JOB_MOVED', 'muster', 'vision', '01m8cc31k69r5ayxrerssk2468', 'failing', '1', 'QUEUED', 'LAUNCHING', '{"code": "FITS", "message": "fits: 1 × (1 cpu) worker in pool cpu", "numbers": {"pods.worker.cpu": "1"}}');
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('31', '9000796', '2026-11-26T16:47:45.943182+00:00', 'JOB_MOVED', 'muster', 'vision', '01m8cc31k69r5ayxrerssk2468', 'failing', '1', 'LAUNCHING', 'RUNNING', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('32', '9000796', '2026-11-26T16:47:45.943182+00:00', 'ATTEMPT_MOVED', 'muster', 'vision', '01m8cc31k69r5ayxrerssk2468', 'failing', '1', 'LAUNCHING', 'RUNNING', null);
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('33', '9000798', '2026-11-26T16:47:46.131958+00:00', 'REASON_CHANGED', 'muster', 'vision', '01m8cc31hj9hzcbx8vkqecpj60', 'queued', null, null, 'NODES_FULL', '{"code": "NODES_FULL", "hint": "Runs when room for 9 more such pods is free in these pools.", "message": "worker needs 14 × (1 cpu); pool cpu fits 5", "numbers": {"fits": "5", "role": "worker", "needed": "14", "fits.cpu": "5"}}');
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('34', '9000798', '2026-11-26T16:47:46.131958+00:00', 'REASON_CHANGED', 'muster', 'vision', '01m8cc31hp53k5w7fsvtecskcq', 'later', null, null, 'NOT_BEFORE', '{"code": "NOT_BEFORE", "hint": "wait, or submit it without notBefore", "message": "it is not looked at before 2030-01-01T00:00:00Z", "numbers": {"notBefore": "2030-01-01T00:00:00Z"}}');
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('35', '9000799', '2026-11-26T16:47:46.443182+00:00', 'JOB_MOVED', 'muster', 'vision', '01m8cc31k69r5ayxrerssk2468', 'failing', '1', 'RUNNING', 'FAILED', '{"code": "USER_ERROR", "message": "role worker pod 0 exited with 3: simulated failure", "numbers": {}}');
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('36', '9000799', '2026-11-26T16:47:46.443182+00:00', 'ATTEMPT_MOVED', 'muster', 'vision', '01m8cc31k69r5ayxrerssk2468', 'failing', '1', 'RUNNING', 'RELEASING', '{"code": "USER_ERROR", "message": "role worker pod 0 exited with 3: simulated failure", "numbers": {}}');
insert into event (id, txid, at, type, actor, team, job, name, attempt, "from", "to", why) overriding system value values ('37', '9000800', '2026-11-26T16:47:46.443952+00:00', 'ATTEMPT_MOVED', 'muster', 'vision', '01m8cc31k69r5ayxrerssk2468', 'failing', '1', 'RELEASING', 'ENDED', null);
