-- Names and ids compare by bytes (collate "C"): ids sort in the order of acceptance, and prefixes of names use the index.

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
    -- What is left of the spec: the same text for jobs that ask the same.
    shape                  jsonb            not null,
    backoffs               jsonb            not null,
    outcome                jsonb,
    check ((finished_at is not null) = (state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')))
);
-- One for each list: by id alone (the key), within a team, a queue, a state, and in the other orders.
create index job_team on job (team, id);
create index job_queue on job (queue, state, id);
create index job_state on job (state, id);
create index job_priority on job (priority, id);
create index job_priority_class on job (priority_class, id);
create index job_finished on job (coalesce(finished_at, 'infinity'), id);
create index job_name on job (name, id);
create index job_submitted_by on job (submitted_by, id);
create index job_labels on job using gin (labels jsonb_path_ops);

-- Why a waiting job waits. Beside the job: reasons change far more often than jobs, and change nothing of them.
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
-- One live attempt of a job at most, and the list of the live ones.
create unique index attempt_live on attempt (job) where state <> 'ENDED';

-- Append-only, and without references: the history of a deleted job stays. Readers look only at transactions older than
-- every open one, in the order of (transaction, id), so that none is missed whose commit came late.
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

-- Who plans. The epoch grows with every change of hands; a planner's transaction holds the row shared and checks it.
create table leadership (
    id         integer primary key check (id = 1),
    holder     text,
    epoch      bigint      not null,
    expires_at timestamptz not null
);
insert into leadership (id, holder, epoch, expires_at) values (1, null, 0, 'epoch');

-- A job as it is read.
create view job_with_reasons as
    select job.*, job_reason.reasons, job_reason.at as reasons_at
    from job left join job_reason on job_reason.job = job.id;
